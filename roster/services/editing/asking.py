"""The rest of a draft is asked for, to be solved in the background."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from roster.days import Term
from roster.edits import NOTHING, Cells, desk_of
from roster.errors import Refused
from roster.problem import Assignment
from roster.records import RequestRow, RosterRow
from roster.services import preparing
from roster.services.editing.opening import log_of, opened
from roster.services.requesting import (
    RESOLVE,
    check_free,
    chosen_units,
    queued,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    Of which draft the rest is to be solved anew, and how.

    Parameters
    ----------
    seen
        The draft as it was looked at (`opening.seen_of`).
    since
        What lies before that date stays.
    fewest
        Whether to change little comes first, else fairness does.
    loose
        Pins to be let go in the same step.
    """

    roster_id: int
    seen: str
    since: date
    fewest: bool
    loose: Cells = NOTHING

    def said(self) -> dict[str, Any]:
        """As plain values, for a row."""
        return {
            "roster": self.roster_id,
            "seen": self.seen,
            "since": str(self.since),
            "fewest": self.fewest,
            "loose": [[cell.shift, cell.staff] for cell in sorted(self.loose)],
        }


def wanted_of(said: dict[str, Any]) -> Wanted:
    """What `Wanted.said` said."""
    return Wanted(
        said["roster"],
        said["seen"],
        date.fromisoformat(said["since"]),
        said["fewest"],
        frozenset(Assignment(*pair) for pair in said["loose"]),
    )


def ask_for_rest(
    session: Session, wanted: Wanted, *, who: str, now: datetime
) -> int:
    """
    A request to solve the rest of a draft anew; gives its number.

    Raises
    ------
    Refused
        For what is no draft, a date outside its term, a unit that is
        waited for already, or a pin to let go that is none.
    Stale
        For a draft that has changed since it was looked at.
    """
    row = checked(session, wanted)
    chosen = chosen_units(session, [row.unit])
    check_free(session, row.term, chosen)
    request = RequestRow(
        kind=RESOLVE,
        unit=row.unit,
        term=row.term,
        seed=0,
        choice=0,
        wanted=wanted.said(),
    )
    return queued(session, request, chosen, who, now)


def checked(session: Session, wanted: Wanted) -> RosterRow:
    """The draft, if that can be asked of it."""
    row = opened(session, wanted.roster_id, wanted.seen)
    preparing.check_within(preparing.term(session, row.term), wanted.since)
    if not wanted.loose <= desk_of(log_of(session, row)).pins:
        raise Refused("not-pinned")

    return row


def likely_since(term: Term, today: date) -> date:
    """Tomorrow, within the term: what was yesterday is not argued with."""
    tomorrow = date.fromordinal(today.toordinal() + 1)
    return min(max(tomorrow, term.first), term.last)
