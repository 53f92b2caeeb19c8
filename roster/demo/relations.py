"""Couples and close kin, who are not on duty on one date."""

from collections.abc import Mapping, Sequence
from random import Random

from roster.people import Gender, Relation, StaffMember, Standing

FAMILIES = (Standing.DEPUTY, Standing.MIDDLE, Standing.STAFF)
SEVERAL = 20  # people; smaller units have no couple
ACROSS = 14  # couples who work at two units


def relations_of(
    staff: Mapping[str, Sequence[StaffMember]], seed: int
) -> tuple[Relation, ...]:
    """A couple at every larger unit, some across units, a father and son."""
    luck = Random(f"{seed}:relations")
    pool = [_Couples(members, luck) for unit, members in sorted(staff.items())]
    found = [
        Relation(*couple.pair())
        for couple in pool
        for _ in range(couple.size // SEVERAL)
    ]
    large = [couple for couple in pool if couple.size >= SEVERAL]
    for _ in range(ACROSS):
        one, other = luck.sample(large, 2)
        found.append(Relation(one.husband(), other.wife()))

    father, son = large[1].husband(), large[1].husband()
    found.append(Relation(father, son, "直系亲属"))
    return tuple(sorted(found, key=lambda r: (r.first, r.second)))


class _Couples:
    """A unit's people, each of whom is married off once at most."""

    def __init__(self, staff: Sequence[StaffMember], luck: Random) -> None:
        some = [m for m in staff if m.standing in FAMILIES]
        luck.shuffle(some)
        self._men = [m.id for m in some if m.gender is Gender.MALE]
        self._women = [m.id for m in some if m.gender is Gender.FEMALE]
        self.size = 2 * min(len(self._men), len(self._women))

    def husband(self) -> str:
        return self._men.pop()

    def wife(self) -> str:
        return self._women.pop()

    def pair(self) -> tuple[str, str]:
        return self.husband(), self.wife()
