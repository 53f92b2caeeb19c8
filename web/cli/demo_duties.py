"""The demonstration's logs, zero reports and incident; all invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from roster.demo import SEED
from roster.people import Unit, UnitKind
from roster.posts import SHANGHAI
from roster.rights import Visitor, signature
from roster.services import (
    duty_log,
    handing_over,
    incidents,
    viewing,
    zero_reports,
)
from roster.services.duty_log import NewEntry
from roster.services.incidents import NewIncident
from roster.services.log_desk import Place
from roster.services.log_views import LogView, any_log, logs_between
from roster.services.own_shifts import shift_at
from web.wiring import Office

MARK = "演示"
LOGGED = 4  # schools that keep logs, beside the bureau
WEEKS = timedelta(days=15)
LATE_ONE_IN = 12  # zero reports

# From whom, what, what was done, and whether it is still open.
ENTRIES = (
    ("门卫", "东墙路灯不亮（演示）", "已告诉总务，周一来修", True),
    ("家长", "来电问返校时间（演示）", "已答复周日下午", False),
    ("县局值班室", "视频抽查在岗（演示）", "带班领导接通", False),
    ("", "巡查教学楼，二楼水龙头没关严（演示）", "已关好", False),
    ("快递", "送实验器材两箱（演示）", "放传达室，待周一领", True),
    ("供电所", "通知明早停电两小时（演示）", "已告诉食堂和机房", False),
)


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who holds a shift."""

    staff_id: str
    name: str

    @property
    def who(self) -> str:
        """As they sign."""
        return signature(self.name, MARK)


def demonstration_duties(here: Office) -> None:
    """Writes what is not there yet, up to the day before today."""
    luck = Random(f"{SEED} duties")
    with here.records.writing() as session:
        if any_log(session):
            return

        every = viewing.units(session)
        schools = [u for u in every if u.kind is UnitKind.SCHOOL]
        chosen = [u for u in every if u.kind is UnitKind.BUREAU]
        chosen += luck.sample(schools, min(LOGGED, len(schools)))
        for unit in chosen:
            _logs(here, session, unit, luck)
        _zero_reports(here, session, every, luck)
        any(_incident(here, session, unit) for unit in chosen[::-1])


def _begun(here: Office, session: Session, unit: Unit) -> list[LogView]:
    """A unit's shifts of the last two weeks, in order of time."""
    today = here.today()
    found = logs_between(
        session,
        unit_id=unit.id,
        first=today - WEEKS,
        last=today - timedelta(days=1),
        now=here.now(),
    )
    return sorted(found, key=lambda log: (log.start, log.shift_id))


def _holder(session: Session, log: LogView) -> _Holder | None:
    shift = shift_at(
        session, unit_id=log.unit_id, shift_id=log.shift_id, now=log.start
    )
    if shift is None or not shift.staff or not log.names:
        return None

    return _Holder(shift.staff[0], log.names[0])


def _logs(here: Office, session: Session, unit: Unit, luck: Random) -> None:
    signed: set[str] = set()
    for log in _begun(here, session, unit):
        holder = _holder(session, log)
        if holder is None:
            continue

        place = Place(unit.id, log.shift_id, holder.staff_id)
        given = {"books": here.books, "who": holder.who}
        morning = log.start + timedelta(minutes=luck.randrange(1, 9))
        if log.post in signed:
            handing_over.take_over(session, place, now=morning, **given)
        for at, deed, more in _deeds(log, unit, luck):
            deed(
                session, place, *more.pop("args", ()), now=at, **more, **given
            )
        handing_over.hand_over(
            session,
            place,
            fine=("钥匙", "防卫器械", "监控", "未办事项"),
            words="",
            now=log.end - timedelta(minutes=5),
            **given,
        )
        signed.add(log.post)


def _deeds(log: LogView, unit: Unit, luck: Random) -> Iterator[tuple]:
    """What is written during a shift: often nothing happened."""
    noon = log.start + timedelta(hours=2, minutes=luck.randrange(60))
    if unit.kind is not UnitKind.BUREAU:
        look = {
            "fine": ("一键报警", "监控在线", "录像天数", "消防设施"),
            "cameras": str(luck.choice((12, 16, 24))),
            "words": "应急灯一盏待换（演示）",
        }
        if luck.random() < 0.7:
            look["fine"] = (*look["fine"], "应急物资")
            look["words"] = ""
        yield noon, duty_log.write_check, look

    if luck.random() < 0.5:
        yield noon, duty_log.write_nothing, {}
        return

    source, words, done, still = luck.choice(ENTRIES)
    entry = NewEntry(noon, source, words, done, open=still)
    yield noon, duty_log.write_entry, {"args": (entry,)}


def _zero_reports(
    here: Office, session: Session, every: tuple[Unit, ...], luck: Random
) -> None:
    """Those of the last statutory days; two units never reported."""
    today = here.today()
    days = zero_reports.days_of_report(
        session,
        first=today - timedelta(days=70),
        last=today - timedelta(days=1),
        calendar=here.calendar,
        books=here.books,
    )
    for day in days[-2:]:
        found = zero_reports.zero_reports(
            session, day=day, calendar=here.calendar, books=here.books
        )
        missing = {one.unit_id for one in found if one.at is None}
        for unit in every[:-2] if day == days[-1] else every:
            if unit.id in missing:
                _zero_report(here, session, unit, day, luck)


def _zero_report(
    here: Office, session: Session, unit: Unit, day: date, luck: Random
) -> None:
    people = sorted(zero_reports.on_duty_that_day(session, unit.id, day))
    if not people:
        return

    hour = 18 if luck.randrange(LATE_ONE_IN) == 0 else luck.choice((15, 16))
    now = datetime(
        day.year, day.month, day.day, hour, luck.randrange(60), tzinfo=SHANGHAI
    )
    names = {m.id: m.name for m in viewing.staff_of(session, unit_id=unit.id)}
    person = next((p for p in people if p in names), "")
    if person:
        zero_reports.report_zero(
            session,
            unit_id=unit.id,
            staff_id=person,
            calendar=here.calendar,
            books=here.books,
            who=signature(names[person], MARK),
            now=now,
        )


def _incident(here: Office, session: Session, unit: Unit) -> bool:
    """One that was told in time and written up a little late."""
    begun = _begun(here, session, unit)
    holder = _holder(session, begun[0]) if begun else None
    if holder is None:
        return False

    happened = begun[0].start + timedelta(hours=3, minutes=20)
    visitor = Visitor(1, holder.name, MARK, holder.staff_id)
    number = incidents.report(
        session,
        NewIncident(
            unit.id,
            happened,
            "食堂外水管冻裂，院内积水（演示，虚构）",
            "食堂后院",
            "无人受伤",
            "已关总阀，拉警戒线",
        ),
        visitor=visitor,
        now=happened + timedelta(minutes=18),
    )
    for minutes, kind, words in (
        (11, "phone", "局值班室（演示）"),
        (72, "written", "局办公室（演示）"),
        (190, "follow", "水管已换，恢复供水（演示）"),
        (240, "closed", ""),
    ):
        at = happened + timedelta(minutes=minutes)
        incidents.add_step(
            session,
            incident_id=number,
            kind=kind,
            at=at,
            words=words,
            visitor=visitor,
            now=max(at, happened + timedelta(minutes=18)),
        )

    return True
