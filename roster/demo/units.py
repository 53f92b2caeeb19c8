"""
The invented county's units: a bureau, six districts, sixty schools.

柳湾县 and its six townships are on no map. Each row of `PLANS` is a unit
with the people it has and what makes its roster hard, if anything does.
"""

from dataclasses import dataclass
from enum import Enum, auto

from roster.people import StaffMember, Standing, Unit, UnitKind

BUREAU = Unit(
    id="U001",
    name="柳湾县教育和科学技术局（演示）",
    kind=UnitKind.BUREAU,
    phone="0900-6120001",
)
TOWNSHIPS = ("柳湾镇", "杏川镇", "石梁镇", "青崖镇", "槐坪乡", "雁沟乡")

SCHOOL = UnitKind.SCHOOL
GARDEN = UnitKind.KINDERGARTEN
POINT = UnitKind.TEACHING_POINT


class Strain(Enum):
    """What makes a unit's roster hard."""

    NONE = auto()
    LEAVE = auto()  # a fifth of those who lead are away for the term
    PAIR = auto()  # two lead, so that a holiday's gap fits just so
    FOUR = auto()  # four people, who lead in turn
    ALONE = auto()  # two lead, and one is away over a long holiday
    BARE = auto()  # most teachers are away when the pupils come
    POOL = auto()  # one leads, and is sometimes away: the district helps


@dataclass(frozen=True, slots=True)
class Plan:
    """
    A unit to be invented, and how many people it has of each standing.

    Everyone has one principal besides. ``township`` indexes `TOWNSHIPS`.
    """

    township: int
    name: str
    kind: UnitKind
    deputies: int
    middle: int
    teachers: int
    guards: int = 0
    keepers: int = 0
    boarding: bool = False
    public: bool = True
    strain: Strain = Strain.NONE

    @property
    def leaders(self) -> int:
        """How many lead by the schools' article 3 as it is issued."""
        return 1 + self.deputies + self.middle


# A head, six who lead with him, twelve sections.
BUREAU_PLAN = Plan(0, BUREAU.name, UnitKind.BUREAU, 6, 12, 41)
LEADING = (Standing.PRINCIPAL, Standing.DEPUTY)


def may_lead(member: StaffMember, plan: Plan) -> bool:
    """Whether the documents, with the overrides, let somebody lead."""
    middle = member.standing is Standing.MIDDLE
    return (
        plan.strain is Strain.FOUR
        or member.standing in LEADING
        or (middle and plan.kind is not UnitKind.BUREAU)
    )


def _boarding(
    township: int,
    name: str,
    deputies: int,
    middle: int,
    teachers: int,
    guards: int = 0,
    keepers: int = 0,
) -> Plan:
    return Plan(
        township,
        name,
        SCHOOL,
        deputies,
        middle,
        teachers,
        guards,
        keepers,
        boarding=True,
    )


def _private(name: str, teachers: int) -> Plan:
    return Plan(
        0, name, GARDEN, 1, 0, teachers, public=False, strain=Strain.PAIR
    )


def _point(township: int, name: str, strain: Strain = Strain.FOUR) -> Plan:
    return Plan(township, name, POINT, 0, 0, 3, strain=strain)


PLANS = (
    _boarding(0, "柳湾县第一中学", 4, 12, 118, guards=5, keepers=6),
    Plan(0, "柳湾县第二中学", SCHOOL, 3, 9, 80),
    _boarding(0, "柳湾县职业中等专业学校", 3, 7, 50, guards=4, keepers=4),
    Plan(0, "柳湾县第一小学", SCHOOL, 3, 8, 80),
    Plan(0, "柳湾县第二小学", SCHOOL, 2, 6, 63, strain=Strain.LEAVE),
    Plan(0, "柳湾县第三小学", SCHOOL, 2, 5, 46),
    _boarding(0, "柳湾县特殊教育学校", 1, 2, 16),
    Plan(0, "柳湾县第一幼儿园", GARDEN, 2, 4, 50),
    Plan(0, "柳湾县第二幼儿园", GARDEN, 1, 3, 36, strain=Strain.LEAVE),
    Plan(0, "柳湾县第三幼儿园", GARDEN, 1, 1, 21),
    Plan(0, "柳湾镇东关小学", SCHOOL, 1, 3, 26),
    Plan(0, "柳湾镇南庄小学", SCHOOL, 1, 1, 10),
    _private("金苗幼儿园", 12),
    _private("小白杨幼儿园", 9),
    _point(0, "柳湾镇阳坡教学点"),
    _boarding(1, "杏川镇初级中学", 2, 5, 42, guards=3, keepers=3),
    Plan(1, "杏川镇中心小学", SCHOOL, 2, 4, 38),
    Plan(1, "杏川镇中心幼儿园", GARDEN, 1, 1, 17),
    Plan(1, "杏川镇梨园小学", SCHOOL, 1, 1, 13),
    Plan(1, "杏川镇上河小学", SCHOOL, 1, 0, 11, strain=Strain.ALONE),
    Plan(1, "杏川镇龙头小学", SCHOOL, 0, 2, 9),
    Plan(1, "杏川镇双庙幼儿园", GARDEN, 1, 0, 6, strain=Strain.PAIR),
    _point(1, "杏川镇野狐沟教学点"),
    _point(1, "杏川镇柴坪教学点"),
    _boarding(2, "石梁镇九年制学校", 3, 6, 52, keepers=4),
    Plan(2, "石梁镇中心小学", SCHOOL, 1, 4, 32, strain=Strain.LEAVE),
    Plan(2, "石梁镇中心幼儿园", GARDEN, 1, 1, 16),
    Plan(2, "石梁镇骆驼湾小学", SCHOOL, 1, 1, 12),
    Plan(2, "石梁镇高崖小学", SCHOOL, 1, 2, 11),
    Plan(2, "石梁镇大槐树小学", SCHOOL, 1, 1, 3, strain=Strain.BARE),
    Plan(2, "石梁镇下庄幼儿园", GARDEN, 1, 0, 6, strain=Strain.PAIR),
    _point(2, "石梁镇滴水崖教学点"),
    _point(2, "石梁镇乱石滩教学点"),
    _boarding(3, "青崖镇初级中学", 2, 4, 40, keepers=3),
    Plan(3, "青崖镇中心小学", SCHOOL, 2, 4, 36),
    Plan(3, "青崖镇中心幼儿园", GARDEN, 1, 1, 16),
    Plan(3, "青崖镇苜蓿沟小学", SCHOOL, 1, 2, 12, strain=Strain.LEAVE),
    Plan(3, "青崖镇松树岭小学", SCHOOL, 1, 1, 11),
    Plan(3, "青崖镇半坡小学", SCHOOL, 1, 0, 9, strain=Strain.PAIR),
    Plan(3, "青崖镇桃树洼幼儿园", GARDEN, 1, 0, 6, strain=Strain.ALONE),
    _point(3, "青崖镇鹰嘴教学点"),
    _point(3, "青崖镇窑洞沟教学点"),
    Plan(4, "槐坪乡初级中学", SCHOOL, 2, 4, 38),
    Plan(4, "槐坪乡中心小学", SCHOOL, 2, 4, 34),
    Plan(4, "槐坪乡中心幼儿园", GARDEN, 1, 1, 15),
    Plan(4, "槐坪乡红土嘴小学", SCHOOL, 1, 1, 11),
    Plan(4, "槐坪乡碾子沟小学", SCHOOL, 1, 2, 11, strain=Strain.LEAVE),
    Plan(4, "槐坪乡沙棘湾小学", SCHOOL, 1, 1, 3, strain=Strain.BARE),
    Plan(4, "槐坪乡水磨幼儿园", GARDEN, 1, 0, 6, strain=Strain.PAIR),
    _point(4, "槐坪乡岭后教学点"),
    _point(4, "槐坪乡羊圈台教学点", Strain.POOL),
    Plan(5, "雁沟乡九年制学校", SCHOOL, 2, 5, 42),
    Plan(5, "雁沟乡中心小学", SCHOOL, 2, 4, 32),
    Plan(5, "雁沟乡中心幼儿园", GARDEN, 1, 1, 15),
    Plan(5, "雁沟乡麦积坪小学", SCHOOL, 1, 1, 11),
    Plan(5, "雁沟乡冰草湾小学", SCHOOL, 1, 0, 10, strain=Strain.PAIR),
    Plan(5, "雁沟乡西沟口幼儿园", GARDEN, 1, 0, 6, strain=Strain.PAIR),
    _point(5, "雁沟乡老鸦峡教学点"),
    _point(5, "雁沟乡山神庙教学点", Strain.POOL),
    _point(5, "雁沟乡牛心山教学点"),
)


def districts() -> tuple[Unit, ...]:
    """A 学区 for every township."""
    return tuple(
        Unit(
            id=f"D{number}",
            name=f"{township}学区",
            kind=UnitKind.DISTRICT,
            parent=BUREAU.id,
        )
        for number, township in enumerate(TOWNSHIPS, 1)
    )


def schools() -> tuple[tuple[Unit, Plan], ...]:
    """The sixty units below the districts, each with its plan."""
    return tuple(
        (_unit(f"U{number:03}", number, plan), plan)
        for number, plan in enumerate(PLANS, 2)
    )


def _unit(id_: str, number: int, plan: Plan) -> Unit:
    return Unit(
        id=id_,
        name=plan.name,
        kind=plan.kind,
        parent=f"D{plan.township + 1}",
        boarding=plan.boarding,
        public=plan.public,
        phone=f"0900-612{number:04}",
    )
