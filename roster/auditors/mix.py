"""Reads `Mix`: at least so many people of a kind on a shift or date."""

from collections.abc import Iterable, Iterator

from roster.auditors.reading import Reading, Violation
from roster.auditors.reserve import is_named
from roster.problem import Shift
from roster.rules.clauses import Mix


def mix(clause: Mix, reading: Reading) -> Iterator[Violation]:
    """One for each shift (or date) that lacks people of the kind."""
    for group in groups(clause, reading.shifts):
        missing = clause.min - len(_counted(clause, reading, group))
        if missing > 0:
            yield Violation(
                cost=missing,
                waived=missing if _all_pinned(reading, group) else 0,
                shifts=tuple(shift.id for shift in group),
                dates=(group[0].date,),
            )


def groups(clause: Mix, shifts: Iterable[Shift]) -> list[list[Shift]]:
    """What is counted together: each shift, or each date's shifts."""
    if clause.per == "shift":
        return [[shift] for shift in shifts]

    dates: dict[object, list[Shift]] = {}
    for shift in shifts:
        dates.setdefault(shift.date, []).append(shift)
    return list(dates.values())


def _counted(clause: Mix, reading: Reading, group: list[Shift]) -> set[str]:
    return {
        staff
        for staff, held in reading.held.items()
        for shift in held
        if shift in group
        and is_named(clause, reading.problem.person[staff], shift)
    }


def _all_pinned(reading: Reading, group: list[Shift]) -> bool:
    return all(
        sum(pin.shift == shift.id for pin in reading.problem.pinned)
        >= shift.needs
        for shift in group
    )
