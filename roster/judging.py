"""
What a small change would do to a roster, without reading it whole again.

The auditors' own readings, of those people alone whom the change can
concern (`roster.circles`), before and after; what differs there is what
differs in the whole roster.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from roster.answers import Costs
from roster.audit import Breach, breaches, charged, known
from roster.auditors import Reading, Violation, cost, violations
from roster.circles import Circle, Touched, by_staff, finder
from roster.problem import Assignment, Problem
from roster.rules.clauses import Clause

Held = Mapping[str, frozenset[Assignment]]  # by person


@dataclass(frozen=True, slots=True)
class Change:
    """Assignments that go and others that come; none of them in vain."""

    gone: frozenset[Assignment]
    come: frozenset[Assignment]

    @property
    def touched(self) -> Touched:
        """All that is not as before."""
        return self.gone | self.come

    def sides(
        self, held: Held, people: Iterable[str]
    ) -> tuple[frozenset[Assignment], frozenset[Assignment]]:
        """What these people hold before it and after it."""
        whose = frozenset(people)
        before = frozenset[Assignment]().union(
            *(held[staff] for staff in whose if staff in held)
        )
        come = {a for a in self.come if a.staff in whose}
        return before, (before - self.gone) | come


class Judge:
    """
    Tells of one roster what changes would add to it.

    Parameters
    ----------
    roster
        Any assignments, also such as break something already.
    """

    def __init__(self, problem: Problem, roster: Iterable[Assignment]) -> None:
        self._problem = problem
        self._roster = frozenset(roster)
        self._held = by_staff(self._roster)
        there = frozenset(a for a in self._roster if known(problem, a))
        self._clauses = [
            ClauseJudge(clause, problem, there) for clause in problem.clauses
        ]

    def allows(
        self, gone: Iterable[Assignment], come: Iterable[Assignment] = ()
    ) -> bool:
        """Whether a change adds no breach."""
        return next(self._added(self._change(gone, come)), None) is None

    def breaches(
        self, gone: Iterable[Assignment], come: Iterable[Assignment] = ()
    ) -> tuple[Breach, ...]:
        """The mandatory rules broken then and not yet; see `added`."""
        return tuple(self._added(self._change(gone, come)))

    def costs(
        self, gone: Iterable[Assignment], come: Iterable[Assignment] = ()
    ) -> Costs:
        """What each tier above 0 changes by."""
        change = self._known(self._change(gone, come))
        tiers: defaultdict[int, int] = defaultdict(int)
        for judge in self._clauses:
            if not judge.clause.mandatory:
                tiers[judge.clause.tier] += judge.cost(change)

        return tuple(sorted(tiers.items()))

    def _change(
        self, gone: Iterable[Assignment], come: Iterable[Assignment]
    ) -> Change:
        coming = frozenset(come)
        return Change(
            (frozenset(gone) & self._roster) - coming, coming - self._roster
        )

    def _known(self, change: Change) -> Change:
        """As clauses see it: they pass over what is not the problem's."""
        return Change(
            frozenset(a for a in change.gone if known(self._problem, a)),
            frozenset(a for a in change.come if known(self._problem, a)),
        )

    def _added(self, change: Change) -> Iterator[Breach]:
        yield from self._implicit(change)
        seen = self._known(change)
        for judge in self._clauses:
            if judge.clause.mandatory:
                yield from judge.breaches(seen)

    def _implicit(self, change: Change) -> tuple[Breach, ...]:
        """Of the rules nobody writes down, on the shifts concerned."""
        touched = {a.shift for a in change.touched}
        people = {a.staff for a in self._roster if a.shift in touched}
        people.update(a.staff for a in change.touched)
        before, after = change.sides(self._held, people)
        few = _part(self._problem, people, {a.shift for a in before} | touched)
        return added(breaches(few, before), breaches(few, after))


class ClauseJudge:
    """One clause on one roster, and what changes do to its cost."""

    def __init__(
        self,
        clause: Clause,
        problem: Problem,
        roster: frozenset[Assignment],
    ) -> None:
        self.clause = clause
        self._held = by_staff(roster)
        self._whole = Reading(problem, clause, roster)
        self._found = violations(self._whole)
        self._circles = finder(self._whole)
        self._read: dict[
            tuple[Circle, frozenset[Assignment]], tuple[Violation, ...]
        ] = {}

    def cost(self, change: Change) -> int:
        """What a goal's part of its tier changes by."""
        ended, begun = self._shift(change)
        return self.clause.weight * (
            cost(begun, mandatory=False) - cost(ended, mandatory=False)
        )

    def breaches(self, change: Change) -> tuple[Breach, ...]:
        """What a mandatory clause has against the change."""
        ended, begun = self._shift(change)
        before = cost(self._found, mandatory=True)
        after = (
            before + cost(begun, mandatory=True) - cost(ended, mandatory=True)
        )
        if after <= self.clause.allow:
            return ()

        if before > self.clause.allow:
            return added(
                tuple(charged(self.clause, ended)),
                tuple(charged(self.clause, begun)),
            )

        # What was allowed as long as it was little is allowed no more.
        left = Counter(self._found) - Counter(ended)
        return tuple(charged(self.clause, [*left.elements(), *begun]))

    def _shift(
        self, change: Change
    ) -> tuple[list[Violation], list[Violation]]:
        """The violations that end, and those that begin."""
        ended: list[Violation] = []
        begun: list[Violation] = []
        for circle in self._circles(change.touched):
            before, after = (
                self._violations(circle, held)
                for held in change.sides(self._held, circle.people)
            )
            ended += (Counter(before) - Counter(after)).elements()
            begun += (Counter(after) - Counter(before)).elements()

        return ended, begun

    def _violations(
        self, circle: Circle, held: frozenset[Assignment]
    ) -> tuple[Violation, ...]:
        """What a circle costs; many changes have a side in common."""
        key = circle, held
        if key not in self._read:
            self._read[key] = violations(
                self._whole.narrowed(circle.people, held, circle.dates)
            )
        return self._read[key]


def added(
    before: Sequence[Breach], after: Sequence[Breach]
) -> tuple[Breach, ...]:
    """
    What is wrong after and was not before.

    A breach that only became smaller is not new: whoever is over a limit
    may well hand on a duty.
    """
    ended = [breach for breach in before if breach not in after]
    begun = [breach for breach in after if breach not in before]
    return tuple(
        breach
        for breach in begun
        if not any(_as_bad(was, breach) for was in ended)
    )


def _as_bad(was: Breach, now: Breach) -> bool:
    # A shift short of people names those who are left: no fault of theirs.
    return (
        was.rule == now.rule
        and (was.rule == "coverage" or set(now.staff) <= set(was.staff))
        and set(now.shifts) <= set(was.shifts)
        and set(now.dates) <= set(was.dates)
        and _size(now) <= _size(was)
    )


def _size(breach: Breach) -> int:
    facts = breach.facts
    missing = facts.get("needs", 0) - facts.get("holders", 0)
    return int(facts.get("cost", abs(missing)))


def _part(problem: Problem, people: set[str], shifts: set[str]) -> Problem:
    """A problem of these people and shifts, with no clause."""
    return replace(
        problem,
        staff=tuple(p for p in problem.staff if p.id in people),
        shifts=tuple(s for s in problem.shifts if s.id in shifts),
        pins=tuple(pin for pin in problem.pins if pin.shift in shifts),
        clauses=(),
        previous=(),
    )
