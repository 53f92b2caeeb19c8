"""
On-call rostering of the MiniZinc challenges 2013 and 2018.

The instances (public repository MiniZinc/minizinc-benchmarks, model by
Julien Fischer) carry no licence: they are read from a folder outside this
repository and left there. No optimum is published with them; those below
were proven with a CP-SAT model of their own.
"""

import re
from ast import literal_eval
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from roster.people import Period
from roster.problem import Dated, Person, Pin, Problem, Shift
from roster.rules.clauses import Balance, Clause, Different, Limit
from tests.builders import at, day

# Proven optimum, and seconds of a direct CP-SAT model to its proof (two
# workers, two cores).
KNOWN = {
    "4s-10d": (1, 0.01),
    "4s-100d": (2, 0.14),
    "10s-50d": (0, 0.04),
    "10s-150d": (5, 0.8),
    "20s-200d": (2, 1.65),
}
WEEK = 5  # positions from one weekend to the next


@dataclass(frozen=True, slots=True)
class Instance:
    """
    Positions in a row, 1-based: a weekday, or a whole weekend.

    ``work_load`` is each person's percentage of a full share of duty;
    ``adjacent`` and ``midweek`` are what a breach of either wish costs.
    """

    name: str
    positions: int
    work_load: tuple[int, ...]
    unavailable: tuple[frozenset[int], ...]
    fixed: tuple[frozenset[int], ...]
    weekend_offset: int
    adjacent: int
    midweek: int

    @property
    def weekends(self) -> range:
        """The positions that are weekends."""
        return range(self.weekend_offset + 1, self.positions + 1, WEEK)

    @property
    def settled(self) -> frozenset[int]:
        """The positions fixed to somebody."""
        return frozenset().union(*self.fixed)

    def is_settled(self, *positions: int) -> bool:
        """Whether a rule about these positions asks nothing."""
        return self.settled.issuperset(positions)


def read_folder(folder: Path) -> list[Instance]:
    """The instances of a folder, the shortest first."""
    files = sorted(folder.glob("*.dzn"))
    found = [read_dzn(file.stem, file.read_text("utf-8")) for file in files]
    return sorted(found, key=lambda i: (i.positions, len(i.work_load)))


def read_dzn(name: str, text: str) -> Instance:
    """One data file; positions past the last are passed over."""
    plain = re.sub(r"%.*", "", text).replace("{}", "set()")
    facts = {}
    for statement in filter(None, map(str.strip, plain.split(";"))):
        key, value = statement.split("=", 1)
        facts[key.strip()] = literal_eval(value.strip())

    positions = facts["num_days"]
    inside = frozenset(range(1, positions + 1))
    return Instance(
        name,
        positions,
        tuple(facts["work_load"]),
        tuple(inside & set(some) for some in facts["unavailable"]),
        tuple(inside & set(some) for some in facts["fixed"]),
        facts["weekend_offset"],
        facts["adj_days_str"],
        facts["wed_before_weekend_str"],
    )


def make_problem(instance: Instance) -> Problem:
    """The instance in the words of our clauses, one goal tier."""
    return Problem(
        instance.name,
        tuple(_people(instance)),
        tuple(_shifts(instance)),
        (*_rules(instance), *_goals(instance)),
        tuple(
            Pin(_name(position), f"p{number:02}")
            for number, fixed in enumerate(instance.fixed)
            for position in sorted(fixed)
        ),
    )


def _name(position: int) -> str:
    return f"{position:03}"


def _people(instance: Instance) -> Iterator[Person]:
    for number, share in enumerate(instance.work_load):
        yield Person(
            f"p{number:02}",
            (Dated("call"),),
            unavailable=tuple(
                Period(day(position), day(position))
                for position in sorted(instance.unavailable[number])
            ),
            share=share,
        )


def _shifts(instance: Instance) -> Iterator[Shift]:
    for position in range(1, instance.positions + 1):
        when = day(position)
        ledger = "weekend" if position in instance.weekends else "weekday"
        yield Shift(
            _name(position),
            when,
            at(when, 8),
            at(when, 20),
            "call",
            burden={ledger: 1},
        )


def _rules(instance: Instance) -> Iterator[Clause]:
    """
    Pins waive a rule they alone break; `different` is asked of no pair
    whose rule is settled as a whole.
    """
    yield Limit(id="three-running", tier=0, max=2, window_days=3)
    last = instance.positions
    beside, successive = [], []

    for weekend in instance.weekends:
        around = [p for p in (weekend - 1, weekend + 1) if 1 <= p <= last]
        if not instance.is_settled(weekend, *around):
            beside += [(weekend, position) for position in around]

        following = weekend + WEEK
        if following <= last and not instance.is_settled(weekend, following):
            successive.append((weekend, following))

    yield _different("beside-weekend", 0, beside)
    yield _different("weekends", 0, successive)


def _goals(instance: Instance) -> Iterator[Clause]:
    running = [(p, p + 1) for p in range(1, instance.positions - 1)]
    before = [(w - 2, w) for w in instance.weekends if w > 2]
    if instance.adjacent:
        yield _different("adjacent", 1, running, instance.adjacent)
    if instance.midweek:
        yield _different("midweek", 1, before, instance.midweek)

    for ledger in ("weekday", "weekend"):
        yield Balance(id=ledger, tier=1, ledger=ledger, measure="spread")


def _different(
    name: str, tier: int, pairs: Sequence[tuple[int, int]], weight: int = 1
) -> Different:
    return Different(
        id=name,
        tier=tier,
        weight=weight,
        pairs=tuple((_name(one), _name(other)) for one, other in pairs),
    )
