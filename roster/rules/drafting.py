"""One unit's case becomes a complete problem."""

from roster.problem import Problem
from roster.rules.articles import clauses_of
from roster.rules.case import Case as Case
from roster.rules.staffing import person_of


def draft_problem(case: Case) -> Problem:
    """The complete problem of a unit's term."""
    people = tuple(person_of(case, member) for member in case.staff)
    return Problem(
        id=f"{case.term.id}/{case.unit.id}",
        staff=people,
        shifts=case.shifts,
        clauses=tuple(clauses_of(case)),
        pins=case.pins,
        previous=case.previous,
        seed=case.seed,
    )
