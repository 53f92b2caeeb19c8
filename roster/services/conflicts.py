"""A conflict's members with what their sentences need to say."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from roster.people import LimitKind
from roster.problem import ConflictMember, Problem
from roster.rules.case import Case
from roster.services.views import ConflictLine

# Fields that every clause has; what is left is the kind's own.
COMMON = {"id", "tier", "article", "weight", "allow", "select", "relax"}


def conflict_lines(
    case: Case, problem: Problem, conflict: tuple[ConflictMember, ...]
) -> Iterator[ConflictLine]:
    """Each member of a conflict, ready for a face to put into words."""
    for member in conflict:
        if member.clause:
            yield _clause(problem, member)
        elif member.shift:
            yield _shift(problem, member)
        elif member.away:
            facts = {
                "name": problem.person[member.staff].name,
                "first": str(member.away.first),
                "last": str(member.away.last),
            }
            article = member.article or _away_article(case, member)
            yield ConflictLine("away", article, facts)
        elif member.pin:
            facts = {
                "name": problem.person[member.pin.staff].name,
                **_shift_facts(problem, member.pin.shift),
            }
            yield ConflictLine("pin", member.article, facts)


def _away_article(case: Case, member: ConflictMember) -> str:
    """The article on exemptions where there is one, else that on leave."""
    begin = member.away.first if member.away else None
    excused = begin is not None and any(
        limit.staff == member.staff
        and limit.kind is LimitKind.NO_DUTY
        and begin in limit.period
        for limit in case.limits
    )
    param = "apart_relations" if excused else "leave_from_hour"
    return case.book.article_of[param].name


def _clause(problem: Problem, member: ConflictMember) -> ConflictLine:
    clause = problem.clause[member.clause]
    own = {
        name: value
        for name, value in asdict(clause).items()
        if name not in COMMON and isinstance(value, int | str)
    }
    pairs = getattr(clause, "pairs", ()) or (clause.select.staff,)
    named = [
        problem.person[staff].name
        for pair in pairs
        for staff in pair
        if staff in problem.person
    ]
    dates = sorted(
        {
            str(problem.shift[shift].date)
            for shift in clause.select.shifts
            if shift in problem.shift
        }
    )
    facts: dict[str, Any] = {"kind": clause.kind, "clause": clause.id, **own}
    facts["posts"] = list(clause.select.posts)
    facts["tags"] = [*clause.select.shift_tags, *clause.select.staff_tags]
    facts["names"] = named
    facts["dates"] = dates
    return ConflictLine("clause", clause.article, facts)


def _shift(problem: Problem, member: ConflictMember) -> ConflictLine:
    article = member.article or problem.shift[member.shift].article
    facts = _shift_facts(problem, member.shift)
    return ConflictLine("shift", article, facts)


def _shift_facts(problem: Problem, shift: str) -> dict[str, Any]:
    found = problem.shift[shift]
    return {
        "date": str(found.date),
        "post": found.post,
        "needs": found.needs,
    }
