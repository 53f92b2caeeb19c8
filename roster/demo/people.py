"""Sixteen hundred invented people: who works where, as what."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from roster.demo.names import STRIKING, Names
from roster.demo.units import Plan
from roster.people import (
    Gender,
    Period,
    StaffMember,
    Standing,
    Unit,
    UnitKind,
)

HEADS = {
    UnitKind.SCHOOL: ("校长", "副校长"),
    UnitKind.KINDERGARTEN: ("园长", "副园长"),
    UnitKind.TEACHING_POINT: ("负责人", ""),
}
OFFICES = {
    UnitKind.SCHOOL: (
        "教导主任",
        "总务主任",
        "政教主任",
        "安全办主任",
        "教研室主任",
        "办公室主任",
        "团委书记",
        "教导副主任",
        "政教副主任",
        "总务副主任",
        "工会主席",
        "年级组长",
    ),
    UnitKind.KINDERGARTEN: ("保教主任", "后勤主任", "教研主任", "安全专干"),
}
SECTIONS = (
    "办公室主任",
    "人事股股长",
    "基础教育股股长",
    "安全管理股股长",
    "学前教育股股长",
    "职成教股股长",
    "计划财务股股长",
    "项目办主任",
    "科技股股长",
    "教研室主任",
    "电教中心主任",
    "资助中心主任",
)
# Sixty together, as `BUREAU_PLAN` has them.
BUREAU_POSTS = (
    (Standing.PRINCIPAL, "局长", 1),
    (Standing.DEPUTY, "副局长", 4),
    (Standing.DEPUTY, "党组成员", 2),
    *((Standing.MIDDLE, section, 1) for section in SECTIONS),
    (Standing.STAFF, "科员", 20),
    (Standing.STAFF, "教研员", 13),
    (Standing.STAFF, "干事", 8),
)

# How many of a hundred are women.
WOMEN = {
    Standing.PRINCIPAL: 25,
    Standing.DEPUTY: 30,
    Standing.MIDDLE: 40,
    Standing.STAFF: 58,
    Standing.GUARD: 0,
    Standing.DORM: 50,
}
WOMEN_IN_KINDERGARTENS = 96
WOMEN_AT_BUREAU = 38  # so that men suffice for the nights

SENT = (Standing.STAFF,)  # leaders are mostly from here

# Principals who changed with a school year: one left, the next came.
SUCCEEDED = {"U011": date(2026, 3, 1), "U029": date(2026, 8, 31)}


# Teachers who come or go within or between the terms, out of a hundred.
COMING = (date(2025, 11, 10), date(2026, 3, 1), date(2026, 8, 31))
GOING = (date(2025, 12, 31), date(2026, 5, 31), date(2026, 10, 31))
MOVING = 4


def staff_of(
    units: Iterable[tuple[Unit, Plan]], seed: int
) -> tuple[StaffMember, ...]:
    """Everybody, numbered through the county: ``P00001`` …"""
    members = [
        member
        for unit, plan in units
        for member in _people(unit, plan, Random(f"{seed}:{unit.id}:people"))
    ]
    return tuple(
        replace(m, id=f"P{number:05}", phone=f"100000{number:05}")
        for number, m in enumerate(members, 1)
    )


def _posts(unit: Unit, plan: Plan) -> Iterator[tuple[Standing, str]]:
    """The standings and positions to be filled."""
    if unit.kind is UnitKind.BUREAU:
        for standing, position, count in BUREAU_POSTS:
            yield from [(standing, position)] * count
        return

    head, deputy = HEADS[unit.kind]
    for _ in range(2 if unit.id in SUCCEEDED else 1):
        yield Standing.PRINCIPAL, head

    yield from [(Standing.DEPUTY, deputy)] * plan.deputies
    offices = OFFICES.get(unit.kind, ())
    yield from ((Standing.MIDDLE, office) for office in offices[: plan.middle])
    yield from [(Standing.STAFF, "教师")] * plan.teachers
    yield from [(Standing.GUARD, "门卫")] * plan.guards
    yield from [(Standing.DORM, "宿管员")] * plan.keepers


def _people(unit: Unit, plan: Plan, luck: Random) -> Iterator[StaffMember]:
    names = Names(luck)
    posts = list(_posts(unit, plan))
    many = len(posts) > 12
    ranks = Counter[Standing]()

    for standing, position in posts:
        rank = ranks[standing]
        ranks[standing] += 1
        name, gender = _called(unit, standing, rank, names, luck)
        yield StaffMember(
            id="",
            name=name,
            unit=unit.id,
            gender=gender,
            standing=standing,
            position=position,
            share=_share(standing, luck) if many else 100,
            hometown_away=luck.random() < 0.12 and standing in SENT,
            employed=_employed(unit, standing, rank, luck, many=many),
        )


def _called(
    unit: Unit, standing: Standing, rank: int, names: Names, luck: Random
) -> tuple[str, Gender]:
    if standing is Standing.STAFF and (unit.id, rank) in STRIKING:
        return STRIKING[unit.id, rank]

    gender = _gender(unit, standing, rank, luck)
    return names(gender), gender


def _gender(unit: Unit, standing: Standing, rank: int, luck: Random) -> Gender:
    if standing is Standing.DORM:  # a women's and a men's dormitory
        return Gender.MALE if rank % 2 else Gender.FEMALE

    women = WOMEN[standing]
    if unit.kind is UnitKind.KINDERGARTEN and standing is not Standing.GUARD:
        women = WOMEN_IN_KINDERGARTENS

    if unit.kind is UnitKind.BUREAU:
        women = WOMEN_AT_BUREAU

    return Gender.FEMALE if luck.randrange(100) < women else Gender.MALE


def _share(standing: Standing, luck: Random) -> int:
    if standing in (Standing.PRINCIPAL, Standing.GUARD, Standing.DORM):
        return 100

    return 50 if luck.random() < 0.04 else 100


def _employed(
    unit: Unit, standing: Standing, rank: int, luck: Random, *, many: bool
) -> Period:
    if unit.id in SUCCEEDED and standing is Standing.PRINCIPAL:
        change = SUCCEEDED[unit.id]
        before = Period(None, change - timedelta(days=1))
        return Period(change) if rank else before

    moves = luck.randrange(100)
    when = luck.randrange(3)
    if standing is not Standing.STAFF or not many or moves >= 2 * MOVING:
        return Period()

    return (
        Period(None, GOING[when]) if moves < MOVING else Period(COMING[when])
    )
