"""The office's own words, Chinese and English."""

from roster.days import DayKind
from roster.people import Standing, UnitKind
from roster.posts import COMBINED, DORM, DUTY, GUARD, LEAD, MIDDLE, WORDS

Pair = tuple[str, str]

DAY_KINDS: dict[DayKind, Pair] = {
    DayKind.STATUTORY: ("法定", "statutory"),
    DayKind.SUBSTITUTE: ("补假", "substitute"),
    DayKind.EXCHANGED: ("调休", "exchanged"),
    DayKind.WEEKEND: ("双休", "weekend"),
    DayKind.MAKE_UP: ("补班", "make-up workday"),
    DayKind.WORKDAY: ("工作日", "workday"),
}

FESTIVALS: dict[str, Pair] = {
    "元旦": ("元旦", "New Year’s Day"),
    "除夕": ("除夕", "Spring Festival Eve"),
    "春节": ("春节", "Spring Festival"),
    "清明节": ("清明节", "Qingming"),
    "劳动节": ("劳动节", "Labour Day"),
    "端午节": ("端午节", "Dragon Boat"),
    "中秋节": ("中秋节", "Mid-Autumn"),
    "国庆节": ("国庆节", "National Day"),
}

UNIT_KINDS: dict[UnitKind, Pair] = {
    UnitKind.BUREAU: ("局机关", "bureau"),
    UnitKind.DISTRICT: ("学区", "district"),
    UnitKind.SCHOOL: ("学校", "school"),
    UnitKind.KINDERGARTEN: ("幼儿园", "kindergarten"),
    UnitKind.TEACHING_POINT: ("教学点", "teaching point"),
}

POSTS: dict[str, Pair] = {
    LEAD: (WORDS[LEAD], "leader"),
    COMBINED: (WORDS[COMBINED], "leader and duty"),
    MIDDLE: (WORDS[MIDDLE], "middle manager"),
    DUTY: (WORDS[DUTY], "duty"),
    GUARD: (WORDS[GUARD], "guard"),
    DORM: (WORDS[DORM], "dormitory"),
}

SHORT_POSTS: dict[str, Pair] = {
    LEAD: ("带", "L"),
    COMBINED: ("带值", "L+D"),
    MIDDLE: ("中", "M"),
    DUTY: ("值", "D"),
    GUARD: ("门", "G"),
    DORM: ("宿", "N"),
}

STANDINGS: dict[Standing, Pair] = {
    Standing.PRINCIPAL: ("主要负责人", "head"),
    Standing.DEPUTY: ("班子成员", "leadership"),
    Standing.MIDDLE: ("中层", "middle manager"),
    Standing.STAFF: ("职工", "staff"),
    Standing.GUARD: ("门卫", "guard"),
    Standing.DORM: ("宿管", "dormitory"),
}

PRESENCES: dict[str, Pair] = {
    "全天到岗": ("全天到岗", "there all day"),
    "白天到岗夜间电话": (
        "白天到岗，夜间电话",
        "there by day, by telephone at night",
    ),
    "电话带班": ("电话带班", "by telephone"),
}

STATES: dict[str, Pair] = {
    "": ("未生成", "none"),
    "draft": ("草稿", "draft"),
    "published": ("已发布", "published"),
}

STATUSES: dict[str, Pair] = {
    "": ("–", "–"),
    "optimal": ("最优，已证明", "optimal, proven"),
    "feasible": ("可行，未证到底", "feasible, not proven"),
    "infeasible": ("无解", "infeasible"),
    "unknown": ("限时内无结果", "no roster in time"),
}

STEPS: dict[str, Pair] = {
    "": ("–", "–"),
    "plain": ("按制度原样", "articles as they are"),
    "gap": ("缩短间隔", "gap shortened"),
    "combined": ("带班兼值班", "leading and duty joined"),
    "pooled": ("学区统筹", "pooled in the district"),
}

LEDGERS: dict[str, Pair] = {
    "spring": ("春节", "Spring Festival"),
    "holiday": ("节假日", "holidays"),
    "weekend": ("周末", "weekends"),
    "total": ("合计", "total"),
}

TIERS: dict[int, Pair] = {
    1: ("春节均衡", "Spring Festival even"),
    2: ("节假日均衡", "holidays even"),
    3: ("周末均衡", "weekends even"),
    4: ("总次数均衡", "all duties even"),
    5: ("意愿与照顾", "wishes"),
    6: ("间隔均匀", "spacing"),
}

WAYS: dict[str, Pair] = {
    "on_site": ("现场", "on the spot"),
    "video": ("视频", "by video"),
    "phone": ("电话", "by telephone"),
}

RESULTS_ENGLISH = {
    "OK": "in place",
    "OK_SUB": "substitute, reported",
    "OK_AWAY": "briefly away, whereabouts reported",
    "LATE": "late",
    "SUB_UNREPORTED": "substitute, not reported",
    "ABSENT": "absent",
    "UNMANNED": "nobody there",
    "UNAWARE": "did not know of the duty",
    "LEADER_ABSENT": "leader absent",
    "CALLBACK_LATE": "called back late",
    "NO_ANSWER": "no answer yet",
    "PHONE_INVALID": "wrong number",
    "VIDEO_TECH": "video failed (network, device)",
    "LOG_MISSING": "no duty log",
    "LOG_PARTIAL": "duty log incomplete",
    "GATE": "gate not kept",
    "NOT_REQUIRED": "no duty required",
}

VERDICTS: dict[str, Pair] = {
    "pass": ("在岗", "in place"),
    "issue": ("有问题", "issue"),
    "fail": ("不在岗", "fail"),
    "pending": ("待核实", "pending"),
    "unjudged": ("不作判断", "not judged"),
    "note": ("仅记录", "note"),
    "advice": ("建议", "advice"),
}

FORCES: dict[str, Pair] = {
    "mandatory": ("必须遵守", "mandatory"),
    "goal": ("尽量做到", "goal"),
    "information": ("告知", "information"),
}

WEEKDAYS: tuple[Pair, ...] = (
    ("一", "Mon"),
    ("二", "Tue"),
    ("三", "Wed"),
    ("四", "Thu"),
    ("五", "Fri"),
    ("六", "Sat"),
    ("日", "Sun"),
)
