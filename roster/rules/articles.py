"""
What the articles ask of a roster, as clauses.

Mandatory articles come as tier 0, goals as the tiers 1 to 6: duties over
春节, over holidays, over weekends, all duties; wishes; spacing. Every id
carries the book and the article, ``schools-13-gap-lead``.
"""

from collections.abc import Iterator
from typing import Any

from roster.people import LimitKind
from roster.posts import (
    DORM,
    DUTY,
    GUARD,
    HOLIDAY,
    LEADERS,
    LONG_HOLIDAY,
    MIDDLE,
    NIGHT,
    OTHERS,
    PRINCIPAL_DAY,
)
from roster.rules.case import Case
from roster.rules.clauses import (
    Apart,
    Balance,
    Bar,
    Clause,
    Gap,
    Reserve,
    Rest,
    Same,
    Selection,
    Spacing,
    Wish,
    Wished,
)
from roster.rules.staffing import (
    AWAY_FROM_HOME,
    NO_HOLIDAY,
    NO_NIGHT,
    PRINCIPAL,
    WOMAN,
    late_before_leave,
)

LEDGERS = ("spring", "holiday", "weekend", "total")
WISHES, SPACING = 5, 6


def clauses_of(case: Case) -> Iterator[Clause]:
    """Every clause of a unit's term."""
    yield from _once_a_day(case)
    yield from _gaps(case)
    yield from _nights(case)
    yield from _principals(case)
    yield from _personal(case)
    yield from _balances(case)
    yield from _preferences(case)
    yield from _spacing(case)


def _by(case: Case, param: str, name: str) -> dict[str, Any]:
    """Id and article of a clause that rests on a parameter."""
    article = case.book.article_of[param]
    return {
        "id": f"{case.book.id}-{article.number}-{name}",
        "article": article.name,
    }


def _spans(
    case: Case, param: str, name: str
) -> Iterator[tuple[dict[str, Any], dict[str, Any], Any]]:
    """
    A parameter's values over the term, with ids and date selectors.

    Usually there is one value, and nothing is narrowed.
    """
    spans = case.params.spans(param, case.term.first, case.term.last)
    for first, last, value in spans:
        one = len(spans) == 1
        by = _by(case, param, name if one else f"{name}-{first}")
        yield by, {} if one else {"first": first, "last": last}, value


def _once_a_day(case: Case) -> Iterator[Clause]:
    for by, dates, hours in _spans(case, "rest_hours", "rest"):
        posts = (*OTHERS, DORM)
        select = Selection(posts=posts, **dates)
        yield Rest(**by, tier=0, hours=hours, select=select)

    by = _by(case, "rest_hours", "once-a-day")
    yield Gap(**by, tier=0, days=1)


def _gaps(case: Case) -> Iterator[Clause]:
    for param, name, posts in (
        ("leader_gap_days", "gap-lead", LEADERS),
        ("min_gap_days", "gap-duty", OTHERS),
    ):
        for by, dates, days in _spans(case, param, name):
            days = max(min(days, 1), days - case.gap_cut)
            if days > 1:
                yield Gap(
                    **by,
                    tier=0,
                    days=days,
                    relax=tuple({"days": n} for n in range(days - 1, 0, -1)),
                    select=Selection(posts=posts, **dates),
                )


def _nights(case: Case) -> Iterator[Clause]:
    for by, dates, protected in _spans(case, "protected_nights", "protected"):
        if protected:
            yield Bar(
                **by,
                tier=0,
                select=Selection(
                    shift_tags=(NIGHT,), staff_tags=(NO_NIGHT,), **dates
                ),
            )

    # Keepers of a women's dormitory are women; the article excepts them.
    select: dict[str, Any] = {
        "posts": (DUTY, MIDDLE, GUARD),
        "shift_tags": (NIGHT,),
        "staff_tags": (WOMAN,),
    }
    for by, dates, word in _spans(case, "female_night", "female-night"):
        narrowed = Selection(**select, **dates)
        if word == "不排":
            yield Bar(**by, tier=0, select=narrowed)

        if word == "尽量不排":
            weight = case.params.get("female_night_weight", case.term.first)
            yield Bar(**by, tier=WISHES, weight=weight, select=narrowed)


def _principals(case: Case) -> Iterator[Clause]:
    for by, dates, reserved in _spans(case, "principal_days", "principal"):
        if reserved:
            yield Reserve(
                **by,
                tier=0,
                for_tags=(PRINCIPAL,),
                select=Selection(
                    posts=LEADERS, shift_tags=(PRINCIPAL_DAY,), **dates
                ),
            )


def _personal(case: Case) -> Iterator[Clause]:
    members = {member.id for member in case.staff}
    pairs = tuple(
        sorted(
            (relation.first, relation.second)
            for relation in case.relations
            if {relation.first, relation.second} <= members
        )
    )
    if pairs and case.params.get("apart_relations", case.term.first):
        by = _by(case, "apart_relations", "apart")
        yield Apart(**by, tier=0, pairs=pairs)

    if any(limit.kind is LimitKind.NO_HOLIDAY for limit in case.limits):
        yield Bar(
            **_by(case, "apart_relations", "no-holiday"),
            tier=0,
            select=Selection(shift_tags=(HOLIDAY,), staff_tags=(NO_HOLIDAY,)),
        )

    for member, late in late_before_leave(case):
        yield Bar(
            **_by(case, "leave_from_hour", f"eve-of-leave-{member.id}"),
            tier=0,
            select=Selection(shifts=tuple(late), staff=(member.id,)),
        )


def _balances(case: Case) -> Iterator[Clause]:
    for tier, ledger in enumerate(LEDGERS, 1):
        yield Balance(
            **_by(case, "window_months", ledger), tier=tier, ledger=ledger
        )


def _preferences(case: Case) -> Iterator[Clause]:
    members = {member.id for member in case.staff}
    dates = {shift.date for shift in case.shifts}
    wishes = tuple(
        Wished(wish.staff, wish.want, wish.date, weight=wish.weight)
        for wish in case.wishes
        if wish.staff in members and wish.date in dates
    )
    if wishes:
        by = _by(case, "window_months", "wishes")
        yield Wish(**by, tier=WISHES, wishes=wishes)

    weight = case.params.get("hometown_weight", case.term.first, 0)
    if weight:
        yield Bar(
            **_by(case, "hometown_weight", "hometown"),
            tier=WISHES,
            weight=weight,
            select=Selection(
                shift_tags=(LONG_HOLIDAY,), staff_tags=(AWAY_FROM_HOME,)
            ),
        )

    yield from _weekends(case)


def _weekends(case: Case) -> Iterator[Clause]:
    """The same leader on both days of a weekend, where that is wished."""
    weight = case.params.get("weekend_leader_weight", case.term.first, 0)
    blocks: dict[str, list[str]] = {}
    for shift in case.shifts:
        if shift.post in LEADERS and shift.block.endswith("周末"):
            blocks.setdefault(shift.block, []).append(shift.id)

    groups = tuple(tuple(ids) for ids in blocks.values() if len(ids) > 1)
    if weight and groups:
        yield Same(
            **_by(case, "weekend_leader_weight", "weekend-leader"),
            tier=WISHES,
            weight=weight,
            groups=groups,
        )


def _spacing(case: Case) -> Iterator[Clause]:
    cap = case.params.get("spacing_cap", case.term.first)
    for name, posts in (("lead", LEADERS), ("duty", OTHERS)):
        yield Spacing(
            **_by(case, "spacing_cap", f"spacing-{name}"),
            tier=SPACING,
            cap=cap,
            select=Selection(posts=posts),
        )
