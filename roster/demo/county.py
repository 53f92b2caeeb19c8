"""
The demonstration county: 柳湾县, where everybody and everything is invented.

No place, person or telephone number in it is real; whatever agrees with
one agrees by chance. It has the scale of a real county's schools: a
bureau of sixty, sixty schools, kindergartens and teaching points in six
townships, and some sixteen hundred people.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from roster.county import County
from roster.demo.inspectors import inspectors_of
from roster.demo.leave import unit_leave
from roster.demo.limits import unit_limits
from roster.demo.past import unit_past
from roster.demo.people import staff_of
from roster.demo.presences import presences_of
from roster.demo.relations import relations_of
from roster.demo.terms import TERMS
from roster.demo.units import BUREAU, BUREAU_PLAN, Plan, districts, schools
from roster.demo.wishes import unit_wishes
from roster.people import StaffMember, Unit

SEED = 20261128

Value = TypeVar("Value")
Place = tuple[Unit, Plan, tuple[StaffMember, ...]]


def demonstration_county(seed: int = SEED) -> County:
    """The whole county; the same seed always makes the same one."""
    units = ((BUREAU, BUREAU_PLAN), *schools())
    staff = staff_of(units, seed)
    places = [
        (unit, plan, tuple(m for m in staff if m.unit == unit.id))
        for unit, plan in units
    ]
    leave = _all(places, lambda u, p, s: unit_leave(u, p, s, seed))
    relations = relations_of({u.id: s for u, _, s in places}, seed)
    return County(
        units=(BUREAU, *districts(), *(unit for unit, _ in units[1:])),
        staff=staff,
        leave=leave,
        limits=_all(places, lambda u, p, s: unit_limits(u, p, s, leave, seed)),
        relations=relations,
        wishes=_all(places, lambda u, p, s: unit_wishes(u, p, s, seed)),
        terms=TERMS,
        presences=presences_of(units[1:]),
        inspectors=inspectors_of(
            places[0][2],
            [unit for unit, _ in units[1:]],
            relations,
            {m.id: m.unit for m in staff},
            seed,
        ),
        past=_all(places, unit_past),
    )


def _all(
    places: Iterable[Place],
    make: Callable[[Unit, Plan, tuple[StaffMember, ...]], Iterable[Value]],
) -> tuple[Value, ...]:
    """What is made for each unit, one after the other."""
    return tuple(value for place in places for value in make(*place))
