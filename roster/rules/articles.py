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
    ALL_DAY,
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
    in_comp_leave,
    late_before_leave,
)

LEDGERS = ("spring", "holiday", "weekend", "total")
WISHES, SPACING = 5, 6


def clauses_of(case: Case) -> Iterator[Clause]:
    """Every clause of a unit's term."""
    yield from _once_a_day(case)
    yield from _gaps(case)
    yield from _protected(case)
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

    Usually there is one value, and nothing is narrowed. The ends of the
    term stay open, for the duties before and after it.
    """
    begin, end = case.term.first, case.term.last
    spans = case.params.spans(param, begin, end)
    for first, last, value in spans:
        one = len(spans) == 1
        by = _by(case, param, name if one else f"{name}-{first}")
        dates = {"first": first} if first > begin else {}
        yield by, dates | ({"last": last} if last < end else {}), value


def _distances(
    case: Case, param: str, name: str
) -> Iterator[tuple[dict[str, Any], dict[str, Any], int]]:
    """
    Like `_spans`, for what must lie between two duties.

    The least of the values holds over the whole term, so that two duties
    on either side of a change are compared as well.
    """
    spans = list(_spans(case, param, name))
    least = min(value for _, _, value in spans)
    yield _by(case, param, name), {}, least
    yield from (span for span in spans if span[2] > least)


def _once_a_day(case: Case) -> Iterator[Clause]:
    for by, dates, hours in _distances(case, "rest_hours", "rest"):
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
        for by, dates, days in _distances(case, param, name):
            days = max(min(days, 1), days - case.gap_cut)
            if days > 1:
                yield Gap(
                    **by,
                    tier=0,
                    days=days,
                    relax=tuple({"days": n} for n in range(days - 1, 0, -1)),
                    select=Selection(posts=posts, **dates),
                )


def _protected(case: Case) -> Iterator[Clause]:
    """The law's bar, which no unit sets aside."""
    yield Bar(
        **_by(case, "protected_nights", "protected"),
        tier=0,
        select=Selection(shift_tags=(NIGHT,), staff_tags=(NO_NIGHT,)),
    )

    # Who leads from home may do so; who leads on site all night may not.
    for _, dates, presence in _spans(case, "leader_presence", ""):
        if presence == ALL_DAY:
            name = f"protected-lead-{dates.get('first', case.term.first)}"
            yield Bar(
                **_by(case, "protected_nights", name),
                tier=0,
                select=Selection(
                    posts=LEADERS, staff_tags=(NO_NIGHT,), **dates
                ),
            )


def _nights(case: Case) -> Iterator[Clause]:

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
            begin = dates.get("first", case.term.first)
            weight = case.params.get("female_night_weight", begin)
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
    for by, dates, apart in _spans(case, "apart_relations", "apart"):
        if pairs and apart:
            yield Apart(**by, tier=0, pairs=pairs, select=Selection(**dates))

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

    for member, barred in in_comp_leave(case):
        yield Bar(
            **_by(case, "comp_from_hour", f"comp-leave-{member.id}"),
            tier=0,
            select=Selection(shifts=tuple(barred), staff=(member.id,)),
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

    yield from _hometowns(case)
    yield from _weekends(case)


def _hometowns(case: Case) -> Iterator[Clause]:
    if "hometown_weight" not in case.book.params:
        return

    for by, dates, weight in _spans(case, "hometown_weight", "hometown"):
        if weight:
            yield Bar(
                **by,
                tier=WISHES,
                weight=weight,
                select=Selection(
                    shift_tags=(LONG_HOLIDAY,),
                    staff_tags=(AWAY_FROM_HOME,),
                    **dates,
                ),
            )


def _weekends(case: Case) -> Iterator[Clause]:
    """The same leader on both days of a weekend, where that is wished."""
    blocks: dict[str, list[str]] = {}
    for shift in case.shifts:
        if shift.post in LEADERS and shift.block.endswith("周末"):
            blocks.setdefault(shift.block, []).append(shift.id)

    groups = tuple(tuple(ids) for ids in blocks.values() if len(ids) > 1)
    spans = _spans(case, "weekend_leader_weight", "weekend-leader")
    for by, dates, weight in spans:
        if weight and groups:
            yield Same(
                **by,
                tier=WISHES,
                weight=weight,
                groups=groups,
                select=Selection(**dates),
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
