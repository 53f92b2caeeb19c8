"""The gaps of a benchmark unit: what counting allows, less until kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from roster.problem import Problem, Status
from roster.rules.clauses import Gap
from solver.model import Limits, Model
from tests.benchmarks.goals import LEADERS, OTHERS
from tests.benchmarks.office import SMALL, Office


def with_gaps(office: Office, problem: Problem) -> Problem:
    """The widest gaps that counting people allows, less until they hold."""
    use = 0.95 if office.tight else 0.6
    most = 13 if office.tight else 6
    if office.size <= SMALL:
        most = 2

    others = [post for post in office.needs if post != "lead"]
    lead = _widest(office, ["lead"], min(most, 6), use)
    duty = _widest(office, others, most, use)

    for less in range(max(lead, duty)):
        gaps = (
            Gap(id="gap-all", tier=0, days=1),
            _gap("gap-lead", max(1, lead - less), LEADERS),
            _gap("gap-duty", max(1, duty - less), OTHERS),
        )
        tried = replace(problem, clauses=(*gaps, *problem.clauses))
        status, _ = Model(tried).ask(Limits())
        if status is Status.FEASIBLE:
            return tried

    raise ValueError(f"{problem.id} has no roster even without gaps.")


def _gap(name: str, days: int, select) -> Gap:
    return Gap(id=name, tier=0, days=days, select=select)


def _widest(
    office: Office, posts: Sequence[str], most: int, use: float
) -> int:
    for gap in range(most, 1, -1):
        windows = (
            [d for d in office.days if first <= d < first + timedelta(gap)]
            for first in office.days
        )
        if all(_enough(office, posts, days, use) for days in windows):
            return gap

    return 1


def _enough(
    office: Office, posts: Sequence[str], days: Sequence[date], use: float
) -> bool:
    """Whether a window's duties use up no more than so many people."""
    people = {number for post in posts for number in office.posts[post]}
    due = sum(office.needs[post] for post in posts) * len(days)
    there = sum(
        any(not office.is_away(number, day) for day in days)
        for number in people
    )
    return due <= use * there
