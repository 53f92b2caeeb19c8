"""A conflict's members with what their sentences need to say."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from roster.people import LimitKind
from roster.problem import ConflictMember, Pin, Problem
from roster.rules.case import Case
from roster.rules.clauses import Clause
from roster.rules.staffing import NO_HOLIDAY, NO_NIGHT
from roster.services.views import ConflictLine

# Fields that every clause has; what is left is the kind's own.
COMMON = {"id", "tier", "article", "weight", "allow", "select", "relax"}

# What tells of leave, health, relations or wishes: lines by their code,
# clauses by their kind, and the tags of approved exemptions.
PERSONAL_CODES = frozenset(
    (
        "away",
        "aways",
        "available",
        "leave",
        "comp-leave",
        "excused",
        "no-night",
        "no-holiday",
        "relation",
    )
)
PERSONAL_KINDS = frozenset(("apart", "wish"))
PERSONAL_TAGS = frozenset((NO_NIGHT, NO_HOLIDAY))


def conflict_lines(
    case: Case | None, problem: Problem, conflict: Iterable[ConflictMember]
) -> Iterator[ConflictLine]:
    """
    Each member of a conflict, ready for a face to put into words.

    The case tells on which article somebody's absence rests.
    """
    for member in conflict:
        article = member.article
        if member.clause:
            clause = problem.clause[member.clause]
            facts = clause_facts(problem, clause)
            yield ConflictLine("clause", clause.article, facts)
        elif member.shift:
            article = article or problem.shift[member.shift].article
            facts = _shift_facts(problem, member.shift)
            yield ConflictLine("shift", article, facts)
        elif member.away:
            article = article or (_away_article(case, member) if case else "")
            yield ConflictLine("away", article, _away(problem, member))
        elif member.pin:
            yield ConflictLine("pin", article, _pin(problem, member.pin))


def _away_article(case: Case, member: ConflictMember) -> str:
    """The article on exemptions or comp-leave, else that on leave."""
    begin = member.away.first if member.away else None
    excused = begin is not None and any(
        limit.staff == member.staff
        and limit.kind is LimitKind.NO_DUTY
        and begin in limit.period
        for limit in case.limits
    )
    if not excused and any(
        day.date == begin for day in case.resting.get(member.staff, ())
    ):
        return case.book.article_of["comp_from_hour"].name

    param = "apart_relations" if excused else "leave_from_hour"
    return case.book.article_of[param].name


def is_personal(line: ConflictLine) -> bool:
    """Whether a line by itself tells what only the editor may know."""
    facts = line.facts
    before_leave = facts.get("kind") == "bar" and bool(facts.get("dates"))
    return (
        line.code in PERSONAL_CODES
        or before_leave
        or facts.get("kind") in PERSONAL_KINDS
    )


def tells_of_one(line: ConflictLine) -> bool:
    """
    Whether a line tells it where it is clear of whom it speaks.

    That nobody exempted has nights is an article. Beside a name it tells
    who is exempted.
    """
    tags = PERSONAL_TAGS.intersection(line.facts.get("tags", ()))
    return bool(tags) or is_personal(line)


def clause_facts(problem: Problem, clause: Clause) -> dict[str, Any]:
    """What a sentence about a clause may need to say."""
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
    return {
        "kind": clause.kind,
        "clause": clause.id,
        **own,
        "posts": list(clause.select.posts),
        "tags": [*clause.select.shift_tags, *clause.select.staff_tags],
        "names": named,
        "dates": dates,
    }


def _away(problem: Problem, member: ConflictMember) -> dict[str, Any]:
    period = member.away
    return {
        "name": problem.person[member.staff].name or member.staff,
        "first": str(period.first) if period else "",
        "last": str(period.last) if period else "",
    }


def _pin(problem: Problem, pin: Pin) -> dict[str, Any]:
    name = problem.person[pin.staff].name or pin.staff
    return {"name": name, **_shift_facts(problem, pin.shift)}


def _shift_facts(problem: Problem, shift: str) -> dict[str, Any]:
    found = problem.shift[shift]
    return {
        "date": str(found.date),
        "post": found.post,
        "needs": found.needs,
    }


# Lines of these kinds are folded into one where their facts agree in all
# but what is told together.
TOGETHER: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "shift": ("shifts", ("post", "needs")),
    "away": ("aways", ()),
    "pin": ("pins", ()),
}


def folded(lines: Iterable[ConflictLine]) -> tuple[ConflictLine, ...]:
    """Long sets in one line a cause, where the first of it stood."""
    groups: dict[tuple[Any, ...], list[ConflictLine]] = {}
    for line in lines:
        alike = TOGETHER.get(line.code, ("", ()))[1]
        key = (
            (line.code, line.article, *(line.facts[name] for name in alike))
            if line.code in TOGETHER
            else (id(line),)
        )
        groups.setdefault(key, []).append(line)

    return tuple(_one(group) for group in groups.values())


def _one(group: list[ConflictLine]) -> ConflictLine:
    first = group[0]
    if len(group) == 1:
        return first

    code, alike = TOGETHER[first.code]
    every = [line.facts for line in group]
    facts: dict[str, Any] = {name: first.facts[name] for name in alike}
    facts["count"] = len(group)
    if first.code != "shift":
        facts["names"] = list(dict.fromkeys(f["name"] for f in every))

    if first.code == "away":
        facts["first"] = min(f["first"] for f in every)
        facts["last"] = max(f["last"] for f in every)
    else:
        facts["dates"] = sorted({f["date"] for f in every})

    return ConflictLine(code, first.article, facts)
