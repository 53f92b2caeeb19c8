"""Who else could hold a shift, the fittest first."""

from dataclasses import dataclass

from roster.problem import Assignment
from roster.services.editing.trying import Found, Trial


@dataclass(frozen=True)
class Candidate:
    """Somebody else on a shift, with what that would break or cost."""

    staff: str
    name: str
    found: Found


@dataclass(frozen=True)
class Ranked:
    """
    Everybody who fills the post, as a choice.

    ``others`` can not be chosen: away, or on duty at that time.
    """

    people: tuple[Candidate, ...]
    others: tuple[Candidate, ...]


def ranked(trial: Trial, shift: str, staff: str) -> Ranked:
    """
    Whoever could hold a shift instead of somebody, the fittest first.

    Those with whom no further article breaks come first, by the tiers in
    order; then those with the fewest breaches.

    Parameters
    ----------
    staff
        Who holds it now; empty for an open place.
    """
    problem = trial.asked.problem
    cell = trial.asked.cell(shift, staff)
    asked = problem.shift[cell.shift]
    gone = frozenset({Assignment(shift, staff)} if staff else ())
    every = [
        Candidate(
            person.id,
            trial.name(person.id),
            trial.of(gone, frozenset({Assignment(shift, person.id)})),
        )
        for person in problem.staff
        if person.has_post(asked.post, asked.date)
        and trial.asked.cell(shift, person.id) not in trial.asked.held
    ]
    every.sort(
        key=lambda one: (len(one.found.breaks), one.found.costs, one.name)
    )
    return Ranked(
        tuple(one for one in every if not one.found.impossible),
        tuple(one for one in every if one.found.impossible),
    )
