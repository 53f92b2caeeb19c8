"""The unit's switch: whether what both agree to passes by itself."""

from datetime import datetime

from sqlalchemy.orm import Session

from roster.services import settings


def is_automatic(session: Session, unit_id: str) -> bool:
    """Whether the unit lets swaps pass that break no mandatory article."""
    return settings.get(session, _key(unit_id)) == "yes"


def set_automatic(
    session: Session,
    *,
    unit_id: str,
    automatic: bool,
    who: str,
    now: datetime,
) -> None:
    """An editor's switch."""
    words = "yes" if automatic else "no"
    settings.put(session, _key(unit_id), words, who=who, now=now)


def _key(unit_id: str) -> str:
    return f"swap-automatic/{unit_id}"
