"""Through which channel somebody is reached, and when not."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.messages.kinds import KINDS
from roster.posts import SHANGHAI
from roster.records import (
    ChannelRow,
    MessageRow,
    QuietRow,
    StaffRow,
    UnitRow,
)

NIGHT = time(22), time(7)  # where nobody said otherwise


@dataclass(frozen=True, slots=True)
class Way:
    """A channel as a message needs it."""

    id: int
    kind: str
    address: str = field(repr=False)
    secret: str = field(repr=False)
    personal: bool


class Ways:
    """
    Every channel and every unit's quiet hours, read once.

    Before messages to people are asked about, `ask_homes`.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._homes: dict[str, str] = {}
        self._own: dict[str, list[Way]] = defaultdict(list)
        self._units: dict[str, list[Way]] = defaultdict(list)
        for row in session.scalars(select(ChannelRow).order_by(ChannelRow.id)):
            known = self._own if row.staff else self._units
            known[row.staff or row.unit or ""].append(way_of(row))

        self._quiet = {
            row.unit: (row.begin, row.end)
            for row in session.scalars(select(QuietRow))
        }
        self._parents: dict[str, str | None] = {
            id_: parent
            for id_, parent in session.execute(
                select(UnitRow.id, UnitRow.parent)
            )
        }

    def of(self, row: MessageRow) -> list[Way]:
        """
        The channels a message may take, in order of preference.

        A person's own; else the group of their unit, by name; else that
        of the unit it is about.
        """
        if row.staff:
            found = self._own[row.staff] or self._units[self._homes[row.staff]]
            if found:
                return found

        return self._units[row.unit or ""]

    def quiet_until(self, row: MessageRow, now: datetime) -> datetime | None:
        """When the quiet hours end; None where a message may go now."""
        if KINDS[row.kind].urgent:
            return None

        home = self._homes[row.staff] if row.staff else row.unit or ""
        begin, end = self.hours(home)
        return ends_at(begin, end, now)

    def hours(self, unit_id: str) -> tuple[time, time]:
        """The quiet hours of the nearest unit upwards that has some."""
        place: str | None = unit_id
        while place:
            if place in self._quiet:
                return self._quiet[place]

            place = self._parents.get(place)

        return NIGHT

    def ask_homes(self, rows: Sequence[MessageRow]) -> None:
        """Asks at once for the units of those whom messages are for."""
        people = {row.staff for row in rows if row.staff} - self._homes.keys()
        found = self._session.execute(
            select(StaffRow.id, StaffRow.unit).where(StaffRow.id.in_(people))
        )
        self._homes |= {id_: unit for id_, unit in found}


def way_of(row: ChannelRow) -> Way:
    """A channel's row as a value."""
    return Way(row.id, row.kind, row.address, row.secret, bool(row.staff))


def ends_at(begin: time, end: time, now: datetime) -> datetime | None:
    """The end of the quiet hours a moment lies in, if it does."""
    here = now.astimezone(SHANGHAI)
    clock = here.time()
    over_midnight = begin > end
    if over_midnight:
        quiet = clock >= begin or clock < end
    else:
        quiet = begin <= clock < end

    if not quiet:
        return None

    later = timedelta(days=1 if over_midnight and clock >= begin else 0)
    return datetime.combine(here.date() + later, end, SHANGHAI)
