"""
The ten sheets of the name list, each described once.

Reading, the empty template and the export all follow these.
"""

from datetime import date

from roster import posts
from roster.papers.columns import Column, Kind, Sheet
from roster.people import Gender, LimitKind, Standing, UnitKind

KINDS = {
    "局机关": UnitKind.BUREAU,
    "学校": UnitKind.SCHOOL,
    "幼儿园": UnitKind.KINDERGARTEN,
    "教学点": UnitKind.TEACHING_POINT,
    "学区": UnitKind.DISTRICT,
    "机关": UnitKind.BUREAU,
    "教育局": UnitKind.BUREAU,
    "小学": UnitKind.SCHOOL,
    "中学": UnitKind.SCHOOL,
    "初中": UnitKind.SCHOOL,
    "高中": UnitKind.SCHOOL,
    "完小": UnitKind.SCHOOL,
    "中小学": UnitKind.SCHOOL,
    "九年制学校": UnitKind.SCHOOL,
    "中心学校": UnitKind.SCHOOL,
    "园": UnitKind.KINDERGARTEN,
    "村小": UnitKind.TEACHING_POINT,
}
GENDERS = {
    **{g.value: g for g in Gender},
    "女性": Gender.FEMALE,
    "男性": Gender.MALE,
}
STANDINGS = {
    **{s.value: s for s in Standing},
    "局长": Standing.PRINCIPAL,
    "校长": Standing.PRINCIPAL,
    "园长": Standing.PRINCIPAL,
    "副局长": Standing.DEPUTY,
    "副校长": Standing.DEPUTY,
    "副园长": Standing.DEPUTY,
    "校级": Standing.DEPUTY,
    "中层干部": Standing.MIDDLE,
    "教师": Standing.STAFF,
    "教职工": Standing.STAFF,
    "职员": Standing.STAFF,
    "科员": Standing.STAFF,
    "保安": Standing.GUARD,
    "生活老师": Standing.DORM,
    "生活教师": Standing.DORM,
}
LIMITS = {
    **{k.value: k for k in LimitKind},
    "免值班": LimitKind.NO_DUTY,
    "不排": LimitKind.NO_DUTY,
    "不排夜班": LimitKind.NO_NIGHT,
    "免夜班": LimitKind.NO_NIGHT,
    "免节假日": LimitKind.NO_HOLIDAY,
}
POSTS = {
    "带班领导": posts.LEAD,
    "值班员": posts.DUTY,
    "中层": posts.MIDDLE,
    "门卫": posts.GUARD,
    "宿管": posts.DORM,
    "带班兼值班": posts.COMBINED,
    "带班": posts.LEAD,
    "带班干部": posts.LEAD,
    "值班": posts.DUTY,
    "值班人员": posts.DUTY,
    "值班教师": posts.DUTY,
    "保安": posts.GUARD,
}
DAYS = {
    word: meaning
    for meaning in ("双休", "节假日", "春节")
    for word in (meaning,)
} | {"周末": "双休", "双休日": "双休", "法定节假日": "节假日"}
WANTS = {
    "愿值班": True,
    "愿休息": False,
    "想值班": True,
    "值班": True,
    "想休息": False,
    "休息": False,
    "不值班": False,
}

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


def _first(
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


def _last(comment: str, example: object = None) -> Column:
    return Column(
        key="last",
        header="结束日期",
        kind=Kind.DATE,
        others=("截止日期", "终止日期", "结束", "止", "止日期", "结束时间"),
        comment=comment,
        example=example,
        width=14,
    )


UNITS = Sheet(
    name="单位",
    others=("单位表", "学校", "单位名单"),
    required=True,
    about="局机关、学区、学校、幼儿园、教学点，每个一行。",
    columns=(
        NUMBERING,
        Column(
            key="id",
            header="单位编号",
            kind=Kind.ID,
            others=("编号", "单位代码", "学校代码"),
            comment="自己编的短编号，定下后不再改。不填则由名称自动生成。",
            example="U010",
            longest=40,
        ),
        Column(
            key="name",
            header="单位名称",
            kind=Kind.TEXT,
            others=("单位", "名称", "学校", "学校名称"),
            required=True,
            comment="全称，不能重复。",
            example="柳湾镇中心小学",
            width=24,
        ),
        Column(
            key="kind",
            header="单位类型",
            kind=Kind.CHOICE,
            others=("类型", "类别", "单位类别"),
            required=True,
            comment="从下拉框中选。学区本身不排值班表。",
            choices=KINDS,
            example=UnitKind.SCHOOL,
        ),
        Column(
            key="parent",
            header="上级单位",
            kind=Kind.UNIT,
            others=("所属学区", "学区", "主管单位"),
            comment="上一级单位的名称或编号；局机关不填。",
            width=20,
        ),
        Column(
            key="boarding",
            header="寄宿",
            kind=Kind.YES_NO,
            others=("是否寄宿", "寄宿制"),
            comment="有住宿学生填“是”，不填按“否”。",
            otherwise=False,
            example=False,
            width=8,
        ),
        Column(
            key="public",
            header="公办",
            kind=Kind.YES_NO,
            others=("是否公办",),
            comment="民办填“否”，不填按“是”。",
            otherwise=True,
            example=True,
            width=8,
        ),
        Column(
            key="phone",
            header="值班电话",
            kind=Kind.PHONE,
            others=("电话", "固定电话", "联系电话", "单位电话"),
            comment="固定值班电话，如0933-6120001。",
            example="0933-6120001",
            width=16,
        ),
    ),
)

STAFF = Sheet(
    name="人员",
    others=("人员表", "人员名单", "名册", "教职工", "花名册"),
    required=True,
    repeats=("unit",),
    about="可以排值班的人，每人一行；同单位有人同名时两人都填工号。",
    columns=(
        NUMBERING,
        UNIT,
        Column(
            key="name",
            header="姓名",
            kind=Kind.NAME,
            others=("人员姓名", "教职工姓名", "教师姓名"),
            required=True,
            comment="一格一人。",
            example="王强",
            longest=40,
        ),
        Column(
            key="id",
            header="工号",
            kind=Kind.ID,
            others=("人员编号", "职工号"),
            comment=(
                "全县不重复，定下后不再改。"
                "不填则用“单位编号-姓名”；同单位有人同名时必填。"
            ),
            longest=60,
            width=16,
        ),
        Column(
            key="gender",
            header="性别",
            kind=Kind.CHOICE,
            required=True,
            comment="女或男。",
            choices=GENDERS,
            example=Gender.MALE,
            width=7,
        ),
        Column(
            key="standing",
            header="身份",
            kind=Kind.CHOICE,
            others=("人员类别", "人员身份", "岗位类别"),
            required=True,
            comment=(
                "从下拉框中选。主要负责人：局长、校（园）长；"
                "班子成员：副局长、副校（园）长；职工：教师、科员。"
            ),
            choices=STANDINGS,
            example=Standing.MIDDLE,
            width=13,
        ),
        Column(
            key="position",
            header="职务",
            kind=Kind.TEXT,
            others=("岗位", "科室岗位", "职务岗位"),
            comment="印在值班表上，如“教导主任”。",
            example="教导主任",
            longest=40,
            width=14,
        ),
        Column(
            key="phone",
            header="手机",
            kind=Kind.PHONE,
            others=("手机号", "手机号码", "联系电话", "电话"),
            comment="11位手机号。默认不在网页和值班表上显示。",
            example="13900000000",
            width=15,
        ),
        Column(
            key="share",
            header="份额",
            kind=Kind.NUMBER,
            others=("份额%", "值班份额", "份额百分比"),
            comment="承担的值班份额，百分数。100为一份，50为半份；不填按100。",
            otherwise=100,
            example=100,
            width=8,
        ),
        Column(
            key="hometown_away",
            header="家在外地",
            kind=Kind.YES_NO,
            others=("外地", "是否家在外地"),
            comment="家在外地的填“是”，长假尽量照顾；不填按“否”。",
            otherwise=False,
            example=False,
            width=10,
        ),
        Column(
            key="first",
            header="到岗日期",
            kind=Kind.DATE,
            others=("入职日期", "到岗时间"),
            comment="到岗之前不排；一直在岗的不填。",
            width=14,
        ),
        Column(
            key="last",
            header="离岗日期",
            kind=Kind.DATE,
            others=("离职日期", "离岗时间", "退休日期"),
            comment="离岗之后不排；未定的不填。",
            width=14,
        ),
    ),
)

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
        _first(
            "如2026-10-01；也可写“10月1日-3日”，结束日期不再填。",
            example=date(2026, 10, 1),
        ),
        _last("含这一天；只请一天的与开始日期相同。", date(2026, 10, 3)),
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
            otherwise="请假",
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
            others=_first("").others,
            comment="不填表示早已开始。",
            example=date(2026, 9, 1),
            width=14,
        ),
        _last("含这一天；不填表示没有期限。", date(2027, 2, 28)),
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
            otherwise="夫妻",
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
            otherwise=1,
            low=1,
            high=3,
            example=2,
            width=8,
        ),
    ),
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
        _first("写全年月日。", example=date(2026, 8, 31)),
        _last("含这一天，包括随后的假期。", date(2027, 2, 28)),
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
        _first("如2026-10-17；也可写范围。", example=date(2026, 10, 17)),
        _last("含这一天。", date(2026, 10, 18)),
        Column(
            key="note",
            header="说明",
            kind=Kind.TEXT,
            others=("备注", "事由", "原因"),
            comment="如“寄宿留校”。",
            otherwise="",
            example="寄宿留校",
            width=24,
        ),
    ),
)

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
            others=_first("").others,
            comment="不填表示现在起。",
            width=14,
        ),
        _last("不填表示没有期限。"),
        Column(
            key="recused",
            header="回避单位",
            kind=Kind.UNITS,
            others=("回避", "回避学校"),
            comment="几个单位用顿号或换行分开。",
            otherwise=(),
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
            otherwise="",
            width=10,
        ),
    ),
)

SHEETS = (
    UNITS,
    STAFF,
    LEAVE,
    LIMITED,
    RELATIONS,
    WISHES,
    TERMS,
    PRESENCES,
    INSPECTORS,
    PAST,
)
