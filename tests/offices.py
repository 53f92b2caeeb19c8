"""Invented units of the county for tests: a bureau, a school, its people."""

from datetime import date

from calendars import China
from roster.days import Term
from roster.people import (
    Gender,
    StaffMember,
    Standing,
    Unit,
    UnitKind,
)
from roster.rules.case import Case
from roster.rules.reader import own_books

BOOKS = own_books()
CHINA = China()

AUTUMN_2026 = Term(
    "2026-autumn",
    "2026年秋季学期",
    date(2026, 8, 31),
    date(2027, 2, 28),
    ((date(2027, 1, 16), date(2027, 2, 28)),),
)
SHORT = Term("2026-10", "2026年10月", date(2026, 9, 28), date(2026, 10, 31))

BUREAU = Unit(id="U001", name="柳湾县教科局", kind=UnitKind.BUREAU)
SCHOOL = Unit(id="U010", name="柳湾小学", kind=UnitKind.SCHOOL, parent="U001")


def member(unit: Unit, number: int, standing: Standing, **more) -> StaffMember:
    """Somebody invented; every third is a woman unless said otherwise."""
    more.setdefault("gender", Gender.FEMALE if number % 3 else Gender.MALE)
    return StaffMember(
        id=f"{unit.id}-{number:02}",
        name=f"甲{number:02}",
        unit=unit.id,
        standing=standing,
        **more,
    )


def people(unit: Unit, *standings: tuple[Standing, int]):
    """So many people of each standing, numbered through."""
    every = [s for standing, count in standings for s in [standing] * count]
    return tuple(member(unit, n, s) for n, s in enumerate(every))


def bureau_staff(size: int = 60) -> tuple[StaffMember, ...]:
    """A head, six deputies, ten of middle rank, the rest staff."""
    return people(
        BUREAU,
        (Standing.PRINCIPAL, 1),
        (Standing.DEPUTY, 6),
        (Standing.MIDDLE, 10),
        (Standing.STAFF, size - 17),
    )


def school_staff(size: int = 25) -> tuple[StaffMember, ...]:
    """A principal, two deputies, four of middle rank, the rest teachers."""
    return people(
        SCHOOL,
        (Standing.PRINCIPAL, 1),
        (Standing.DEPUTY, 2),
        (Standing.MIDDLE, 4),
        (Standing.STAFF, size - 7),
    )


def make_case(unit: Unit = SCHOOL, term: Term = AUTUMN_2026, **more) -> Case:
    """A unit's term with everything else as the documents have it."""
    bureau = unit.kind is UnitKind.BUREAU
    more.setdefault("staff", bureau_staff() if bureau else school_staff())
    return Case(
        unit=unit,
        term=term,
        days=tuple(CHINA.days(term.first, term.last)),
        book=BOOKS["bureau" if bureau else "schools"],
        **more,
    )
