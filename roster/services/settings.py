"""Settings of the whole installation."""

from datetime import datetime

from sqlalchemy.orm import Session

from roster.records import SettingRow
from roster.records.journal import record

DEMONSTRATION_DAY = "demonstration_day"


def get(session: Session, key: str) -> str:
    """A setting; empty when it was never made."""
    row = session.get(SettingRow, key)
    return row.value if row else ""


def put(
    session: Session, key: str, value: str, *, who: str, now: datetime
) -> None:
    """Makes a setting."""
    session.merge(SettingRow(key=key, value=value))
    record(
        session,
        who=who,
        verb="set",
        noun="setting",
        thing=key,
        now=now,
        facts={"value": value},
    )
