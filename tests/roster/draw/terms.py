"""Whole terms drawn from a seed: frames change, draws are cancelled."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from roster.checks.results import Way
from roster.draw.drawing import Place, draw
from roster.draw.frame import Frame, PublicValue, Terms, least_places
from roster.draw.published import (
    CANCELLED,
    DRAWN,
    FIRST,
    Made,
    record_of,
    term_file,
)
from roster.draw.visits import still_owed

FIRST_DAY = date(2026, 9, 5)
COMMITTED = datetime(2026, 8, 31, 9)
EVENING = PublicValue("福彩3D当晚开奖号码", time(21, 30), time(22))


def terms(places: int, **more) -> Terms:
    """What a bureau might decide."""
    ways = {Way.ON_SITE: 40, Way.VIDEO: 30, Way.PHONE: 30}
    given = {
        "series": "2026年秋季值班抽查",
        "basis": "平督〔2026〕3号",
        "term": "2026年秋季学期",
        "value": EVENING,
        "places": places,
        "ways": ways,
        "night": 20,
        "on_site": 2,
        "remote": 1,
    }
    return Terms(**{**given, **more})


def days(count: int) -> tuple[date, ...]:
    """Saturdays and Sundays."""
    return tuple(
        FIRST_DAY + timedelta(days=7 * (n // 2) + n % 2) for n in range(count)
    )


def frame(units: int, count: int, places: int = 0, **more) -> Frame:
    """A county's frame; six inspectors, two watches a day."""
    names = {f"U{n:03}": f"第{n}小学" for n in range(1, units + 1)}
    on = days(count)
    given = {
        "terms": terms(places or least_places(units, count) + 1),
        "version": 1,
        "committed_at": COMMITTED,
        "units": names,
        "days": on,
        "owed": tuple(names),
        "pool": {f"a{n}": on[n % 2 :] for n in range(6)},
        "duty": {day: (("b0", 480, 1080), ("b1", 1080, 1920)) for day in on},
        "recused": {"a0": ("U001", "U002"), "b1": ("U003",)},
    }
    return Frame(**{**given, **more})


@dataclass
class Office:
    """A bureau that draws a term, with all that may happen in between."""

    luck: Random
    key: bytes
    frames: list[Frame]
    made: list[Made] = field(default_factory=list)

    @property
    def newest(self) -> Frame:
        """The frame in force."""
        return self.frames[-1]

    def draw_all(self) -> None:
        """Every day of the term, one after the other."""
        for day in self.frames[0].days:
            self.change(day)
            self.draw(day)

    def draw(self, day: date) -> None:
        """A day's draw; some are cancelled, some drawn again."""
        value = f"{self.luck.randrange(1000):03}" * (self.luck.random() < 0.9)
        fate = self.luck.random()
        if fate < 0.06:
            self.add(day, value, CANCELLED)
        if fate > 0.03:
            self.add(day, value, DRAWN)

    def add(self, day: date, value: str, state: str) -> None:
        """One draw with its number."""
        number = len(self.made) + 1
        places = draw(
            self.key, self.newest, number=number, day=day, value=value
        )
        if state == CANCELLED:
            places = places[: self.luck.randrange(3)]
        self.made.append(
            Made(
                number,
                day,
                self.newest.version,
                value,
                EVENING.due_of(day),
                places,
                self.recusals(places),
                state,
                "暴雪" if state == CANCELLED else "",
            )
        )

    def recusals(self, places: tuple[Place, ...]) -> dict[str, list[str]]:
        """Now and then somebody says no after the draw."""
        return {
            place.unit: [place.order[0]]
            for place in places
            if place.order and self.luck.random() < 0.05
        }

    def change(self, day: date) -> None:
        """Inspectors and units come and go."""
        old, fate = self.newest, self.luck.random()
        if fate > 0.2:
            return

        rest = tuple(d for d in self.frames[0].days if d >= day)
        units = dict(old.units)
        if fate < 0.1:
            units.pop(self.luck.choice(sorted(units)))
            units[f"V{len(self.frames):03}"] = "新设教学点"
        stood = [
            (made.day, self.frames[made.frame - 1])
            for made in self.made
            if made.state == DRAWN
        ]
        self.frames.append(
            replace(
                old,
                version=old.version + 1,
                committed_at=EVENING.at_of(day) - timedelta(hours=2),
                units=units,
                days=rest,
                owed=still_owed(self.key, units=units, drawn=stood),
                pool={**old.pool, f"c{old.version}": rest},
            )
        )

    @property
    def records(self) -> list[dict]:
        """The chain of what was drawn."""
        found, before = [], FIRST
        for made in self.made:
            found.append(record_of(made, before))
            before = found[-1]["hash"]

        return found

    @property
    def file(self) -> bytes:
        """The term's file."""
        return term_file(self.key, self.frames, self.records)


def drawn_term(seed: int) -> Office:
    """A term drawn from a seed."""
    luck = Random(seed)
    first = frame(luck.randrange(12, 50), luck.randrange(6, 20))
    office = Office(luck, luck.randbytes(32), [first])
    office.draw_all()
    return office
