"""Two rosters side by side: what changed, for whom, and at what cost."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from roster.answers import Comparison, LoadChange, ShiftChange
from roster.audit import costs
from roster.auditors.reading import points
from roster.problem import Assignment, Problem, Shift
from roster.rules.repair import in_force

Side = tuple[Problem, Iterable[Assignment]]
Pair = tuple[Problem, frozenset[Assignment]]


def alike(before: Side, after: Side) -> tuple[Side, Side]:
    """
    Two rosters, both read by the goals and the people of the later one.

    Each problem has costs of its own, by what was known when it was
    solved; only read by the same do two of them tell better from worse.
    Whoever is in the earlier one alone keeps their load and, filling no
    post any more, weighs in no goal on either side.
    """
    (old, was), (new, now) = before, after
    gone = (
        replace(person, posts=())
        for person in old.staff
        if person.id not in new.person
    )
    everybody = replace(new, staff=(*new.staff, *gone))
    return (in_force(everybody, old.shifts), was), (everybody, now)


def compare(before: Side, after: Side) -> Comparison:
    """
    Two problems, each with a roster, compared by the ids they share.

    Assignments to shifts that their problem does not know are passed over.
    """
    old, new = _known(before), _known(after)
    return Comparison(
        shifts=tuple(sorted(_shifts(old, new), key=_by_time)),
        loads=tuple(sorted(_loads(old, new), key=_by_size)),
        tiers=_tiers(costs(*old), costs(*new)),
    )


def _known(side: Side) -> Pair:
    problem, roster = side
    return problem, frozenset(a for a in roster if a.shift in problem.shift)


def _shifts(old: Pair, new: Pair) -> Iterator[ShiftChange]:
    before, after = _holders(old), _holders(new)
    for name in {**old[0].shift, **new[0].shift}:
        was, now = old[0].shift.get(name), new[0].shift.get(name)
        left, came = before[name] - after[name], after[name] - before[name]
        if left or came or _moved(was, now):
            shift = now or was
            assert shift is not None
            yield ShiftChange(
                shift.date,
                was,
                now,
                tuple(sorted(left)),
                tuple(sorted(came)),
            )


def _holders(side: Pair) -> defaultdict[str, set[str]]:
    holders = defaultdict(set)
    for assignment in side[1]:
        holders[assignment.shift].add(assignment.staff)

    return holders


def _moved(was: Shift | None, now: Shift | None) -> bool:
    """Whether a shift that stays is at another time."""
    if was is None or now is None:
        return False

    return (was.date, was.start, was.end) != (now.date, now.start, now.end)


def _by_time(change: ShiftChange) -> tuple[object, ...]:
    shift = change.after or change.before
    assert shift is not None
    return change.date, shift.start, shift.id


def _loads(old: Pair, new: Pair) -> Iterator[LoadChange]:
    ledgers = sorted(
        {
            ledger
            for problem, _ in (old, new)
            for shift in problem.shifts
            for ledger in shift.burden
        }
    )
    before, after = _carried(old, ledgers), _carried(new, ledgers)
    for staff in {**before, **after}:
        change = LoadChange(staff, before.get(staff, {}), after.get(staff, {}))
        if _size(change):
            yield change


def _carried(side: Pair, ledgers: list[str]) -> dict[str, dict[str, int]]:
    """Everybody's load by ledger, what they brought along included."""
    problem, roster = side
    held = defaultdict(list)
    for assignment in roster:
        held[assignment.staff].append(problem.shift[assignment.shift])

    return {
        person.id: {
            ledger: person.carried.get(ledger, 0)
            + points(held[person.id], ledger)
            for ledger in ledgers
        }
        for person in problem.staff
    }


def _by_size(change: LoadChange) -> tuple[int, str]:
    return -_size(change), change.staff


def _size(change: LoadChange) -> int:
    """By how much the ledger changed that changed most."""
    ledgers = {**change.before, **change.after}
    return max(
        (
            abs(change.after.get(ledger, 0) - change.before.get(ledger, 0))
            for ledger in ledgers
        ),
        default=0,
    )


def _tiers(
    before: Mapping[int, int], after: Mapping[int, int]
) -> tuple[tuple[int, int | None, int | None], ...]:
    return tuple(
        (tier, before.get(tier), after.get(tier))
        for tier in sorted({*before, *after})
    )
