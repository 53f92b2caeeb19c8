"""What may still be done with a duty, by the clock and the rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roster.records import SwapRow
from roster.rules.rulebook import RuleBook
from roster.services.swapping.ground import (
    cut_off_of,
    late_allowed,
    settled_until,
    standing,
)


@dataclass(frozen=True, slots=True)
class Times:
    """
    Until when a duty of the version in force can be given to others.

    ``cut_off`` ends ordinary swaps and covers, ``until`` emergency covers;
    it is None where the rules know none.
    """

    cut_off: datetime
    until: datetime | None

    def late(self, now: datetime) -> bool:
        """Whether only an emergency cover is left."""
        return now >= self.cut_off

    def over(self, now: datetime) -> bool:
        """Whether nothing is."""
        return self.late(now) and (self.until is None or now > self.until)


def times_of(
    session: Session,
    *,
    unit_id: str,
    term_id: str,
    shift: str,
    books: Mapping[str, RuleBook],
) -> Times | None:
    """The times of a shift; None where the version in force has no such."""
    here = standing(session, unit_id, term_id)
    if shift not in here.shifts:
        return None

    cover = SwapRow(shift=shift, back="", emergency=True)
    allowed = late_allowed(session, here, cover, books)
    return Times(
        cut_off_of(session, here, cover, books),
        settled_until(session, here, cover, books) if allowed else None,
    )
