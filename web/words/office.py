"""The office's own words, Chinese and English."""

from roster.days import DayKind
from roster.people import Standing, UnitKind
from roster.posts import COMBINED, DORM, DUTY, GUARD, LEAD, MIDDLE, WORDS
from web.words.roles import CALLS as CALLS
from web.words.roles import ROLES as ROLES
from web.words.roles import ROLES_EXPLAINED as ROLES_EXPLAINED

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
    "submitted": ("待审核", "submitted"),
    "approved": ("待发布", "approved"),
    "published": ("已发布", "published"),
    "withdrawn": ("已撤销", "withdrawn"),
}

STATUSES: dict[str, Pair] = {
    "": ("–", "–"),
    "optimal": ("最优，已证明", "optimal, proven"),
    "feasible": ("可行，未证到底", "feasible, not proven"),
    "edited": ("手工改过", "edited by hand"),
    "imported": ("导入的，没有求解", "imported, not solved"),
    "infeasible": ("无解", "infeasible"),
    "unknown": ("限时内无结果", "no roster in time"),
}

STEPS: dict[str, Pair] = {
    "": ("–", "–"),
    "plain": ("按制度原样", "articles as they are"),
    "gap": ("缩短间隔", "gap shortened"),
    "combined": ("带班兼值班", "leading and duty joined"),
    "pooled": ("学区统筹", "pooled in the district"),
    "relaxed": ("放宽条款", "articles relaxed"),
}

REQUESTS: dict[str, Pair] = {
    "queued": ("排队中", "queued"),
    "running": ("进行中", "running"),
    "cancelling": ("正在取消", "being cancelled"),
    "done": ("完成", "done"),
    "failed": ("出错", "failed"),
    "cancelled": ("已取消", "cancelled"),
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

CHANNELS: dict[str, Pair] = {
    "wecom": ("企业微信群机器人", "WeCom group robot"),
    "dingtalk": ("钉钉群机器人", "DingTalk group robot"),
    "feishu": ("飞书群机器人", "Feishu group robot"),
    "email": ("电子邮件", "e-mail"),
    "apprise": ("其他（Apprise 地址）", "other (Apprise URL)"),
}

MESSAGE_KINDS: dict[str, Pair] = {
    "test": ("测试", "test"),
    "duty-tomorrow": ("值班提醒", "duty tomorrow"),
    "duties-changed": ("值班变动", "duties changed"),
    "calendar-provisional": ("日历暂定", "calendar provisional"),
    "roster-due": ("催办发布", "roster due"),
    "incident": ("突发情况", "incident"),
    "zero-report-due": ("催报平安", "zero report due"),
    "roster-submitted": ("送审", "submitted"),
    "roster-returned": ("退回", "returned"),
    "roster-published": ("发布", "published"),
    "roster-withdrawn": ("撤回", "withdrawn"),
    "draw-dispatched": ("抽查任务", "check dispatched"),
    "draw-cancelled": ("抽查作废", "check cancelled"),
    "draw-short": ("检查人员不够", "inspectors missing"),
    "draw-value": ("公共值待录入", "public value due"),
    "wish-round": ("征集意愿", "wish round"),
    "wish-round-closing": ("意愿快截止", "wishes closing"),
    "swap-proposed": ("换班提议", "swap proposed"),
    "swap-agreed": ("换班同意", "swap agreed"),
    "swap-declined": ("换班谢绝", "swap declined"),
    "swap-taken-back": ("换班收回", "swap taken back"),
    "swap-waiting": ("换班待办", "swap waiting"),
    "swap-approved": ("换班批准", "swap approved"),
    "swap-refused": ("换班未批准", "swap not approved"),
    "swap-ended": ("换班失效", "swap ended"),
    "swap-moved": ("换班时间变动", "swap moved"),
    "cover-urgent": ("紧急替班", "urgent cover"),
    "comp-asked": ("补休申请", "comp-leave asked for"),
    "comp-asked-for": ("代办补休", "comp-leave on your behalf"),
    "comp-granted": ("补休获准", "comp-leave granted"),
    "comp-refused": ("补休未准", "comp-leave not granted"),
    "comp-taken-back": ("补休收回", "comp-leave taken back"),
    "comp-late": ("补休作废", "comp-leave lapsed"),
    "comp-expiring": ("补休到期", "comp-leave expiring"),
    "comp-short": ("补休多休", "too much comp-leave taken"),
}

SWAP_STATES: dict[str, Pair] = {
    "proposed": ("等对方同意", "waits for the other"),
    "agreed": ("等批准", "waits for approval"),
    "emergency": ("已生效，待补批", "in force, to be approved"),
    "done": ("已生效", "in force"),
    "taken back": ("已收回", "taken back"),
    "refused": ("没有同意", "refused"),
    "expired": ("已过期", "expired"),
    "ended": ("已失效", "ended"),
}

COMP_STATES: dict[str, Pair] = {
    "asked": ("等审批", "waits for a decision"),
    "granted": ("已批准", "granted"),
    "refused": ("没有批准", "not granted"),
    "taken back": ("已收回", "taken back"),
    "expired": ("到时没批，作废", "lapsed undecided"),
}

COMP_ENTRIES: dict[str, Pair] = {
    "earned": ("值班得", "earned"),
    "corrected": ("更正", "corrected"),
    "taken": ("休", "taken"),
    "given back": ("退还", "given back"),
}

HALVES: dict[str, Pair] = {
    "am": ("上午", "morning"),
    "pm": ("下午", "afternoon"),
}

MESSAGE_STATES: dict[str, Pair] = {
    "queued": ("待发送", "queued"),
    "sending": ("发送中", "being sent"),
    "sent": ("已发送", "sent"),
    "failed": ("发送失败", "failed"),
    "dropped": ("未发送", "not sent"),
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
