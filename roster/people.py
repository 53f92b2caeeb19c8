"""Units, the people they can put on duty, and what limits them."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit of the tree 局–学区–校 is."""

    BUREAU = "bureau"  # 局机关
    DISTRICT = "district"  # 学区; has no roster of its own
    SCHOOL = "school"  # 中小学
    KINDERGARTEN = "kindergarten"  # 幼儿园
    TEACHING_POINT = "teaching_point"  # 教学点


class Gender(StrEnum):
    """As the office's name list has it."""

    FEMALE = "女"
    MALE = "男"


class Standing(StrEnum):
    """身份: what a person is in the unit, hence which posts they fill."""

    PRINCIPAL = "主要负责人"  # 局长、校（园）长
    DEPUTY = "班子成员"  # 副局长、副校（园）长
    MIDDLE = "中层"
    STAFF = "职工"  # 教师、科员
    GUARD = "门卫"
    DORM = "宿管"


class LimitKind(StrEnum):
    """限排: what somebody is excused from, without the reason."""

    NO_DUTY = "免排"
    NO_NIGHT = "无夜班"
    NO_HOLIDAY = "不排节假日"


@dataclass(frozen=True, slots=True)
class Period:
    """Closed dates; a missing end is open."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise ValueError("A period must not end before it begins.")

    def __contains__(self, when: date) -> bool:
        return (self.first is None or self.first <= when) and (
            self.last is None or when <= self.last
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """
    The bureau, a district, a school, a kindergarten or a teaching point.

    ``public`` is 公办; ``boarding`` schools may have students over weekends.
    """

    id: str  # stable, "U012"
    name: str
    kind: UnitKind
    parent: str = ""  # id of the unit above; empty for the bureau
    boarding: bool = False
    public: bool = True
    phone: str = ""  # the fixed duty telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """
    Somebody a unit can put on duty.

    ``share`` is the percentage of a full share of duty (1–1000).
    ``hometown_away``: the family lives elsewhere (school article 11).
    """

    id: str  # stable, unique in the county: "P00123"
    name: str
    unit: str
    gender: Gender
    standing: Standing
    position: str = ""  # 职务
    phone: str = ""
    share: int = 100
    hometown_away: bool = False
    employed: Period = field(default_factory=Period)  # 到岗 – 离岗

    def __post_init__(self) -> None:
        if not 1 <= self.share <= 1000:
            raise ValueError("A share must be between 1 and 1000 percent.")


@dataclass(frozen=True, slots=True)
class Leave:
    """请假: dates when somebody cannot be on duty. The kind is private."""

    staff: str
    first: date
    last: date
    kind: str = "请假"

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("Leave must not end before it begins.")


@dataclass(frozen=True, slots=True)
class Limit:
    """限排: an approved exemption with its dates, without its reason."""

    staff: str
    kind: LimitKind
    period: Period


@dataclass(frozen=True, slots=True)
class Relation:
    """关系: two people who must not be on duty on one date."""

    first: str
    second: str
    kind: str = "夫妻"


@dataclass(frozen=True, slots=True)
class Wish:
    """意愿: to be on duty or free on a date; weight 1–3."""

    staff: str
    date: date
    want: bool
    weight: int = 1

    def __post_init__(self) -> None:
        if self.weight not in (1, 2, 3):
            raise ValueError("A wish weighs 1, 2 or 3.")


@dataclass(frozen=True, slots=True)
class Presence:
    """在校: dates on which students are at a unit on days off."""

    unit: str
    first: date
    last: date
    note: str = ""  # 寄宿留校、集中活动、考试

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A presence must not end before it begins.")


@dataclass(frozen=True, slots=True)
class PastDuty:
    """历史值班: a duty served before the product knew the unit."""

    staff: str
    date: date
    post: str
    kind: str = ""  # 双休 / 节假日 / 春节; computed when empty


@dataclass(frozen=True, slots=True)
class Inspector:
    """检查人员: who may be drawn for checks, and where they may not go."""

    staff: str
    period: Period = field(default_factory=Period)
    recused: tuple[str, ...] = ()  # units
