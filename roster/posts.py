"""
Posts, and how posts × duty days become shifts.

What a day needs is decided by the rule document's parameters as they
stand on that date; the ids are stable, ``2026-10-01/duty-night``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from roster.days import CalendarDay, DayKind
from roster.problem import Shift
from roster.rules.rulebook import Params

SHANGHAI = ZoneInfo("Asia/Shanghai")

LEAD = "lead"  # 带班领导
DUTY = "duty"  # 值班员、值班教师
MIDDLE = "middle"  # 加排的中层
GUARD = "guard"  # 门卫
DORM = "dorm"  # 宿管
COMBINED = "lead+duty"  # 带班兼值班, only where people do not suffice

LEADERS = (LEAD, COMBINED)
OTHERS = (DUTY, MIDDLE)
POSTS = (LEAD, COMBINED, MIDDLE, DUTY, GUARD, DORM)

ALL_DAY = "全天到岗"  # how leaders lead: on site, by night too

WORDS = {
    LEAD: "带班领导",
    COMBINED: "带班兼值班",
    MIDDLE: "值班中层",
    DUTY: "值班员",
    GUARD: "门卫",
    DORM: "宿管",
}

# Tags by which clauses select shifts.
NIGHT = "night"
HOLIDAY = "holiday"
WEEKEND = "weekend"
PRINCIPAL_DAY = "principal-day"
LONG_HOLIDAY = "long-holiday"
STUDENTS = "students"

KIND_WORDS = {
    DayKind.STATUTORY: "法定",
    DayKind.SUBSTITUTE: "补假",
    DayKind.EXCHANGED: "调休",
    DayKind.WEEKEND: "双休",
}


@dataclass(frozen=True, slots=True)
class DutyDay:
    """A day as one unit sees it: the calendar's, with its own facts."""

    day: CalendarDay
    students: bool = False
    boarding: bool = False
    vacation: bool = False

    @property
    def date(self) -> date:
        """The date itself."""
        return self.day.date


def is_due(day: DutyDay, params: Params) -> bool:
    """Whether a unit must be manned on that day."""
    scope = params.get("vacation_days", day.date)
    if day.vacation and scope == "每天":
        return True

    if not day.day.off:
        return False

    holiday = day.day.run is not None and day.day.run.holiday
    if day.vacation and scope == "仅节假日" and not holiday:
        return False

    return KIND_WORDS[day.day.kind] in params.get("duty_kinds", day.date)


def make_shifts(
    days: Iterable[DutyDay], params: Params, *, combined: bool = False
) -> tuple[Shift, ...]:
    """
    Every shift of a unit's duty days, by date.

    ``combined`` joins leading and duty into one post by day (article 14
    of the schools), where people would not suffice.
    """
    due = [day for day in days if is_due(day, params)]
    shifts = [
        shift for day in due for shift in _day(day, params, combined=combined)
    ]
    return tuple(_blocked(shifts))


def _day(day: DutyDay, params: Params, *, combined: bool) -> Iterator[Shift]:
    def get(name: str, otherwise: object = 0) -> object:
        return params.get(name, day.date, otherwise)

    leaders = _int(get("leaders_per_day")) + _int(get("surge_leaders"))
    usual, by_night = _duty_needs(day, params)
    by_day = usual + _int(get("surge_staff"))
    asking = "day_staff" if usual else "surge_staff"
    join = combined and leaders > 0 and by_day > 0
    make = _Maker(day, params)

    yield from make(
        COMBINED if join else LEAD, "leader_hours", leaders, "leaders_per_day"
    )

    if day.day.kind is DayKind.STATUTORY:
        yield from make(MIDDLE, "day_hours", _int(get("middle_staff")))

    mode = str(get("shift_mode"))
    yield from _duty(make, mode, by_day - join, by_night, asking)
    yield from _guards(make, get("guard_mode"), _int(get("guards_per_shift")))

    if day.students and day.boarding:
        yield from make(DORM, "dorm_hours", _int(get("dorm_staff")))


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _duty_needs(day: DutyDay, params: Params) -> tuple[int, int]:
    """People on duty by day and by night; teachers only when needed."""
    mode = params.get("teacher_mode", day.date, "每个值班日都排")
    teach = mode == "每个值班日都排" or (mode == "有学生才排" and day.students)
    by_day = _int(params.get("day_staff", day.date)) if teach else 0
    by_night = _int(params.get("night_staff", day.date)) if teach else 0
    if "teacher_mode" in params.book.params and not day.boarding:
        by_night = 0

    return by_day, by_night


def _duty(
    make: "_Maker", mode: str, by_day: int, by_night: int, asking: str
) -> Iterator[Shift]:
    if mode == "全天一班":
        yield from make(DUTY, "full_hours", by_day, asking, name="full")
        return

    yield from make(DUTY, "day_hours", by_day, asking, name="day")
    if mode == "白班和夜班":
        yield from make(
            DUTY, "night_hours", by_night, "night_staff", name="night"
        )


def _guards(make: "_Maker", mode: object, needs: int) -> Iterator[Shift]:
    if mode == "全天一班":
        yield from make(GUARD, "full_hours", needs, "guards_per_shift")
        return

    yield from make(
        GUARD, "guard_day_hours", needs, "guards_per_shift", name="day"
    )
    yield from make(
        GUARD, "guard_night_hours", needs, "guards_per_shift", name="night"
    )


class _Maker:
    """Makes the shifts of one day."""

    def __init__(self, day: DutyDay, params: Params) -> None:
        self.day = day
        self.params = params
        self.tags = tuple(_tags(day, params))
        points = _int(params.get("duty_points", day.date, 1))
        self.burden = burden_of(day.day, points)

    def __call__(
        self,
        post: str,
        hours: str,
        needs: int,
        article: str = "",
        name: str = "",
    ) -> Iterator[Shift]:
        if needs < 1:
            return

        when = self.day.date
        start, end = _hours(self._hours(hours), when)
        holder = self.params.book.article_of[article or f"{post}_staff"]
        night = post != LEAD and post != COMBINED and end.date() > when
        yield Shift(
            id=f"{when}/{post}" + (f"-{name}" if name else ""),
            date=when,
            start=start,
            end=end,
            post=post,
            needs=needs,
            tags=(*self.tags, *([NIGHT] if night else [])),
            burden=self.burden,
            article=holder.name,
        )

    def _hours(self, name: str) -> str:
        """The hours on that date: the summer's own where there are."""
        when = self.day.date
        summer = f"summer_{name}"
        first = self.params.get("summer_from", when, "")
        last = self.params.get("summer_until", when, "")
        inside = first and last and first <= f"{when:%m-%d}" <= last
        if inside and summer in self.params.book.params:
            return str(self.params.get(summer, when))

        return str(self.params.get(name, when))


def _hours(words: str, when: date) -> tuple[datetime, datetime]:
    """``18:00-08:00`` on a date; an end not after the start is next day."""
    start, end = (
        datetime.combine(when, time.fromisoformat(part), SHANGHAI)
        for part in words.split("-")
    )
    return start, end if end > start else end + timedelta(days=1)


def _tags(day: DutyDay, params: Params) -> Iterator[str]:
    yield day.day.kind.value
    run = day.day.run
    yield HOLIDAY if run is not None and run.holiday else WEEKEND

    if run is not None and run.holiday:
        yield run.name
        long = params.get("hometown_holidays", day.date, ())
        if any(name in run.name for name in long):
            yield LONG_HOLIDAY

    if is_principal_day(day.day):
        yield PRINCIPAL_DAY

    if day.students:
        yield STUDENTS


def is_principal_day(day: CalendarDay) -> bool:
    """除夕 and 正月初一, whatever else the year makes of them."""
    return day.off and (day.festival == "除夕" or day.lunar == "正月初一")


def burden_of(day: CalendarDay, points: int = 1) -> dict[str, int]:
    """A tree: total holds holiday, which holds spring, and weekend."""
    ledgers = ["total"]
    if day.run is None or not day.run.holiday:
        ledgers.append("weekend")
    else:
        ledgers.append("holiday")
        if "春节" in day.run.name:
            ledgers.append("spring")

    return dict.fromkeys(ledgers, points)


def _blocked(shifts: Sequence[Shift]) -> Iterator[Shift]:
    """
    Leaders' shifts that count as one duty when one person holds them.

    A weekend's two days; and 除夕 with 正月初一, so that the article which
    reserves both for principals never clashes with the gap.
    """
    dates = {s.date for s in shifts if s.post in LEADERS}
    festive = {s.date for s in shifts if PRINCIPAL_DAY in s.tags}

    for shift in shifts:
        if shift.post not in LEADERS:
            yield shift
        elif shift.date in festive:
            yield replace(shift, block=f"{shift.date.year}-除夕初一")
        else:
            saturday = _saturday(shift.date)
            pair = {saturday, saturday + timedelta(days=1)}
            whole = pair <= dates and not pair & festive
            weekend = shift.date in pair and whole
            yield replace(shift, block=f"{saturday}-周末" if weekend else "")


def _saturday(when: date) -> date:
    """The Saturday of a date's week, weeks beginning on Monday."""
    return when + timedelta(days=5 - when.weekday())
