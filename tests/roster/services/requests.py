"""Rosters asked for in the small county, and somebody who makes them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from roster.people import Leave, Standing, Unit, UnitKind
from roster.records import Records
from roster.services import progress, requesting
from roster.services.claiming import Hold, claim
from roster.services.working import Tools, work_on
from solver import explain, solve
from tests.conftest import NOW
from tests.offices import BOOKS, BUREAU, CHINA, SCHOOL, SHORT, people

DISTRICT = Unit(
    id="D1", name="柳湾学区", kind=UnitKind.DISTRICT, parent=BUREAU.id
)
STUCK, HELPER = (
    Unit(
        id=f"U02{n}",
        name=f"柳湾{n}小学",
        kind=UnitKind.SCHOOL,
        parent="D1",
    )
    for n in (1, 2)
)
STUCK_STAFF = people(STUCK, (Standing.PRINCIPAL, 1), (Standing.DEPUTY, 1))
HELPER_STAFF = people(HELPER, (Standing.PRINCIPAL, 1), (Standing.DEPUTY, 4))
ALL_AWAY = tuple(
    Leave(member.id, date(2026, 10, 1), date(2026, 10, 7))
    for member in STUCK_STAFF
)


@dataclass
class Queue:
    """Requests in the records, and the clock on the wall."""

    records: Records
    clock: datetime = NOW
    solved: list[str] = field(default_factory=list)

    def ask(self, *units: str, **more) -> int:
        """Drafts of the units for the short term."""
        with self.records.writing() as session:
            return requesting.ask(
                session,
                term_id=more.pop("term_id", SHORT.id),
                unit_ids=units,
                place=more.pop("place", units[0] if units else SCHOOL.id),
                who="张伟（u001-10）",
                now=NOW,
                **more,
            )

    def cancel(self, number: int) -> None:
        with self.records.writing() as session:
            requesting.cancel(
                session,
                request_id=number,
                who="张伟（u001-10）",
                now=NOW,
                clock=self.clock,
            )

    def look(self, number: int) -> progress.RequestView:
        with self.records.reading() as session:
            found = progress.request(
                session, request_id=number, clock=self.clock
            )
        assert found is not None
        return found

    def claim(self, worker: str = "甲") -> int | None:
        return claim(self.records, worker=worker, clock=self.clock)

    def hold(self, number: int, worker: str = "甲", **more) -> Hold:
        return Hold(
            self.records,
            number,
            worker=worker,
            clock=lambda: self.clock,
            stopped=more.pop("stopped", lambda: False),
        )

    def work(self, number: int, worker: str = "甲", **more) -> None:
        """Works on a claimed request, in this process."""
        work_on(
            more.pop("hold", None) or self.hold(number, worker, **more),
            Tools(
                calendar=CHINA,
                books=BOOKS,
                solve=more.pop("solve", solve),
                explain=explain,
                run=more.pop("run", self.run),
                now=lambda: NOW,
            ),
        )

    def run(self, tasks, *, work, on_failure, watch, jobs=None):
        """One task after the other, looking round before each."""
        for key, task in tasks:
            watch()
            self.solved.append(key)
            yield key, work(task)

    def later(self, **more) -> None:
        """Lets time go by."""
        self.clock += timedelta(**more)
