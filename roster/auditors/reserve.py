"""Reads `Reserve`: these shifts only for those people."""

from collections.abc import Iterator

from roster.auditors.reading import Reading, Violation
from roster.problem import Person, Shift
from roster.rules.clauses import Mix, Reserve


def reserve(clause: Reserve, reading: Reading) -> Iterator[Violation]:
    """One for each assignment of a reserved shift to anybody else."""
    for staff, held in reading.held.items():
        person = reading.problem.person[staff]

        for shift in held:
            if not is_named(clause, person, shift):
                yield Violation(
                    cost=1,
                    waived=int(reading.pinned(staff, shift)),
                    staff=(staff,),
                    shifts=(shift.id,),
                    dates=(shift.date,),
                )


def is_named(clause: Reserve | Mix, person: Person, shift: Shift) -> bool:
    """Whether they are of the kind named; both lists must match."""
    return (not clause.for_staff or person.id in clause.for_staff) and all(
        person.has_tag(tag, shift.date) for tag in clause.for_tags
    )
