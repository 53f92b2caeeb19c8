"""Whom a name in a roster means, or who may have been meant."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from roster.errors import Mistake
from roster.papers.directory import key_of
from roster.papers.roster_in.names import Known
from roster.papers.roster_in.statements import Named, Place
from roster.people import StaffMember

CLOSE = 0.5  # 张三 and 张山 share one of two letters
SUGGESTED = 3
MOST = 100  # strangers for whom somebody is suggested


class People:
    """
    The people a unit's roster may name.

    Parameters
    ----------
    own
        Everybody of the unit; of two of a name they are meant.
    pooled
        People of other units who may stand in its roster.
    county
        Everybody, to tell where a stranger belongs.
    units
        Names of units, by id.
    """

    def __init__(
        self,
        own: Sequence[StaffMember],
        pooled: Sequence[StaffMember],
        county: Iterable[StaffMember],
        units: Mapping[str, str],
    ) -> None:
        self.units = units
        self._named: dict[str, list[StaffMember]] = {}
        for member in own:
            self._named.setdefault(key_of(member.name), []).append(member)

        mine = set(self._named)
        for member in pooled:
            if key_of(member.name) not in mine:
                key = key_of(member.name)
                self._named.setdefault(key, []).append(member)

        self._ids = {member.id: member for member in (*pooled, *own)}
        self._likely: dict[str, str] = {}
        self._strange: dict[str, list[StaffMember]] = {}
        for member in county:
            if member.id not in self._ids:
                key = key_of(member.name)
                self._strange.setdefault(key, []).append(member)

    @property
    def known(self) -> Known:
        """For splitting cells into names."""
        ids = {id_: member.name for id_, member in self._ids.items()}
        return Known(self._named, ids)

    def find(self, named: Named, place: Place) -> StaffMember | Mistake:
        """The one person meant, or why that is not clear."""
        if named.hint in self._ids:
            return self._ids[named.hint]

        found = self._named.get(key_of(named.name), [])
        if len(found) > 1:
            told = [m for m in found if _fits(m, named.hint)]
            if len(told) != 1:
                facts = {
                    "value": named.name,
                    "allowed": [
                        f"{m.name}（{m.id}）{_told(m)}" for m in found
                    ],
                }
                return Mistake("namesakes", place.where, facts)

            found = told

        return found[0] if found else self._stranger(named, place)

    def _stranger(self, named: Named, place: Place) -> Mistake:
        others = self._strange.get(key_of(named.name), [])
        if others:
            units = [self.units.get(m.unit, m.unit) for m in others]
            facts = {"value": named.name, "unit": "、".join(units)}
            return Mistake("of-another-unit", place.where, facts)

        facts = {"value": named.name}
        if likely := self._suggested(key_of(named.name)):
            facts["likely"] = likely
            return Mistake("nobody-but-perhaps", place.where, facts)

        return Mistake("nobody-here", place.where, facts)

    def _suggested(self, key: str) -> str:
        """Who may have been meant; looking for them takes its time."""
        if key not in self._likely and len(self._likely) < MOST:
            close = get_close_matches(key, self._named, SUGGESTED, CLOSE)
            names = (self._named[one][0].name for one in close)
            self._likely[key] = "、".join(names)

        return self._likely.get(key, "")


def _fits(member: StaffMember, hint: str) -> bool:
    return bool(hint) and hint in (
        member.position,
        member.standing.value,
        member.gender.value,
    )


def _told(member: StaffMember) -> str:
    return member.position or member.standing.value
