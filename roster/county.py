"""A county's whole name list as one value: what the workbook tells."""

from dataclasses import dataclass

from roster.days import Term
from roster.people import (
    Inspector,
    Leave,
    Limit,
    PastDuty,
    Presence,
    Relation,
    StaffMember,
    Unit,
    Wish,
)


@dataclass(frozen=True, slots=True)
class County:
    """
    Units, people and what limits them, each a sheet of the workbook.

    Whoever made it has checked that ids are unique and that every id
    named in one sheet is borne in another. ``absent`` names the sheets it
    says nothing of, not even that they are empty.
    """

    units: tuple[Unit, ...] = ()  # 单位
    staff: tuple[StaffMember, ...] = ()  # 人员
    leave: tuple[Leave, ...] = ()  # 请假
    limits: tuple[Limit, ...] = ()  # 限排
    relations: tuple[Relation, ...] = ()  # 关系
    wishes: tuple[Wish, ...] = ()  # 意愿
    terms: tuple[Term, ...] = ()  # 学期
    presences: tuple[Presence, ...] = ()  # 在校
    inspectors: tuple[Inspector, ...] = ()  # 检查人员
    past: tuple[PastDuty, ...] = ()  # 历史值班
    absent: frozenset[str] = frozenset()
