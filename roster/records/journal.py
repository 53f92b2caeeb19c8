"""
The log of changes: append-only, each entry sealed with the one before.

Whoever alters, deletes or inserts a row breaks the chain at that row; a
note of the last entry tells when the newest are gone. Who rewrites all of
it, note and all, is found out by the seals that backups carry. No telephone
number and nothing of health or family goes into the facts.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from roster.records.base import Base, Moment
from roster.records.terms import SettingRow

FIRST = "0" * 64
HEAD = "journal.head"  # the setting that notes the last entry


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
    session.merge(SettingRow(key=HEAD, value=f"{row.id}:{row.seal}"))
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


@dataclass(frozen=True, slots=True)
class Chain:
    """
    How far the journal was looked at, and where it does not hold.

    ``last`` is the newest entry's id and ``seal`` its seal; ``wrong`` are
    the ids of entries altered, missing or put in.
    """

    last: int = 0
    seal: str = FIRST
    wrong: tuple[int, ...] = ()


def broken(session: Session) -> list[int]:
    """The ids at which the chain does not hold, missing ones included."""
    return list(chain(session).wrong)


def chain(session: Session, known: Chain | None = None) -> Chain:
    """The whole journal looked at, or what came after a known part."""
    known = known or Chain()
    wrong = list(known.wrong)
    due, before = known.last + 1, known.seal
    later = select(JournalRow).where(JournalRow.id > known.last)
    later = later.order_by(JournalRow.id).execution_options(yield_per=500)

    for row in session.scalars(later):
        wrong.extend(range(due, row.id))
        if row.before != before or row.seal != _seal(row):
            wrong.append(row.id)
        due, before = row.id + 1, row.seal
        session.expunge(row)

    last = due - 1
    wrong += _past(session, last)
    return Chain(last, before, tuple(sorted(set(wrong))))


def _past(session: Session, last: int) -> list[int]:
    """What the note of the last entry says against the newest rows."""
    note = session.get(SettingRow, HEAD)
    if note is None:  # entered before notes were made
        return []

    number, _, seal = note.value.partition(":")
    noted = int(number)
    if noted != last:
        low, high = sorted((noted, last))
        return list(range(low + 1, high + 1))

    return [] if sealed(session, last, seal) else [last]


def sealed(session: Session, entry: int, seal: str) -> bool:
    """Whether an entry has the seal that was noted elsewhere."""
    if not entry:
        return True

    row = session.get(JournalRow, entry)
    return row is not None and row.seal == seal
