"""请假, 限排, 关系, 意愿: what limits a person."""

from datetime import date

from roster.papers.columns import Column, Kind, Sheet
from roster.papers.sheets.common import (
    NUMBERING,
    SEVERAL,
    STAFF_ID,
    WHO,
    WHOSE,
    first_column,
    last_column,
)
from roster.papers.sheets.words import LIMITS, WANTS
from roster.people import LimitKind

LEAVE = Sheet(
    name="请假",
    others=("请假表", "请假情况", "请销假"),
    repeats=("unit", "name"),
    unless="id",
    about="请假、出差、培训等不能值班的日子。",
    columns=(
        NUMBERING,
        WHOSE,
        SEVERAL,
        STAFF_ID,
        first_column(
            "如2026-10-01；也可写“10月1日-3日”，结束日期不再填。",
            example=date(2026, 10, 1),
        ),
        last_column("含这一天；只请一天的与开始日期相同。", date(2026, 10, 3)),
        Column(
            key="kind",
            header="类别",
            kind=Kind.TEXT,
            others=("请假类别", "假别", "类型", "请假类型"),
            comment="只在本系统内部使用，不公开；不填按“请假”。",
            choices={
                word: word
                for word in (
                    "请假",
                    "年休",
                    "病假",
                    "事假",
                    "产假",
                    "公差",
                    "培训",
                    "借调",
                )
            },
            example="培训",
            longest=20,
        ),
    ),
)

LIMITED = Sheet(
    name="限排",
    others=("限排表", "限排情况", "免排", "不排情形"),
    repeats=("unit", "name"),
    unless="id",
    about="经审核的免排或限排，写明起止，不写原因。",
    columns=(
        NUMBERING,
        WHOSE,
        SEVERAL,
        STAFF_ID,
        Column(
            key="kind",
            header="限排",
            kind=Kind.CHOICE,
            others=("限排类别", "限排情形", "不排情形", "类别"),
            required=True,
            comment="免排：都不排；无夜班：不排夜班；不排节假日：只排周末。",
            choices=LIMITS,
            example=LimitKind.NO_NIGHT,
        ),
        Column(
            key="first",
            header="开始日期",
            kind=Kind.FIRST,
            others=first_column("").others,
            comment="不填表示早已开始。",
            example=date(2026, 9, 1),
            width=14,
        ),
        last_column("含这一天；不填表示没有期限。", date(2027, 2, 28)),
    ),
)

RELATIONS = Sheet(
    name="关系",
    others=("关系表", "回避关系", "夫妻"),
    repeats=("unit",),
    unless="id",
    about="不排在同一天的两个人，如夫妻。",
    columns=(
        NUMBERING,
        WHOSE,
        Column(
            key="name",
            header="姓名",
            kind=Kind.NAMES,
            others=WHO.others,
            comment="其中一人；也可两人都写在这一格，用顿号分开。",
            example="王强",
        ),
        STAFF_ID,
        Column(
            key="other_unit",
            header="对方单位",
            kind=Kind.UNIT,
            comment="同一单位的不填。",
            width=22,
        ),
        Column(
            key="other_name",
            header="对方姓名",
            kind=Kind.NAME,
            others=("对方", "另一人", "配偶"),
            comment="另一人。",
            example="李秀兰",
        ),
        Column(
            key="other_id",
            header="对方工号",
            kind=Kind.IDS,
            comment="对方单位有人同名时必填。",
            longest=60,
            width=16,
        ),
        Column(
            key="kind",
            header="关系",
            kind=Kind.TEXT,
            others=("关系类别",),
            comment="不填按“夫妻”。",
            choices={w: w for w in ("夫妻", "直系亲属", "其他")},
            example="夫妻",
            longest=20,
        ),
    ),
)

WISHES = Sheet(
    name="意愿",
    others=("意愿表", "值班意愿"),
    repeats=("unit", "name"),
    unless="id",
    about="希望值班或休息的日子，尽量照顾，不作保证。",
    columns=(
        NUMBERING,
        WHOSE,
        WHO,
        STAFF_ID,
        Column(
            key="dates",
            header="日期",
            kind=Kind.DATES,
            required=True,
            comment="一天，或“10月1日-3日”表示其中每一天。",
            example=date(2026, 10, 1),
            width=14,
        ),
        Column(
            key="weekday",
            header="星期",
            kind=Kind.WEEKDAY,
            comment="可以不填；填了会与日期核对。",
            width=8,
        ),
        Column(
            key="want",
            header="意愿",
            kind=Kind.CHOICE,
            others=("愿望", "希望"),
            required=True,
            comment="愿值班或愿休息。",
            choices=WANTS,
            example=False,
        ),
        Column(
            key="weight",
            header="程度",
            kind=Kind.NUMBER,
            others=("权重", "轻重"),
            comment="1至3，3最重；不填按1。",
            low=1,
            high=3,
            example=2,
            width=8,
        ),
    ),
)
