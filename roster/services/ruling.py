"""Parameters of the rule documents set differently, with their reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.people import Unit
from roster.records import OverrideRow
from roster.records.journal import record
from roster.records.values import override_of, override_row
from roster.rules.rulebook import Override, Params, RuleBook
from roster.services.preparing import book_id


def overrides(session: Session) -> tuple[Override, ...]:
    """All of them, the oldest first."""
    rows = session.scalars(select(OverrideRow).order_by(OverrideRow.id))
    return tuple(override_of(row) for row in rows)


def add_overrides(
    session: Session, new: Sequence[Override], *, who: str, now: datetime
) -> tuple[Override, ...]:
    """Adds those that are not there yet; gives back what was added."""
    known = set(overrides(session))
    added = tuple(o for o in new if o not in known)
    for override in added:
        session.add(override_row(override))
        record(
            session,
            who=who,
            verb="override",
            noun="rule",
            thing=f"{override.book}/{override.unit or '*'}/{override.param}",
            now=now,
            facts={
                "value": override.value
                if not isinstance(override.value, tuple)
                else list(override.value),
                "reason": override.reason,
                "document": override.document,
            },
        )

    return added


def params_of(
    session: Session, unit: Unit, books: Mapping[str, RuleBook]
) -> Params:
    """A unit's parameters as they stand, date by date."""
    return Params(books[book_id(unit)], overrides(session), unit.id)
