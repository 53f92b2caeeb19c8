"""The words of drop-downs, with other spellings of the same."""

from roster import posts
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
