"""检查人员, 历史值班: who checks, and who served before."""

from datetime import date

from roster import posts
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
from roster.papers.sheets.words import DAYS, POSTS

INSPECTORS = Sheet(
    name="检查人员",
    others=("检查人员表", "抽查人员", "检查员"),
    about="可以抽去检查学校值班的人，及其应当回避的单位。",
    columns=(
        NUMBERING,
        WHOSE,
        WHO,
        STAFF_ID,
        Column(
            key="first",
            header="开始日期",
            kind=Kind.FIRST,
            others=first_column("").others,
            comment="不填表示现在起。",
            width=14,
        ),
        last_column("不填表示没有期限。"),
        Column(
            key="recused",
            header="回避单位",
            kind=Kind.UNITS,
            others=("回避", "回避学校"),
            comment="几个单位用顿号或换行分开。",
            example=("柳湾镇中心小学",),
            width=30,
        ),
    ),
)

PAST = Sheet(
    name="历史值班",
    others=("历史值班表", "以往值班", "值班记录"),
    repeats=("unit", "date"),
    about="启用本系统之前值过的班，用来接续各人的次数。",
    columns=(
        NUMBERING,
        WHOSE,
        Column(
            key="date",
            header="日期",
            kind=Kind.DATE,
            others=("值班日期",),
            required=True,
            comment="写全年月日。与上一行相同时可以不填。",
            example=date(2026, 5, 1),
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
            key="post",
            header="岗位",
            kind=Kind.CHOICE,
            others=("值班岗位",),
            required=True,
            comment="从下拉框中选。",
            choices=POSTS,
            example=posts.DUTY,
        ),
        SEVERAL,
        STAFF_ID,
        Column(
            key="kind",
            header="日期类别",
            kind=Kind.CHOICE,
            others=("类别", "节假日"),
            comment="可以不填，由日历算出。",
            choices=DAYS,
            width=10,
        ),
    ),
)
