"""The name list's sheets, headers and drop-downs in the other language."""

from web.language import CHINESE
from web.words.office import Pair

# What can be changed one at a time: the word for all, and for one.
KINDS: dict[str, Pair] = {
    "staff": ("人员", "people"),
    "leave": ("请假", "leave"),
    "limit": ("限排", "dated limits"),
    "relation": ("回避关系", "kept apart"),
    "wish": ("意愿", "wishes"),
    "presence": ("学生在校", "students present"),
    "past": ("历史值班", "past duties"),
    "unit": ("单位", "units"),
    "term": ("学期", "terms"),
    "inspector": ("检查人员", "inspectors"),
}

ONE: dict[str, Pair] = {
    "staff": ("人员", "person"),
    "leave": ("请假", "leave"),
    "limit": ("限排", "limit"),
    "relation": ("回避关系", "pair kept apart"),
    "wish": ("意愿", "wish"),
    "presence": ("在校日期", "presence of students"),
    "past": ("历史值班", "past duty"),
    "unit": ("单位", "unit"),
    "term": ("学期", "term"),
    "inspector": ("检查人员", "inspector"),
}

# What a list says while there is nothing in it.
NOTHING: dict[str, Pair] = {
    "staff": (
        "还没有登记人员。可以逐个登记，也可以用名册一次导入。",
        "Nobody is recorded yet. Add people one by one, or import a workbook.",
    ),
    "leave": (
        "没有登记请假。请假、出差、培训期间不排值班，请在排班之前登记。",
        "No leave is recorded. Nobody is put on duty while on leave, so "
        "record it before rosters are made.",
    ),
    "limit": (
        "没有登记限排。经审核的免排、无夜班、不排节假日在这里登记，只写起止日期，"
        "不写原因。",
        "No limits are recorded. Approved exemptions go here, with their "
        "dates and without the reason.",
    ),
    "relation": (
        "没有登记回避关系。不宜排在同一天的两个人（如夫妻）在这里登记。",
        "Nobody is kept apart. Two people who should not be on duty on one "
        "day, such as a couple, go here.",
    ),
    "wish": (
        "没有登记意愿。希望值班或休息的日子尽量照顾，不作保证。",
        "No wishes are recorded. They are met where possible, without a "
        "promise.",
    ),
    "presence": (
        "没有登记学生在校的休息日。寄宿留校、集中活动、考试的日子要安排值班教师，"
        "请登记。",
        "No presence of students on days off is recorded. Teachers are put "
        "on duty on such days, so record them.",
    ),
    "past": (
        "没有登记历史值班。启用本系统之前值过的班在这里登记，接着算各人的次数。",
        "No past duties are recorded. Duties served before this system was "
        "in use go here, so that everybody’s count goes on from them.",
    ),
    "inspector": (
        "还没有检查人员。可以去学校检查值班的人和应当回避的单位在这里登记。",
        "There are no inspectors yet. Whoever may check duty at schools goes "
        "here, with the units they keep away from.",
    ),
    "unit": (
        "还没有单位。请先登记局机关，再登记学区和学校，或者导入名册。",
        "There are no units yet. Begin with the bureau, then districts and "
        "schools, or import a workbook.",
    ),
    "term": (
        "还没有学期。请登记一个：教学时间连同随后的假期。",
        "There is no term yet. Add one: teaching and the vacation after it.",
    ),
}

HEADERS: dict[str, str] = {
    "单位编号": "unit number",
    "单位名称": "name of the unit",
    "单位类型": "kind",
    "上级单位": "unit above",
    "寄宿": "boarding",
    "公办": "public",
    "值班电话": "duty telephone",
    "单位": "unit",
    "姓名": "name",
    "工号": "staff number",
    "性别": "gender",
    "身份": "standing",
    "职务": "position",
    "手机": "mobile",
    "份额": "share %",
    "家在外地": "family elsewhere",
    "到岗日期": "first day",
    "离岗日期": "last day",
    "开始日期": "from",
    "结束日期": "until",
    "类别": "kind",
    "限排": "limit",
    "对方姓名": "the other",
    "对方工号": "the other",
    "关系": "relation",
    "日期": "date",
    "意愿": "wish",
    "程度": "weight",
    "学期编号": "term number",
    "学期名称": "name of the term",
    "寒暑假": "vacations",
    "说明": "note",
    "岗位": "post",
    "日期类别": "kind of day",
    "回避单位": "keeps away from",
}

CHOICES: dict[str, str] = {
    "是": "yes",
    "否": "no",
    "男": "male",
    "女": "female",
    "主要负责人": "head",
    "班子成员": "leadership",
    "中层": "middle manager",
    "职工": "staff",
    "门卫": "guard",
    "宿管": "dormitory",
    "局机关": "bureau",
    "学校": "school",
    "幼儿园": "kindergarten",
    "教学点": "teaching point",
    "学区": "district",
    "带班领导": "leader on duty",
    "值班员": "on duty",
    "带班兼值班": "leader and on duty",
    "双休": "weekend",
    "节假日": "holiday",
    "春节": "Spring Festival",
    "免排": "no duty",
    "无夜班": "no nights",
    "不排节假日": "no holidays",
    "愿值班": "be on duty",
    "愿休息": "be free",
    "夫妻": "couple",
    "直系亲属": "close relatives",
    "其他": "other",
    "请假": "leave",
    "年休": "annual leave",
    "病假": "sick leave",
    "事假": "personal leave",
    "产假": "maternity leave",
    "公差": "official trip",
    "培训": "training",
    "借调": "seconded",
}

HELP: dict[tuple[str, str], Pair] = {
    ("staff", "id"): (
        "全县不重复，定下后不再改。不填则用“单位编号-姓名”。",
        "Unique in the county and never changed. Left empty it is made of "
        "unit and name.",
    ),
    ("staff", "phone"): (
        "只给本单位登录的人看，日历订阅里没有。",
        "For those of the unit who log in; no feed has it.",
    ),
    ("staff", "share"): (
        "承担的值班份额：100 为一份，50 为半份。不填按 100。",
        "Of a full share of duty: 100 is all of it, 50 is half. "
        "Empty means 100.",
    ),
    ("staff", "hometown_away"): (
        "长假期间尽量照顾。",
        "Spared over long holidays where possible.",
    ),
    ("staff", "first"): (
        "到岗之前不排；一直在岗的不填。",
        "No duty before it. Empty for those who have long been there.",
    ),
    ("staff", "last"): (
        "离岗之后不排；未定的不填。",
        "No duty after it. Empty while it is open.",
    ),
    ("staff", "standing"): (
        "主要负责人：局长、校（园）长；班子成员：副职；职工：教师、科员。",
        "Head: director or principal; leadership: their deputies; staff: "
        "teachers and officials.",
    ),
    ("leave", "last"): (
        "含这一天；只请一天的可以不填。",
        "Included. Leave it empty for a single day.",
    ),
    ("leave", "kind"): (
        "只有本单位编辑看得到；不填按“请假”。",
        "Only the unit’s editor sees it. Empty means leave.",
    ),
    ("limit", "kind"): (
        "免排：都不排；无夜班：不排夜班；不排节假日：只排周末。",
        "No duty at all; no nights; weekends only.",
    ),
    ("limit", "first"): (
        "不填表示早已开始。",
        "Empty means that it has long begun.",
    ),
    ("limit", "last"): (
        "含这一天；不填表示没有期限。",
        "Included. Empty means without an end.",
    ),
    ("relation", "kind"): ("不填按“夫妻”。", "Empty means couple."),
    ("wish", "until"): (
        "几天连着的填最后一天；只一天的不填。",
        "The last of several days. Empty for one day.",
    ),
    ("wish", "weight"): (
        "1 至 3，3 最重；不填按 1。",
        "1 to 3, 3 weighs most. Empty means 1.",
    ),
    ("presence", "last"): (
        "含这一天；只一天的可以不填。",
        "Included. Leave it empty for a single day.",
    ),
    ("presence", "note"): ("如“寄宿留校”。", "Such as boarders staying."),
    ("past", "kind"): (
        "可以不填，由日历算出。",
        "May be left to the calendar.",
    ),
    ("inspector", "name"): (
        "与人员名单一致。",
        "As in the list of people.",
    ),
    ("inspector", "id"): (
        "那个单位有人同名时必填，其余可以不填。",
        "Needed where two of that unit bear the name; else it may be empty.",
    ),
    ("inspector", "first"): (
        "不填表示现在起。",
        "Empty means from now on.",
    ),
    ("inspector", "last"): (
        "含这一天；不填表示没有期限。",
        "Included. Empty means without an end.",
    ),
    ("inspector", "recused"): (
        "不能去检查的单位，几个各写一行；本人所在的单位不必写。",
        "Units they may not check, a line each; their own need not be named.",
    ),
    ("unit", "id"): (
        "自己编的短编号，定下后不再改。不填则用名称。",
        "A short number of your own, never changed. Left empty it is the "
        "name.",
    ),
    ("unit", "parent"): ("局机关不填。", "Empty for the bureau."),
    ("unit", "boarding"): (
        "有住宿学生的选“是”。",
        "Whether students live there.",
    ),
    ("term", "id"): (
        "如 2026-autumn，定下后不再改。",
        "Such as 2026-autumn, never changed.",
    ),
    ("term", "last"): (
        "含这一天，包括随后的假期。",
        "Included, with the vacation that follows.",
    ),
    ("term", "vacations"): (
        "如 2027-01-16至2027-02-28；几段各写一行。",
        "Such as 2027-01-16至2027-02-28, a line each.",
    ),
}

UNTIL: Pair = ("到", "to")

WHY: dict[str, Pair] = {
    "left": ("已离岗", "has left by then"),
    "not-yet-there": ("还没有到岗", "is not there yet"),
    "moved": ("已调到别的单位", "has moved to another unit"),
    "leave": ("请假", "is on leave"),
    "comp-leave": ("补休", "is on comp-leave"),
    "excused": ("免排", "is excused from duty"),
    "no-night": ("不排夜班", "is excused from nights"),
    "no-holiday": ("不排节假日", "is excused from holidays"),
    "relation": ("与回避的人同一天", "with somebody to be kept apart"),
}


def header(word: str, language: str) -> str:
    """A column's header in a language."""
    return word if language == CHINESE else HEADERS.get(word, word)


def choice(word: str, language: str) -> str:
    """A drop-down's word in a language; what people wrote stays."""
    return word if language == CHINESE else CHOICES.get(word, word)
