"""What an on-call roster is worth, by a reading that shares no code."""

from collections.abc import Iterator, Sequence
from math import ceil

from tests.benchmarks.oncall import WEEK, Instance


def value(instance: Instance, held: Sequence[int]) -> int:
    """
    What a roster is worth, by a plain reading of the original model.

    Parameters
    ----------
    held
        The person of each position, by number from 0.

    Raises
    ------
    ValueError
        When the roster breaks a rule, which is named.
    """
    if rule := next(_broken(instance, held), ""):
        raise ValueError(f"{instance.name}: {rule}")

    who = dict(enumerate(held, 1))
    worth = instance.adjacent * sum(
        who[p] == who[p + 1] for p in range(1, instance.positions - 1)
    )
    worth += instance.midweek * sum(
        who[w] == who[w - 2] for w in instance.weekends if w > 2
    )
    weekends = [who[w] for w in instance.weekends]
    weekdays = [who[p] for p in who if p not in instance.weekends]
    return worth + sum(
        _spread(instance, duties) for duties in (weekdays, weekends)
    )


def _broken(instance: Instance, held: Sequence[int]) -> Iterator[str]:
    if len(held) != instance.positions:
        yield "every position is held by one person"
        return

    who = dict(enumerate(held, 1))
    for position, number in who.items():
        if position in instance.unavailable[number]:
            yield f"{number} is unavailable at {position}"

        three = (position, position + 1, position + 2)
        people = {who.get(p) for p in three}
        if len(people) == 1 and not instance.is_settled(*three):
            yield f"{number} is on call three times from {position}"

    for number, fixed in enumerate(instance.fixed):
        if any(who[position] != number for position in fixed):
            yield f"{number} does not hold what is fixed"

    for weekend in instance.weekends:
        around = [p for p in (weekend - 1, weekend + 1) if p in who]
        beside = any(who[p] == who[weekend] for p in around)
        if beside and not instance.is_settled(weekend, *around):
            yield f"on call beside the weekend at {weekend}"

        following = weekend + WEEK
        both = who.get(following) == who[weekend]
        if both and not instance.is_settled(weekend, following):
            yield f"on call on both weekends {weekend}, {following}"


def _spread(instance: Instance, duties: Sequence[int]) -> int:
    loads = instance.work_load
    count = [duties.count(number) for number in range(len(loads))]
    return max(
        ceil(abs(mine * count[j] - their * count[i]) / 100)
        for i, mine in enumerate(loads)
        for j, their in enumerate(loads)
    )
