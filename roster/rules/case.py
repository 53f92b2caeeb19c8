"""Everything one unit's roster for one term rests on, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from roster.comp import HalfDay
from roster.days import CalendarDay, Term
from roster.people import (
    Leave,
    Limit,
    Presence,
    Relation,
    StaffMember,
    Unit,
    Wish,
)
from roster.posts import DutyDay, make_shifts
from roster.problem import Assignment, EarlierDuty, Pin, Shift
from roster.rules.rulebook import Override, Params, RuleBook


@dataclass(frozen=True)
class Case:
    """
    Everything a unit's roster for a term rests on.

    Parameters
    ----------
    days
        The official calendar, each date of the term.
    resting
        By staff id, half-days of comp-leave.
    carried
        By staff id, duties carried per ledger from earlier terms.
    combined
        Whether leading and duty are joined into one post by day.
    gap_cut
        Days by which the mandatory gaps are shortened (article 14).
    """

    unit: Unit
    term: Term
    days: tuple[CalendarDay, ...]
    staff: tuple[StaffMember, ...]
    book: RuleBook
    overrides: tuple[Override, ...] = ()
    leave: tuple[Leave, ...] = ()
    resting: Mapping[str, tuple[HalfDay, ...]] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    relations: tuple[Relation, ...] = ()
    wishes: tuple[Wish, ...] = ()
    presences: tuple[Presence, ...] = ()
    carried: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    earlier: Mapping[str, tuple[EarlierDuty, ...]] = field(
        default_factory=dict
    )
    previous: tuple[Assignment, ...] = ()
    pins: tuple[Pin, ...] = ()
    seed: int = 0
    combined: bool = False
    gap_cut: int = 0

    @cached_property
    def params(self) -> Params:
        """The rule document's parameters as they stand for the unit."""
        return Params(self.book, self.overrides, self.unit.id)

    @cached_property
    def duty_days(self) -> tuple[DutyDay, ...]:
        """The term's dates with what the unit knows of them."""
        return tuple(
            DutyDay(
                day,
                students=any(
                    p.first <= day.date <= p.last for p in self.presences
                ),
                boarding=self.unit.boarding,
                vacation=self.term.in_vacation(day.date),
            )
            for day in self.days
        )

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """The shifts the articles demand."""
        return make_shifts(self.duty_days, self.params, combined=self.combined)

    @property
    def provisional(self) -> bool:
        """Whether a part of the term rests on a year not yet announced."""
        return any(day.provisional for day in self.days)
