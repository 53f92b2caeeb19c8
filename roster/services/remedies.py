"""What would make a roster possible, with what its sentences need to say."""

from collections import Counter
from collections.abc import Iterator

from roster.answers import Explanation, Recruit
from roster.documents import read_outcome, read_problem
from roster.problem import Patch, Problem
from roster.records import SolutionRow
from roster.rules.clauses import Keep
from roster.rules.easing import articles_of
from roster.services.conflicts import clause_facts
from roster.services.views import ConflictLine


def remedy_lines(
    problem: Problem, found: Explanation
) -> Iterator[ConflictLine]:
    """Each way out, ready for a face to put into words."""
    for patches in found.relaxations:
        eased = [patch_facts(problem, patch) for patch in patches]
        article = articles_of(problem, patches)
        yield ConflictLine("patches", article, {"patches": eased})

    if found.recruits:
        facts = {"people": list(_people(found.recruits))}
        yield ConflictLine("recruits", "", facts)


def relaxable(solution: SolutionRow) -> int:
    """How many relaxations of a failed attempt can be tried as a draft."""
    if not any(line["code"] == "patches" for line in solution.remedies or ()):
        return 0

    problem = read_problem(solution.problem)
    alone = not any(":" in shift.id for shift in problem.shifts)
    mended = any(isinstance(clause, Keep) for clause in problem.clauses)
    if mended or not alone:
        return 0

    return len(read_outcome(solution.outcome).relaxations)


def patch_facts(problem: Problem, patch: Patch) -> dict[str, object]:
    """A clause's facts with the new values beside them."""
    facts = clause_facts(problem, problem.clause[patch.clause])
    return facts | {"to": dict(patch.fields)}


def _people(recruits: tuple[Recruit, ...]) -> Iterator[dict[str, object]]:
    """People alike together, by the dates they are needed on."""
    alike = Counter(recruits)
    for recruit, count in alike.items():
        yield {
            "posts": list(recruit.posts),
            "tags": list(recruit.tags),
            "dates": [str(when) for when in recruit.dates],
            "count": count,
        }
