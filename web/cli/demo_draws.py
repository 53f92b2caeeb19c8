"""The demonstration's drawn checks: a series, its draws, what was found."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from roster.demo import SEED
from roster.errors import Refused
from roster.posts import SHANGHAI
from roster.services import drawing, viewing
from roster.services.checking import NewCheck, NewFinding
from roster.services.drawing import views
from roster.services.drawing.desk import Tools, series_row
from roster.services.drawing.frames import frames_of
from roster.services.drawing.recording import record_drawn
from roster.services.drawing.series import NewSeries, least_for
from roster.services.drawing.views import PlaceView
from roster.services.on_duty import on_duty
from roster.services.ruling import params_of
from web.cli.terminal import say, tell
from web.wiring import Office

WHO = "办公室（演示）"
EVENING, DUE, MORNING = time(21, 40), time(23), time(7, 55)
NO_VALUE = 0.04  # evenings on which nobody entered the public value
NO_RECORD = 0.05  # checks nobody recorded

# What inspectors find, most of it good.
FOUND = ("OK",) * 18 + ("OK_SUB", "OK_AWAY", "LATE", "UNAWARE", "NO_ANSWER")


def demonstration_draws(here: Office) -> None:
    """A series for the term of today, drawn up to now."""
    with here.records.reading() as session:
        term = viewing.current_term(session, here.today())
        if term is None or views.every_series(session):
            return

    tell(say("抽签抽查（演示）…", "Drawing the invented checks …"))
    desk = _Desk(here, Random(f"{SEED} draws"))
    start = datetime.combine(term.first - timedelta(5), time(9), SHANGHAI)
    desk.commit(start, term.id, term.name)
    days = desk.days()
    for day in days:
        # A day's evening is the one before the next: that is drawn first.
        desk.draw(day)
        if day + timedelta(days=1) in days:
            desk.draw(day + timedelta(days=1))
        if day < here.today():
            desk.check(day)
    desk.attend(here.now())


class _Desk:
    """The bureau's desk, at whatever moment it is."""

    def __init__(self, here: Office, luck: Random) -> None:
        self.here, self.luck = here, luck
        self.calendar, self.books = here.calendar, here.books
        self.series = 0
        self.drawn: set[date] = set()

    def tools(self, moment: datetime) -> Tools:
        """The office's tools at a moment."""
        return Tools(self.calendar, self.books, moment)

    def commit(self, moment: datetime, term: str, name: str) -> None:
        """A series one place a day above the least."""
        tools = self.tools(moment)
        with self.here.records.writing() as session:
            new = NewSeries(
                f"{name}值班抽查",
                term,
                "演示依据（虚构）〔2026〕1号",
                "福彩3D当晚开奖号码（演示用随机数）",
                time(21, 30),
                DUE,
                places=least_for(session, term, tools) + 1,
                by_visit=40,
                by_video=30,
                by_phone=30,
                night=20,
            )
            self.series = drawing.make_series(
                session, new, tools=tools, who=WHO
            )
            drawing.commit(
                session,
                self.series,
                tools=tools,
                vault=self.here.vault,
                who=WHO,
                random=self.luck.randbytes,
            )

    def days(self) -> tuple[date, ...]:
        """The days of the series up to today."""
        with self.here.records.reading() as session:
            row = series_row(session, self.series)
            days = frames_of(session, row)[0].days

        return tuple(day for day in days if day <= self.here.today())

    def draw(self, day: date) -> None:
        """The evening before: a number, and the draw."""
        if day in self.drawn:
            return

        self.drawn.add(day)
        before = day - timedelta(days=1)
        value = f"{self.luck.randrange(1000):03}"
        if self.luck.random() >= NO_VALUE:
            evening = datetime.combine(before, EVENING, SHANGHAI)
            with suppress(Refused), self.here.records.writing() as session:
                drawing.enter_value(
                    session,
                    self.series,
                    value,
                    tools=self.tools(evening),
                    who=WHO,
                )
        self.attend(datetime.combine(before, DUE, SHANGHAI))

    def attend(self, moment: datetime) -> None:
        """What the clock does."""
        with self.here.records.writing() as session:
            drawing.attend(
                session, tools=self.tools(moment), vault=self.here.vault
            )

    def check(self, day: date) -> None:
        """The day's checks dispatched and recorded."""
        morning = datetime.combine(day + timedelta(1), MORNING, SHANGHAI)
        self.attend(morning)
        with self.here.records.writing() as session:
            for place in views.places_on(
                session, self.series, day, now=morning
            ):
                if self.luck.random() >= NO_RECORD:
                    self._record(session, place)

    def _record(self, session: Session, place: PlaceView) -> None:
        unit = viewing.unit(session, place.unit_id)
        inspectors = views.inspector_ids(session, place.id)
        if unit is None or not inspectors:
            return

        duties = on_duty(
            session,
            unit_id=unit.id,
            moment=place.starts,
            params=params_of(session, unit, self.books),
        )
        if not any(duty.staff_id for duty in duties):
            return

        check = NewCheck(
            id=str(UUID(int=self.luck.getrandbits(128), version=4)),
            unit_id=unit.id,
            moment=place.starts,
            way=place.way,
            inspectors=inspectors,
            basis="",
            note="",
            findings=tuple(
                NewFinding(
                    duty.shift_id, duty.staff_id, self.luck.choice(FOUND)
                )
                for duty in duties
                if duty.staff_id
            ),
        )
        record_drawn(
            session,
            place.id,
            check,
            staff_id=inspectors[0],
            books=self.books,
            who=WHO,
            now=place.starts + timedelta(minutes=20),
        )
