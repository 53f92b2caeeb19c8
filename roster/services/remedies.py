"""What would make a roster possible, with what its sentences need to say."""

from collections import Counter
from collections.abc import Iterator

from roster.answers import Explanation, Recruit
from roster.problem import Patch, Problem
from roster.services.conflicts import clause_facts
from roster.services.views import ConflictLine


def remedy_lines(
    problem: Problem, found: Explanation
) -> Iterator[ConflictLine]:
    """Each way out, ready for a face to put into words."""
    for patches in found.relaxations:
        eased = [_patch(problem, patch) for patch in patches]
        articles = dict.fromkeys(
            problem.clause[patch.clause].article for patch in patches
        )
        article = "、".join(filter(None, articles))
        yield ConflictLine("patches", article, {"patches": eased})

    if found.recruits:
        facts = {"people": list(_people(found.recruits))}
        yield ConflictLine("recruits", "", facts)


def _patch(problem: Problem, patch: Patch) -> dict[str, object]:
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
