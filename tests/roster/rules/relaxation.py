"""
Whether some of a real unit's demands can hold together.

A second reading of what `formats.md` says of conflicts, with a solver but
without any of the product's: whatever is not named is relaxed. It knows
the mandatory clauses that the articles make, and limits; blocks of two
days, as long as nothing in them is pinned.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import combinations

from ortools.sat.python.cp_model import INFEASIBLE, CpModel, CpSolver

from roster.problem import (
    Assignment,
    ConflictMember,
    EarlierDuty,
    Person,
    Problem,
    Shift,
)


def everything(problem: Problem) -> list[ConflictMember]:
    """Every demand a problem makes, as a conflict would name it."""
    return [
        *(ConflictMember(clause=c.id) for c in problem.clauses if c.mandatory),
        *(ConflictMember(pin=pin) for pin in problem.pins),
        *(ConflictMember(shift=shift.id) for shift in problem.shifts),
        *(
            ConflictMember(staff=person.id, away=period)
            for person in problem.staff
            for period in person.unavailable
        ),
    ]


def can_hold(problem: Problem, members: Iterable[ConflictMember]) -> bool:
    """Whether a roster keeps these demands, all others being gone."""
    members = list(members)
    pinned = {member.pin.shift for member in members if member.pin}
    named = pinned | {member.shift for member in members}
    few = [shift for shift in problem.shifts if shift.id in named]

    # Other shifts may be left empty, which is quick; or they may not.
    return Demanded(problem, members, few).possible() or (
        len(few) < len(problem.shifts)
        and Demanded(problem, members, problem.shifts).possible()
    )


class Demanded:
    """Some demands of a problem in a model; only these shifts are held."""

    def __init__(
        self,
        problem: Problem,
        members: list[ConflictMember],
        shifts: Iterable[Shift],
    ) -> None:
        self.problem = problem
        self.shifts = list(shifts)
        self.model = CpModel()
        away = {(m.staff, m.away) for m in members if m.staff}
        self.cells = {
            (person.id, shift.id): self.model.new_bool_var("")
            for person in problem.staff
            for shift in self.shifts
            if self.may_hold(person, shift, away)
        }
        self.fill({m.shift for m in members if m.shift})
        self.part()
        for member in members:
            if member.pin:
                key = member.pin.staff, member.pin.shift
                self.model.add(self.cells[key] == 1)

            if member.clause:
                clause = problem.clause[member.clause]
                assert not clause.allow
                KINDS[clause.kind](self, clause)

    def possible(self) -> bool:
        """Whether all of it can be."""
        solver = CpSolver()
        solver.parameters.num_workers = 1
        return solver.solve(self.model) != INFEASIBLE

    def may_hold(self, person: Person, shift: Shift, away) -> bool:
        if Assignment(shift.id, person.id) in self.problem.past:
            return True

        return person.has_post(shift.post, shift.date) and not any(
            who == person.id and shift.date in period for who, period in away
        )

    def fill(self, filled: set[str]) -> None:
        """As many as a shift needs where it is asked for, never more."""
        for shift in self.shifts:
            column = [
                self.cells[person.id, shift.id]
                for person in self.problem.staff
                if (person.id, shift.id) in self.cells
            ]
            past = sum(pin.shift == shift.id for pin in self.problem.past)
            places = max(shift.needs, past)
            self.model.add(sum(column) <= places)
            if shift.id in filled:
                self.model.add(sum(column) >= places)

    def part(self) -> None:
        """Nobody is in two places, but for what history says."""
        for one, other in combinations(self.shifts, 2):
            if one.start < other.end and other.start < one.end:
                for person in self.problem.staff:
                    both = {Assignment(s.id, person.id) for s in (one, other)}
                    if not both <= self.problem.past:
                        self.never((person, one), (person, other))

    def never(self, *held: tuple[Person, Shift]) -> None:
        """Forbids that all of this is held."""
        keys = [(person.id, shift.id) for person, shift in held]
        if all(key in self.cells for key in keys):
            self.model.add_bool_or([~self.cells[key] for key in keys])

    def unless_pinned(self, *held: tuple[Person, Shift]) -> None:
        """Forbids it, unless pins alone make it so."""
        pinned = {Assignment(shift.id, person.id) for person, shift in held}
        if not pinned <= self.problem.pinned:
            self.never(*held)

    def chosen(self, clause) -> list[Shift]:
        """The shifts that a clause looks at, whoever holds them."""
        return [shift for shift in self.shifts if _chooses(clause, shift)]

    def apart(self, clause, near: Callable[[Shift, Shift], bool]) -> None:
        """Forbids two duties of one person that are too near."""
        shifts = self.chosen(clause)
        close = [
            (one, other)
            for one, other in combinations(shifts, 2)
            if near(one, other)
            and not (one.block and one.block == other.block)
        ]
        for person in self.problem.staff:
            for pair in close:
                if all(_asks(clause, person, shift) for shift in pair):
                    self.unless_pinned(*((person, shift) for shift in pair))

            for duty in person.earlier:
                if clause.select.shifts or not _matches(clause.select, duty):
                    continue

                for shift in shifts:
                    if _asks(clause, person, shift) and near(duty, shift):
                        self.unless_pinned((person, shift))


def _matches(ask, duty: Shift | EarlierDuty) -> bool:
    """What a clause asks of any duty, within the problem or earlier."""
    return (
        (not ask.posts or duty.post in ask.posts)
        and set(ask.shift_tags) <= set(duty.tags)
        and (ask.first is None or ask.first <= duty.date)
        and (ask.last is None or duty.date <= ask.last)
    )


def _chooses(clause, shift: Shift) -> bool:
    ask = clause.select
    named = not ask.shifts or shift.id in ask.shifts
    return named and _matches(ask, shift)


def _asks(clause, person: Person, shift: Shift) -> bool:
    """Whether a clause looks at that person on that shift's date."""
    ask = clause.select
    return (not ask.staff or person.id in ask.staff) and all(
        person.has_tag(tag, shift.date) for tag in ask.staff_tags
    )


def gap(unit: Demanded, clause) -> None:
    unit.apart(
        clause, lambda one, two: abs((one.date - two.date).days) < clause.days
    )


def rest(unit: Demanded, clause) -> None:
    def near(one, two) -> bool:
        first, second = sorted((one, two), key=lambda duty: duty.start)
        return second.start - first.end < timedelta(hours=clause.hours)

    unit.apart(clause, near)


def bar(unit: Demanded, clause) -> None:
    for shift in unit.chosen(clause):
        for person in unit.problem.staff:
            if _asks(clause, person, shift):
                unit.unless_pinned((person, shift))


def reserve(unit: Demanded, clause) -> None:
    for shift in unit.chosen(clause):
        for person in unit.problem.staff:
            named = not clause.for_staff or person.id in clause.for_staff
            if not named or not all(
                person.has_tag(tag, shift.date) for tag in clause.for_tags
            ):
                unit.unless_pinned((person, shift))


def apart(unit: Demanded, clause) -> None:
    pinned = unit.problem.pinned
    for couple in clause.pairs:
        first, second = (unit.problem.person[name] for name in couple)
        dates: dict[object, tuple[list[Shift], list[Shift]]] = {}
        for shift in unit.chosen(clause):
            for person, place in ((first, 0), (second, 1)):
                if _asks(clause, person, shift):
                    dates.setdefault(shift.date, ([], []))[place].append(shift)

        for mine, theirs in dates.values():
            fixed = any(Assignment(s.id, first.id) in pinned for s in mine)
            if fixed and any(
                Assignment(s.id, second.id) in pinned for s in theirs
            ):
                continue

            for one in mine:
                for other in theirs:
                    unit.never((first, one), (second, other))


def limit(unit: Demanded, clause) -> None:
    def points(shift: Shift) -> int:
        return shift.burden.get(clause.ledger, 0) if clause.ledger else 1

    # A window begins on the date of any selected shift, empty or not.
    days = clause.window_days
    dates = {s.date for s in unit.problem.shifts if _chooses(clause, s)}
    begins = sorted(dates) if days else [min(dates)]
    for person in unit.problem.staff:
        row = [
            shift
            for shift in unit.chosen(clause)
            if (person.id, shift.id) in unit.cells
            and _asks(clause, person, shift)
        ]
        for begin in begins:
            inside = [
                shift
                for shift in row
                if begin <= shift.date
                and (not days or (shift.date - begin).days < days)
            ]
            pinned = sum(
                points(shift)
                for shift in inside
                if Assignment(shift.id, person.id) in unit.problem.pinned
            )
            load = sum(
                points(shift) * unit.cells[person.id, shift.id]
                for shift in inside
            )
            if inside:
                unit.model.add(load <= max(clause.max, pinned))


KINDS = {
    "gap": gap,
    "rest": rest,
    "bar": bar,
    "reserve": reserve,
    "apart": apart,
    "limit": limit,
}
