"""Answers about a roster as sentences; personal reasons only by right."""

from roster.answers import Alternative, Costs, StandIn
from roster.problem import Problem
from roster.rules.clauses import Balance, Keep, Spacing, Wish
from roster.services.answering import Asked, against
from roster.services.conflicts import folded, tells_of_one
from roster.services.views import ConflictLine
from web.language import CHINESE
from web.words.conflicts import (
    MEMBERS,
    conflict_sentence,
    post_word,
)
from web.words.dates import full_date
from web.words.office import LEDGERS

Pair = tuple[str, str]

EVEN = "{ledger}均衡", "{ledger} even"
WISHES: Pair = ("意愿与照顾", "wishes")
SPACING: Pair = ("间隔均匀", "spacing")
KEEPING: Pair = ("改动最少", "fewest changes")
OTHER = "第 {tier} 层", "tier {tier}"

CHANCE: Pair = (
    "同样公平，谁值由随机种子决定",
    "just as fair: chance alone decided",
)
UNKNOWN: Pair = ("限时内没有结论", "not settled in time")
WORSE: Pair = ("{tier}变差 {by}", "{tier} worse by {by}")
AT_MOST: Pair = ("{tier}至多变差 {by}", "{tier} worse by {by} at most")
BETTER: Pair = ("{tier}变好 {by}", "{tier} better by {by}")
SAME: Pair = ("各层都不变差", "no tier gets worse")
AGAINST: dict[str, Pair] = {
    "eligible": ("不担任这个岗位", "does not fill that post"),
    "overlap": ("同一时间已有班", "is on duty at that time"),
}
COVER: Pair = ("代班", "covers")
SWAP: Pair = ("换班，本人改值 {date}{post}", "swaps for {post} of {date}")


def tier_word(problem: Problem, tier: int, which: int) -> str:
    """What a tier is about, read off its clauses."""
    clauses = [c for c in problem.clauses if c.tier == tier]
    for clause in clauses:
        if isinstance(clause, Balance):
            ledger = LEDGERS.get(clause.ledger, (clause.ledger,) * 2)
            return EVEN[which].format(ledger=ledger[which])

        if isinstance(clause, Spacing):
            return SPACING[which]

        if isinstance(clause, Keep):
            return KEEPING[which]

    return (WISHES if clauses else OTHER)[which].format(tier=tier)


def is_personal_tier(problem: Problem, tier: int) -> bool:
    """Whether its cost would tell of somebody's wishes."""
    return any(
        isinstance(clause, Wish) and clause.tier == tier
        for clause in problem.clauses
    )


def alternative_sentence(
    problem: Problem,
    found: Alternative,
    language: str = CHINESE,
    *,
    personal: bool = False,
) -> str:
    """What would become of the roster with somebody else on the shift."""
    which = 0 if language == CHINESE else 1
    if found.possible is None:
        return UNKNOWN[which]

    if not found.possible:
        said = [
            _against(line, language, personal=personal)
            for line in folded(against(problem, found))
        ]
        return ("；", "; ")[which].join(dict.fromkeys(said))

    if found.worse is None:
        return CHANCE[which]

    if not personal and is_personal_tier(problem, found.worse.tier):
        return MEMBERS["private-clause"][which]

    words = WORSE if found.worse.proven else AT_MOST
    return words[which].format(
        tier=tier_word(problem, found.worse.tier, which), by=found.worse.by
    )


def _against(line: ConflictLine, language: str, *, personal: bool) -> str:
    which = 0 if language == CHINESE else 1
    if line.code in AGAINST:
        return AGAINST[line.code][which]

    # It stands beside a name.
    if not personal and tells_of_one(line):
        return MEMBERS["private-clause"][which]

    said = conflict_sentence(line, language, personal=personal)
    return f"{said} {line.article}".rstrip()


def stand_in_sentence(
    asked: Asked, found: StandIn, language: str = CHINESE
) -> str:
    """Whether they cover, or what they give in return."""
    which = 0 if language == CHINESE else 1
    if not found.back:
        return COVER[which]

    shift = asked.problem.shift[found.back]
    unit, _, post = shift.post.rpartition("/")
    words = post_word(post, which)
    if unit and f"{unit}:" != asked.prefix:
        words = f"{asked.units.get(unit, unit)} {words}"

    return SWAP[which].format(date=full_date(shift.date, language), post=words)


def costs_sentences(
    problem: Problem,
    costs: Costs,
    language: str = CHINESE,
    *,
    personal: bool = False,
) -> list[str]:
    """Every tier that changes; of wishes by right only."""
    which = 0 if language == CHINESE else 1
    said = [
        (WORSE if by > 0 else BETTER)[which].format(
            tier=tier_word(problem, tier, which), by=abs(by)
        )
        if personal or not is_personal_tier(problem, tier)
        else MEMBERS["private-clause"][which]
        for tier, by in costs
        if by
    ]
    return said or [SAME[which]]


def cost_sentence(
    problem: Problem,
    costs: Costs,
    language: str = CHINESE,
    *,
    personal: bool = False,
) -> str:
    """The first tier that changes, and by how much."""
    which = 0 if language == CHINESE else 1
    changed = [(tier, by) for tier, by in costs if by]
    if not changed:
        return SAME[which]

    tier, by = changed[0]
    if not personal and is_personal_tier(problem, tier):
        return MEMBERS["private-clause"][which]

    words = WORSE if by > 0 else BETTER
    return words[which].format(
        tier=tier_word(problem, tier, which), by=abs(by)
    )
