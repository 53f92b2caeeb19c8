"""Reads `Bar`: these people not on these shifts."""

from collections.abc import Iterator

from roster.auditors.reading import Reading, Violation
from roster.rules.clauses import Bar


def bar(clause: Bar, reading: Reading) -> Iterator[Violation]:
    """One for each assignment of a barred person to a barred shift."""
    for staff, held in reading.held.items():
        for shift in held:
            yield Violation(
                cost=1,
                waived=int(reading.pinned(staff, shift)),
                staff=(staff,),
                shifts=(shift.id,),
                dates=(shift.date,),
            )
