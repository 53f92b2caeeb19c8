"""Visit days (必查日): the secret day on which each unit is sure to come."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from roster.draw.frame import Frame
from roster.draw.hashing import visit_ticket


def visit_days(key: bytes, frame: Frame) -> dict[str, date]:
    """Deals the units that are owed a visit evenly over the days."""
    order = sorted(frame.owed, key=lambda unit: visit_ticket(key, unit))
    days = frame.days
    if not days:
        return {}

    return {unit: days[n % len(days)] for n, unit in enumerate(order)}


def visits_on(key: bytes, frame: Frame, day: date) -> tuple[str, ...]:
    """The units whose visit day it is."""
    found = visit_days(key, frame)
    return tuple(sorted(unit for unit, on in found.items() if on == day))


def still_owed(
    key: bytes,
    *,
    units: Iterable[str],
    drawn: Collection[tuple[date, Frame]],
) -> tuple[str, ...]:
    """
    The units whose visit day has not come.

    ``drawn`` are the days that stand, each with the frame it was or will
    be drawn from: without cancelled draws, with days on their way.
    """
    visited: set[str] = set()
    dealt: Mapping[int, dict[str, date]] = {
        frame.version: visit_days(key, frame) for _, frame in drawn
    }
    for day, frame in drawn:
        visits = dealt[frame.version]
        visited.update(unit for unit, on in visits.items() if on == day)

    return tuple(sorted(set(units) - visited))
