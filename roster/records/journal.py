"""
The log of changes: append-only, each entry sealed with the one before.

Whoever alters, deletes or inserts a row breaks the chain at that row. No
telephone number and nothing of health or family goes into the facts.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from roster.records.base import Base, Moment

FIRST = "0" * 64


class JournalRow(Base):
    """Who did what to which thing, and when."""

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(60))
    verb: Mapped[str] = mapped_column(String(30))
    noun: Mapped[str] = mapped_column(String(30))
    thing: Mapped[str] = mapped_column(String(80), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64), unique=True)


def record(
    session: Session,
    *,
    who: str,
    verb: str,
    noun: str,
    thing: str,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Adds an entry; the writing session holds the only pen."""
    session.flush()
    newest = select(JournalRow).order_by(JournalRow.id.desc()).limit(1)
    last = session.scalars(newest).first()
    row = JournalRow(
        id=1 if last is None else last.id + 1,
        at=now.replace(microsecond=0),
        who=who,
        verb=verb,
        noun=noun,
        thing=thing,
        facts=dict(facts or {}),
        before=FIRST if last is None else last.seal,
    )
    row.seal = _seal(row)
    session.add(row)
    session.flush()


def _seal(row: JournalRow) -> str:
    """A digest of the entry and of the seal before it."""
    words = [
        row.id,
        row.at.astimezone(UTC).isoformat(),
        row.who,
        row.verb,
        row.noun,
        row.thing,
        row.facts,
        row.before,
    ]
    text = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def broken(session: Session) -> list[int]:
    """The ids at which the chain does not hold, missing ones included."""
    wrong: list[int] = []
    due, before = 1, FIRST

    for row in session.scalars(select(JournalRow).order_by(JournalRow.id)):
        wrong.extend(range(due, row.id))
        if row.before != before or row.seal != _seal(row):
            wrong.append(row.id)
        due, before = row.id + 1, row.seal

    return wrong
