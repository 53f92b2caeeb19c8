"""
Who would be enough: people whose coming makes a roster possible.

Where a conflict asks for shifts to be filled, one more person for them is
thought of, until there is a roster; then the least duty that is left to
them tells the dates on which they are needed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from roster.answers import Recruit
from roster.auditors.reading import selects_shift
from roster.problem import (
    ConflictMember,
    Dated,
    Person,
    Problem,
    Shift,
    Status,
)
from roster.rules.clauses import Bar, Mix, Reserve, Selection
from solver.conflict import conflicts, shortage
from solver.model import Limits, Model
from solver.split import split
from solver.tiers import Search

MOST = 8  # people; an office short of more has another problem
EFFORT = 2.0  # deterministic seconds for each question


def recruits(problem: Problem, limits: Limits) -> tuple[Recruit, ...]:
    """
    People with whom there is a roster; none where people do not help.

    Nobody of them could be done without.
    """
    limits = limits.within(EFFORT)
    added: list[Person] = []
    while not _possible(_with(problem, added), limits):
        if len(added) == MOST or limits.over:
            return ()

        person = _wanted(_with(problem, added), limits, len(added))
        if person is None:
            return ()

        added.append(person)

    for person in list(added):
        rest = [other for other in added if other != person]
        if _possible(_with(problem, rest), limits):
            added = rest

    return _needed(_with(problem, added), added, limits)


def _with(problem: Problem, added: Sequence[Person]) -> Problem:
    return replace(problem, staff=(*problem.staff, *added))


def _possible(problem: Problem, limits: Limits) -> bool:
    return not shortage(problem, limits) and all(
        Model(part).ask_straight(limits)[0] is Status.FEASIBLE
        for part in sorted(split(problem), key=lambda part: len(part.shifts))
    )


def _wanted(problem: Problem, limits: Limits, number: int) -> Person | None:
    """One more person for the post that a conflict wants filled most."""
    *_, members = conflicts(problem, limits)
    shifts = [problem.shift[m.shift] for m in members if m.shift]
    if not shifts:
        return None

    posts = Counter(shift.post for shift in shifts)
    post = posts.most_common(1)[0][0]
    filled = [shift for shift in shifts if shift.post == post]
    tags = _tags(problem, members, filled)
    if tags is None:
        return None

    return Person(
        f"\0recruit-{number}", (Dated(post),), tags=tuple(map(Dated, tags))
    )


def _tags(
    problem: Problem, members: Sequence[ConflictMember], shifts: list[Shift]
) -> list[str] | None:
    """What the conflict's clauses ask of such people; None: a name."""
    tags: dict[str, None] = {}
    for member in members:
        clause = problem.clause.get(member.clause)
        if not isinstance(clause, Reserve | Mix) or not any(
            selects_shift(clause.select, shift) for shift in shifts
        ):
            continue

        if clause.for_staff:
            return None

        tags |= dict.fromkeys(clause.for_tags)

    return list(tags)


def _needed(
    problem: Problem, added: Sequence[Person], limits: Limits
) -> tuple[Recruit, ...]:
    """The least duty that the others cannot do, person by person."""
    ids = tuple(person.id for person in added)
    spare = Bar(id="\0spare", tier=1, select=Selection(staff=ids))
    clauses = [clause for clause in problem.clauses if clause.mandatory]
    asked = replace(problem, clauses=(*clauses, spare))
    dates: dict[str, set[str]] = {name: set() for name in ids}
    for part in split(asked):
        if dates.keys() & part.person.keys():
            search = Search(part, limits)
            for cell in search.serve(search.first()[1]):
                if cell.staff in dates:
                    dates[cell.staff].add(cell.shift)

    return tuple(
        Recruit(
            tuple(post.name for post in person.posts),
            tuple(tag.name for tag in person.tags),
            tuple(sorted({problem.shift[s].date for s in dates[person.id]})),
        )
        for person in added
    )
