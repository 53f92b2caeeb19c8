"""Who may be drawn for checks, and where they may not go."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random

from roster.people import (
    Inspector,
    Period,
    Relation,
    StaffMember,
    Standing,
    Unit,
)

COUNT = 14
INSPECTING = (Standing.MIDDLE, Standing.STAFF)
FROM = Period(date(2025, 9, 1))


def inspectors_of(
    bureau: Sequence[StaffMember],
    schools: Sequence[Unit],
    relations: Sequence[Relation],
    unit_of: Mapping[str, str],
    seed: int,
) -> tuple[Inspector, ...]:
    """Some of the bureau, kept from their families' and former schools."""
    luck = Random(f"{seed}:inspectors")
    fit = [
        m for m in bureau if m.standing in (Standing.MIDDLE, Standing.STAFF)
    ]
    chosen = sorted(luck.sample(fit, COUNT), key=lambda member: member.id)

    def recused(member: StaffMember) -> Iterator[str]:
        for relation in relations:
            pair = (relation.first, relation.second)
            if member.id in pair:
                yield from (unit_of[one] for one in pair if one != member.id)

        for school in luck.sample(list(schools), luck.randrange(3)):
            yield school.id

    return tuple(
        Inspector(
            member.id,
            FROM,
            tuple(sorted({u for u in recused(member) if u != member.unit})),
        )
        for member in chosen
    )
