"""Small random problems with every kind of clause, for enumeration."""

from itertools import combinations, product

from hypothesis import strategies as st

from roster.audit import breaches, costs, places
from roster.people import Period
from roster.problem import Assignment, Dated, Pin, Problem, Shift
from roster.rules import clauses as c
from roster.rules.clauses import Clause, Selection, Wished
from tests.builders import (
    day,
    earlier,
    make_person,
    make_problem,
    make_shift,
)

KINDS = tuple(sorted(c.CLAUSE_KINDS))
POSTS = ("duty", "lead")
TAGS = ("old", "night")


@st.composite
def people(draw, count):
    found = []
    for number in range(count):
        posts = draw(st.lists(st.sampled_from(POSTS), min_size=1, unique=True))
        tags = draw(st.lists(st.sampled_from(TAGS), unique=True))
        away = draw(st.lists(st.integers(0, 4), max_size=1))
        before = draw(st.lists(st.integers(-2, 5), max_size=1, unique=True))
        found.append(
            make_person(
                f"p{number}",
                posts,
                tags=[
                    Dated(tag, Period(None, day(draw(st.integers(0, 4)))))
                    for tag in tags
                ],
                unavailable=[(day(n), day(n)) for n in away],
                carried={"total": draw(st.integers(0, 2))},
                earlier=tuple(earlier(n) for n in before),
                share=draw(st.sampled_from([100, 100, 50, 70])),
            )
        )
    return found


@st.composite
def some_shifts(draw, count):
    found = []
    for number in range(count):
        hours = draw(st.sampled_from([(8, 18), (18, 32), (8, 32)]))
        found.append(
            make_shift(
                draw(st.integers(0, 4)),
                draw(st.sampled_from(POSTS)),
                hours,
                id=f"s{number}",
                needs=draw(st.sampled_from([1, 1, 1, 2])),
                block=draw(st.sampled_from(["", "", "b", "c"])),
                tags=tuple(
                    draw(st.lists(st.sampled_from(["x", "y"]), unique=True))
                ),
                burden={"total": draw(st.integers(0, 2))},
            )
        )
    return found


@st.composite
def selections(draw, staff, shifts, *, of_people=True):
    def some(ids):
        return tuple(
            draw(st.one_of(st.just([]), st.lists(st.sampled_from(ids))))
        )

    low, high = sorted(draw(st.tuples(st.integers(0, 4), st.integers(0, 4))))
    dated = draw(st.sampled_from([False, False, False, True]))
    narrow = draw(st.booleans())
    if not narrow:
        return Selection()
    return Selection(
        posts=some(POSTS),
        shift_tags=some(["x", "y"])[:1],
        shifts=some([s.id for s in shifts]),
        staff_tags=some(TAGS)[:1] if of_people else (),
        staff=some([p.id for p in staff]) if of_people else (),
        first=day(low) if dated else None,
        last=day(high) if dated else None,
    )


@st.composite
def some_clause(draw, number, staff, shifts, kinds=KINDS):
    kind = draw(st.sampled_from(kinds))
    named = kind in ("reserve", "mix")
    tier = draw(st.integers(0, 2))
    common = {
        "id": f"{kind}-{number}",
        "tier": tier,
        "article": f"第{number}条",
        "weight": draw(st.integers(1, 2)),
        "allow": draw(st.sampled_from([0, 0, 1, 3])) if tier == 0 else 0,
        "select": draw(selections(staff, shifts, of_people=not named)),
    }
    ids = [p.id for p in staff]
    shift_ids = [s.id for s in shifts]
    small = st.integers(0, 2)

    def pairs_of(names):
        every = list(combinations(names, 2))
        if not every:
            return ()
        return tuple(draw(st.lists(st.sampled_from(every), max_size=2)))

    who = {"for_tags": ("old",)} if draw(st.booleans()) else {}
    if named and (not who or draw(st.booleans())):
        who["for_staff"] = tuple(
            draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
        )
    own = {
        "rest": lambda: {"hours": draw(st.sampled_from([0, 8, 12, 40]))},
        "gap": lambda: {"days": draw(st.integers(1, 4))},
        "limit": lambda: {
            "max": draw(small),
            "window_days": draw(st.sampled_from([None, 1, 2, 3])),
            "ledger": draw(st.sampled_from(["", "total"])),
        },
        "at_least": lambda: {
            "min": draw(small),
            "ledger": draw(st.sampled_from(["", "total"])),
        },
        "apart": lambda: {"pairs": pairs_of(ids)},
        "different": lambda: {"pairs": pairs_of(shift_ids)},
        "same": lambda: {
            "groups": tuple(
                tuple(group)
                for group in draw(
                    st.lists(
                        st.lists(
                            st.sampled_from(shift_ids),
                            min_size=1,
                            unique=True,
                        ),
                        max_size=2,
                    )
                )
            )
        },
        "bar": dict,
        "reserve": lambda: who,
        "mix": lambda: {
            **who,
            "min": draw(st.integers(0, 2)),
            "per": draw(st.sampled_from(["shift", "date"])),
        },
        "wish": lambda: {
            "wishes": tuple(
                draw(
                    st.lists(
                        st.builds(
                            Wished,
                            st.sampled_from(ids),
                            st.booleans(),
                            st.integers(0, 4).map(day),
                            weight=st.integers(1, 3),
                        )
                        | st.builds(
                            Wished,
                            st.sampled_from(ids),
                            st.booleans(),
                            shift=st.sampled_from(shift_ids),
                        ),
                        max_size=3,
                    )
                )
            )
        },
        "balance": lambda: {
            "ledger": "total",
            "measure": draw(st.sampled_from(["squares", "spread"])),
        },
        "spacing": lambda: {"cap": draw(st.integers(1, 4))},
        "keep": dict,
    }
    return c.CLAUSE_KINDS[kind](**common, **own[kind]())


def legal_pins(problem: Problem, wanted: list[Pin]) -> tuple[Pin, ...]:
    """The pins that may be asked for together, in their order."""
    taken: list[Pin] = []

    for pin in wanted:
        if any(t.assignment == pin.assignment for t in taken):
            continue

        person, shift = problem.person[pin.staff], problem.shift[pin.shift]
        if not pin.past and not problem.may_hold(person, shift):
            continue

        if any(
            t.staff == pin.staff
            and shift.overlaps(problem.shift[t.shift])
            and not (t.past and pin.past)
            for t in taken
        ):
            continue

        on_shift = [t for t in taken if t.shift == pin.shift]
        if len(on_shift) >= shift.needs and not (
            pin.past and all(t.past for t in on_shift)
        ):
            continue

        taken.append(pin)

    return tuple(taken)


@st.composite
def small_problems(draw, *, clause_count=3, kinds=KINDS):
    staff = draw(people(draw(st.integers(1, 3))))
    shifts = draw(some_shifts(draw(st.integers(1, 4))))
    found: list[Clause] = [
        draw(some_clause(number, staff, shifts, kinds))
        for number in range(draw(st.integers(1, clause_count)))
    ]
    pairs = st.tuples(
        st.sampled_from([s.id for s in shifts]),
        st.sampled_from([p.id for p in staff]),
    )
    wanted = draw(
        st.lists(st.tuples(pairs, st.booleans()), max_size=2).map(
            lambda found: [Pin(*pair, past) for pair, past in found]
        )
    )
    before = draw(st.lists(pairs, max_size=2))
    plain = make_problem(staff, shifts, *found)
    return make_problem(
        staff,
        shifts,
        *found,
        pins=legal_pins(plain, wanted),
        previous=tuple(Assignment(*pair) for pair in before),
    )


def rosters(problem: Problem):
    """Every roster that fills every shift, mandatory clauses or not."""
    choices = []
    for shift in problem.shifts:
        holders = [p.id for p in problem.staff if _eligible(problem, p, shift)]
        choices.append(
            [
                [Assignment(shift.id, staff) for staff in group]
                for group in combinations(holders, places(problem, shift))
            ]
        )
    for picked in product(*choices):
        yield frozenset(a for group in picked for a in group)


def _eligible(problem: Problem, person, shift: Shift) -> bool:
    past = Assignment(shift.id, person.id) in problem.past
    return past or problem.may_hold(person, shift)


def best(problem: Problem):
    """The least costs, tier by tier; None when no roster is allowed."""
    allowed = [
        tuple(costs(problem, roster).values())
        for roster in rosters(problem)
        if not breaches(problem, roster)
    ]
    return min(allowed, default=None)
