"""The frame: all that a draw is made from, committed to before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from roster.checks.results import Way
from roster.draw.hashing import digest
from roster.errors import Mistake, Unusable

ALGORITHM = "duty-roster-draw/1"
STAMP = "%Y-%m-%dT%H:%M:%S"  # the office's clock; stamps sort as text
WAYS = (Way.ON_SITE, Way.VIDEO, Way.PHONE)

# From which minute of a day until which somebody is on duty.
Watch = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class PublicValue:
    """
    What nobody chooses, as it was named beforehand.

    ``at`` is when it comes out, ``due`` until when it may be entered, both
    on the evening before the day that is drawn.
    """

    source: str
    at: time
    due: time

    def at_of(self, day: date) -> datetime:
        """When the value for a day comes out."""
        return datetime.combine(day - timedelta(days=1), self.at)

    def due_of(self, day: date) -> datetime:
        """Until when the value for a day may be entered."""
        return datetime.combine(day - timedelta(days=1), self.due)


@dataclass(frozen=True, slots=True)
class Terms:
    """
    What the bureau decides for a series.

    Parameters
    ----------
    places
        Checks a day.
    ways
        Percent of checks made on site, by video, by telephone.
    night
        Percent of remote checks made between 22:00 and 06:00.
    on_site, remote
        How many inspectors a check needs.
    """

    series: str
    basis: str
    term: str
    value: PublicValue
    places: int
    ways: Mapping[Way, int]
    night: int
    on_site: int
    remote: int


@dataclass(frozen=True)
class Frame:
    """
    The terms with the units, days and people they are applied to.

    People stand under labels, which only they and the bureau can read.

    Parameters
    ----------
    units
        Names by id.
    days
        The days to be drawn, ascending.
    owed
        The units whose visit is still to come; dealt over the days.
    pool
        The inspectors on site, with the days they declared.
    duty
        By day, who is on duty in the bureau from when until when.
    recused
        Where somebody may not go, by label.
    """

    terms: Terms
    version: int
    committed_at: datetime  # on the office's clock, without zone
    units: Mapping[str, str]
    days: tuple[date, ...]
    owed: tuple[str, ...]
    pool: Mapping[str, tuple[date, ...]]
    duty: Mapping[date, tuple[Watch, ...]]
    recused: Mapping[str, tuple[str, ...]]

    @cached_property
    def document(self) -> dict[str, Any]:
        """As it is published."""
        terms, value = self.terms, self.terms.value
        return {
            "algorithm": ALGORITHM,
            "series": terms.series,
            "basis": terms.basis,
            "term": terms.term,
            "version": self.version,
            "committed_at": self.committed_at.strftime(STAMP),
            "value": {
                "source": value.source,
                "at": f"{value.at:%H:%M}",
                "due": f"{value.due:%H:%M}",
            },
            "places": terms.places,
            "ways": {way.value: terms.ways[way] for way in WAYS},
            "night": terms.night,
            "need": {"on_site": terms.on_site, "remote": terms.remote},
            "units": [[unit, self.units[unit]] for unit in sorted(self.units)],
            "days": [str(day) for day in self.days],
            "owed": sorted(self.owed),
            "pool": {
                label: [str(day) for day in sorted(days)]
                for label, days in self.pool.items()
            },
            "duty": {
                str(day): [list(watch) for watch in sorted(watches)]
                for day, watches in self.duty.items()
            },
            "recused": {
                label: sorted(units) for label, units in self.recused.items()
            },
        }

    @cached_property
    def hash(self) -> str:
        """What is published of it when it is committed to."""
        return digest(self.document)


def frame_of(document: Mapping[str, Any]) -> Frame:
    """A published frame as a value; raises KeyError, ValueError."""
    value, need = document["value"], document["need"]
    terms = Terms(
        document["series"],
        document["basis"],
        document["term"],
        PublicValue(
            value["source"],
            time.fromisoformat(value["at"]),
            time.fromisoformat(value["due"]),
        ),
        document["places"],
        {way: document["ways"][way.value] for way in WAYS},
        document["night"],
        need["on_site"],
        need["remote"],
    )
    day = date.fromisoformat
    return Frame(
        terms,
        document["version"],
        datetime.strptime(document["committed_at"], STAMP),
        dict(document["units"]),
        tuple(map(day, document["days"])),
        tuple(document["owed"]),
        {one: tuple(map(day, on)) for one, on in document["pool"].items()},
        {
            day(on): tuple((label, *span) for label, *span in watches)
            for on, watches in document["duty"].items()
        },
        {one: tuple(units) for one, units in document["recused"].items()},
    )


def least_places(units: int, days: int) -> int:
    """The fewest places a day: the day's visits and one by lot."""
    return -(-units // max(days, 1)) + 1


def check_terms(terms: Terms, *, units: int, days: int) -> None:
    """Raises `Unusable` with every reason why it cannot be drawn so."""
    mistakes = tuple(_mistakes(terms, units, days))
    if mistakes:
        raise Unusable(*mistakes)


def _mistakes(terms: Terms, units: int, days: int) -> Iterator[Mistake]:
    for name, longest in (("series", 60), ("basis", 80), ("source", 80)):
        words = (
            terms.value.source
            if name == "source"
            else str(getattr(terms, name))
        )
        if not words.strip():
            yield Mistake("draw-empty", (name,))
        if len(words) > longest:
            yield Mistake("too-long", (name,), {"most": longest})

    if not units:
        yield Mistake("draw-no-units", ("places",))
    if not days:
        yield Mistake("draw-no-days", ("places",))

    least = least_places(units, days)
    if units and days and not least <= terms.places <= units:
        facts = {"value": terms.places, "least": least, "most": units}
        yield Mistake("draw-places", ("places",), facts)

    shares = [*terms.ways.values(), terms.night]
    if any(not 0 <= share <= 100 for share in shares):
        yield Mistake("draw-percent", ("ways",))
    elif sum(terms.ways.values()) != 100:
        facts = {"value": sum(terms.ways.values())}
        yield Mistake("draw-ways", ("ways",), facts)

    if terms.value.at > terms.value.due:
        yield Mistake("draw-value-due", ("due",))
