"""The words offices use for posts, turns, columns and empty places."""

import re
from dataclasses import dataclass

from roster.papers.dates import plain
from roster.posts import COMBINED, DORM, DUTY, GUARD, LEAD, MIDDLE

DAY, NIGHT, WHOLE = "白班", "夜班", "全天"

_TURNS = {
    DAY: ("白班", "日班", "早班", "白天"),
    NIGHT: ("夜班", "晚班", "夜间", "晚间"),
    WHOLE: ("全天", "昼夜", "24小时"),
}
_POSTS = {
    COMBINED: ("带班兼值班", "领导兼值班", "带班兼值守"),
    LEAD: (
        "带班领导", "值班领导", "领导带班", "带班人员", "带班校长",
        "带班园长", "带班干部", "值周领导", "带班", "领导",
    ),
    MIDDLE: ("值班中层", "中层值班", "中层干部", "值班主任", "中层"),
    DUTY: (
        "值班人员", "值守人员", "值班教师", "值班老师", "值班职工",
        "值班员", "教师", "老师", "值班",
    ),
    GUARD: ("值班门卫", "门卫", "保安员", "安保人员", "保安", "安保"),
    DORM: (
        "宿舍管理员", "宿管教师", "宿管老师", "宿管员", "宿管人员",
        "生活教师", "生活老师", "宿管",
    ),
}  # fmt: skip
POSTS = {word: post for post, words in _POSTS.items() for word in words}
TURNS = {word: turn for turn, words in _TURNS.items() for word in words}
# What is offered where no post was recognised.
USUAL = tuple(words[0] for words in _POSTS.values())

DATES = {"日期", "值班日期", "年月日", "月日"}
DATES_TOO = {"时间", "值班时间", "放假时间"}
WEEKDAYS = {"星期", "周次", "周几", "周"}
UNITS = {"单位", "学校", "值班单位", "单位名称", "学校名称"}
TURN_HEADS = {"班次", "值班时段", "时段"}
POST_HEADS = {"岗位", "值班岗位", "类型"}
NAME_HEADS = {"姓名", "值班人姓名", "人员", "名单"}
POSITIONS = {"职务", "职称", "工号"}
NOTES = {"备注", "说明"}
UNREAD = {
    "", "序号", "编号", "节假日", "类别", "节假日类别", "农历", "节日",
    "时间", "签名", "签字", "地点", "值班地点",
}  # fmt: skip
PHONES = re.compile("电话|手机|联系方式|短号|号码")

FOOTER = re.compile(
    r"(填报|制表|编制|审核|审批|签发|批准|填表|打印|落款)(人|日期|时间)?:"
    r"|单位\((盖章|公章)|(备注|说明|注意|注|值班要求|要求|值班电话):"
)
OPEN = {
    "", "空缺", "待定", "暂缺", "未定", "缺", "无", "—", "-", "--", "——",
    "/", "\\", "×", "x", "?", "(空缺)", "(待定)", "...", "…",
}  # fmt: skip
SAME = {"同上", "〃", '"', "″", "''"}
# What stands beside the number of a day in a month grid.
DAY_NOTE = re.compile(
    r"(法定|补假|调休|双休|补班|上班|休息|放假|休|班|初.|十.|廿.|二十.|三十"
    r"|(国庆|中秋|端午|清明|劳动|元旦|春|元宵|重阳|教师|五一|十一|除夕)节?"
    r"|寒假|暑假|周末|(周|星期)[一二三四五六日天])"
)

_TURN = "|".join(sorted(TURNS, key=len, reverse=True))
_POST = "|".join(sorted(POSTS, key=len, reverse=True))
_HEAD = re.compile(rf"(?:({_TURN})的?)?({_POST})?(?:({_TURN}))?")
_LABEL = re.compile(
    rf"(?:({_TURN})\s*)?(?:({_POST})(?:\s*\(({_TURN})\)|({_TURN}))?)?"
    r"\s*:?\s*"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Which post, in which turn; empty where nothing is said of it."""

    post: str = ""
    turn: str = ""


def bare(words: object) -> str:
    """A header without spaces, brackets and colons."""
    return re.sub(r"[\s()\[\]/:、.]", "", plain(words))


def heading(words: object) -> Heading | None:
    """What a column's header or a cell of 岗位 stands for, if for a post."""
    word = re.sub(r"(姓名|名单|签名)$", "", bare(words))
    word = re.sub(r"[\d一二三四]$", "", word)
    word = re.sub(r"(?<=班)(男|女|男性|女性)$", "", word)
    found = _HEAD.fullmatch(word)
    if not found or not word:
        return None

    before, post, after = found.groups()
    turn = TURNS.get(before or after or "", "")
    # 白班 alone is a turn of those on duty.
    return Heading(POSTS[post] if post else DUTY, turn)


def turn_of(words: object) -> str:
    """白班, 夜班, 全天 in a cell of 班次; empty for anything else."""
    return TURNS.get(bare(words), "")


def split_label(words: str) -> tuple[Heading | None, str]:
    """A post before names, 带班:王强, and what follows it."""
    found = _LABEL.match(words)
    if not found or not (found[1] or found[2]):
        return None, words

    turn = TURNS.get(found[1] or found[3] or found[4] or "", "")
    post = POSTS[found[2]] if found[2] else DUTY
    return Heading(post, turn), words[found.end() :]


def is_footer(cells: tuple[object, ...]) -> bool:
    """Whether a row is for signatures and remarks."""
    return any(
        isinstance(cell, str) and FOOTER.match(plain(cell)) for cell in cells
    )


def is_open(words: str) -> bool:
    """Whether a cell says that nobody is there yet."""
    return plain(words).casefold() in OPEN


def post_in(words: object) -> Heading | None:
    """The one post a title is about: 带班领导值班表."""
    text = re.sub("值班|安排|值守|一览|表", "", bare(words))
    posts = {POSTS[found] for found in re.findall(_POST, text)}
    return Heading(posts.pop()) if len(posts) == 1 else None
