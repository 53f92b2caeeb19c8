"""What a benchmark unit's people ask for, and how it is served."""

from collections.abc import Iterator

from roster.rules.clauses import (
    Apart,
    Balance,
    Selection,
    Spacing,
    Wish,
    Wished,
)
from tests.benchmarks.office import Office

LEADERS = Selection(posts=("lead",))
OTHERS = Selection(posts=("duty", "night"))
CAP = 22  # days beyond which wider spacing is worth nothing


def couples(office: Office) -> Apart:
    """Two or four people in a hundred, in pairs, not on one day."""
    pairs = round(office.size * (0.02 if office.tight else 0.01))
    names = office.luck.sample(range(office.size), 2 * pairs)
    return Apart(
        id="couples",
        tier=0,
        pairs=tuple(
            (f"p{one:03}", f"p{other:03}")
            for one, other in zip(names[::2], names[1::2], strict=True)
        ),
    )


def balances() -> Iterator[Balance]:
    """Holiday, weekend and total duties, evenly and in this order."""
    for tier, ledger in enumerate(("holiday", "weekend", "total"), 1):
        yield Balance(id=ledger, tier=tier, ledger=ledger)


def wishes(office: Office, most: int) -> Wish:
    """Days that some people would rather be free, ``most`` a person."""
    luck = office.luck
    some = office.size * (50 if office.tight else 30) // 100
    return Wish(
        id="wishes",
        tier=4,
        wishes=tuple(
            Wished(
                f"p{number:03}", want=False, on=day, weight=luck.randint(1, 3)
            )
            for number in sorted(luck.sample(range(office.size), some))
            for day in luck.sample(office.days, luck.randint(1, most))
        ),
    )


def spacings() -> Iterator[Spacing]:
    """Last, everybody's duties as far apart as can be, by post group."""
    yield Spacing(id="spacing-lead", tier=5, cap=CAP, select=LEADERS)
    yield Spacing(id="spacing-duty", tier=5, cap=CAP, select=OTHERS)
