"""学期, 在校: what a roster covers, and when students are there."""

from datetime import date

from roster.papers.columns import Column, Kind, Sheet
from roster.papers.sheets.common import (
    NUMBERING,
    UNIT,
    first_column,
    last_column,
)

TERMS = Sheet(
    name="学期",
    others=("学期表",),
    about="一张值班表覆盖的时间：教学时间和随后的假期。",
    columns=(
        NUMBERING,
        Column(
            key="id",
            header="学期编号",
            kind=Kind.ID,
            others=("编号",),
            required=True,
            comment="如2026-autumn，定下后不再改。",
            example="2026-autumn",
            longest=40,
            width=16,
        ),
        Column(
            key="name",
            header="学期名称",
            kind=Kind.TEXT,
            others=("学期", "名称"),
            required=True,
            comment="印在值班表上。",
            example="2026年秋季学期",
            width=20,
        ),
        first_column("写全年月日。", example=date(2026, 8, 31)),
        last_column("含这一天，包括随后的假期。", date(2027, 2, 28)),
        Column(
            key="vacations",
            header="寒暑假",
            kind=Kind.SPANS,
            others=("假期", "寒假", "暑假", "寒暑假起止"),
            comment="如2027-01-16至2027-02-28；几段用顿号或换行分开。",
            example=((date(2027, 1, 16), date(2027, 2, 28)),),
            width=28,
        ),
    ),
)

PRESENCES = Sheet(
    name="在校",
    others=("在校表", "学生在校", "留校"),
    repeats=("unit",),
    about="休息日里有学生在校的日子：寄宿留校、集中活动、考试。",
    columns=(
        NUMBERING,
        UNIT,
        first_column("如2026-10-17；也可写范围。", example=date(2026, 10, 17)),
        last_column("含这一天。", date(2026, 10, 18)),
        Column(
            key="note",
            header="说明",
            kind=Kind.TEXT,
            others=("备注", "事由", "原因"),
            comment="如“寄宿留校”。",
            example="寄宿留校",
            width=24,
        ),
    ),
)
