"""Columns that several sheets share."""

from roster.papers.columns import Column, Kind

NUMBERING = Column(key="no", header="序号", kind=Kind.NUMBERING, width=6)
UNIT = Column(
    key="unit",
    header="单位",
    kind=Kind.UNIT,
    others=("所在单位", "学校", "单位名称"),
    required=True,
    comment="与“单位”表中的名称（或编号）一致。与上一行相同时可以不填。",
    example="柳湾镇中心小学",
    width=22,
)
# In lists that point at people the number alone is enough.
WHOSE = Column(
    key="unit",
    header="单位",
    kind=Kind.UNIT,
    others=UNIT.others,
    comment="这个人所在的单位。与上一行相同时可以不填。",
    example="柳湾镇中心小学",
    width=22,
)
WHO = Column(
    key="name",
    header="姓名",
    kind=Kind.NAME,
    others=("人员", "人员姓名", "教职工", "教师姓名"),
    comment="与“人员”表一致；本单位有人同名时须填工号。",
    example="王强",
)
SEVERAL = Column(
    key="name",
    header="姓名",
    kind=Kind.NAMES,
    others=WHO.others,
    comment=(
        "与“人员”表一致；几个人用顿号或换行分开。本单位有人同名时须填工号。"
    ),
    example="王强",
)
STAFF_ID = Column(
    key="id",
    header="工号",
    kind=Kind.IDS,
    others=("人员编号", "职工号"),
    comment="本单位有人同名时必填，其余可以不填。",
    longest=60,
    width=16,
)


def first_column(
    comment: str, *, required: bool = True, example: object = None
) -> Column:
    return Column(
        key="first",
        header="开始日期",
        kind=Kind.FIRST if required else Kind.DATE,
        others=("起始日期", "开始", "起", "起日期", "起止日期", "开始时间"),
        required=required,
        comment=comment,
        example=example,
        width=14,
    )


def last_column(comment: str, example: object = None) -> Column:
    return Column(
        key="last",
        header="结束日期",
        kind=Kind.DATE,
        others=("截止日期", "终止日期", "结束", "止", "止日期", "结束时间"),
        comment=comment,
        example=example,
        width=14,
    )
