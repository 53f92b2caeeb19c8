"""
Messages as sentences: the words are made when they are sent or shown.

Another kind of message is a line in ``SENTENCES``. In braces stand the
facts it was queued with, told as ``_told`` tells them, and ``{unit_name}``
for the unit it is about.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from roster.messages.kinds import PEOPLE, UNITS
from roster.services.message_views import MessageView
from web.language import CHINESE
from web.words.conflicts import post_word
from web.words.dates import full_date
from web.words.deadlines import span_word
from web.words.office import Pair

SENTENCES: dict[str, Pair] = {
    "test": (
        "这是一条测试消息，收到即表示{unit_name}的消息渠道可用。",
        "A test: whoever reads this is reached by the channel of {unit_name}.",
    ),
    "duty-tomorrow": (
        "值班提醒：{date} {hours} 在{unit_name}值班（{post}）。",
        "Your duty: {date} {hours} at {unit_name} ({post}).",
    ),
    "duties-changed": (
        "{unit_name}的值班表有变动。{gained}{lost}详见网站“我的值班”。",
        "The roster of {unit_name} has changed. {gained}{lost}"
        "See your duties on the site.",
    ),
    "calendar-provisional": (
        "{year}年的放假通知尚未录入，已发布的值班表里有{year}年的日期（暂定）。"
        "通知发布后请导入官方日历。",
        "No notice for {year} is known, yet published rosters cover dates "
        "of it (provisional). Import the notice once it is out.",
    ),
    "roster-due": (
        "{unit_name}{span}的值班表应于{date}前发布，现在还没有发布。",
        "The roster of {unit_name} for {span} is to be published by {date}; "
        "it is not yet.",
    ),
    "incident": (
        "{unit_name}报告突发情况，发生在{date} {time}。详见网站“突发情况”。",
        "{unit_name} reports an incident of {date}, {time}. See the site.",
    ),
    "zero-report-due": (
        "{date}{unit_name}还没有报平安（零报告），{time}前要报。请在“我的值班”里点一下。",
        "{unit_name} has not sent its zero report of {date}; it is due by "
        "{time}. One tap under “My duty” will do.",
    ),
    "roster-submitted": (
        "{unit_name}的值班表草稿已送审，请审核。",
        "A draft of {unit_name} has been submitted for review.",
    ),
    "roster-returned": (
        "{unit_name}的值班表草稿被退回，请按意见修改后再送审。",
        "A draft of {unit_name} has been returned with remarks.",
    ),
    "roster-published": (
        "{unit_name}的值班表已发布（第{version}版）。",
        "The roster of {unit_name} has been published (version {version}).",
    ),
    "roster-withdrawn": (
        "{unit_name}的值班表已撤销，请以新发布的为准。",
        "The roster of {unit_name} has been withdrawn; wait for the next.",
    ),
    "wish-round": (
        "{unit_name}征集{term_name}的值班意愿和请假，{date} {time} 截止，"
        "请在网站“我的意愿”里填写。",
        "{unit_name} asks for your wishes and leave for {term_name}, until "
        "{date}, {time}. Answer on the site under “My wishes”.",
    ),
    "wish-round-closing": (
        "{unit_name}征集{term_name}的值班意愿和请假，{date} {time} 截止，"
        "你还没有答复。请在网站“我的意愿”里填写，没有意愿也点一下。",
        "{unit_name} asks for your wishes and leave for {term_name} until "
        "{date}, {time}; you have not answered. Do so under “My wishes”, "
        "also if you have none.",
    ),
    "swap-proposed": (
        "{by}向你提出换班：{mine} ⇄ {yours}。请登录网站答复。",
        "{by} proposes a swap: {mine} ⇄ {yours}. Answer on the site.",
    ),
    "swap-agreed": (
        "{by}已同意换班：{mine} ⇄ {yours}。",
        "{by} agrees to the swap {mine} ⇄ {yours}.",
    ),
    "swap-declined": (
        "{by}不同意换班：{mine} ⇄ {yours}。",
        "{by} declines the swap {mine} ⇄ {yours}.",
    ),
    "swap-taken-back": (
        "{by}已收回换班：{mine} ⇄ {yours}。",
        "{by} has taken back the swap {mine} ⇄ {yours}.",
    ),
    "swap-waiting": (
        "有换班等待处理：{mine} ⇄ {yours}。",
        "A swap waits for an answer: {mine} ⇄ {yours}.",
    ),
    "swap-approved": (
        "换班已批准：{mine} ⇄ {yours}。",
        "The swap has been approved: {mine} ⇄ {yours}.",
    ),
    "swap-refused": (
        "换班未获批准：{mine} ⇄ {yours}。",
        "The swap has not been approved: {mine} ⇄ {yours}.",
    ),
    "swap-ended": (
        "换班已失效：{mine} ⇄ {yours}。值班以已发布的值班表为准。",
        "The swap {mine} ⇄ {yours} has ended; the published roster holds.",
    ),
    "swap-moved": (
        "换班 {mine} ⇄ {yours} 的值班时间有变动，换班照旧；不合适可以收回。",
        "The hours of the swap {mine} ⇄ {yours} have changed; it stands, and "
        "you may take it back.",
    ),
    "draw-dispatched": (
        "有一项值班抽查派给您，现在开始。请登录网站“我的抽查”查看。",
        "A spot check is dispatched to you, beginning now. See “My checks” "
        "on the site.",
    ),
    "draw-cancelled": (
        "派给您的一项抽查已作废，不用去了。",
        "A spot check dispatched to you has been cancelled.",
    ),
    "draw-short": (
        "有一项抽查因回避或无人，检查人员不够，请登录网站“抽查方案”查看。",
        "A drawn check lacks inspectors (recused or none there). See the "
        "series on the site.",
    ),
    "draw-value": (
        "今晚的公共值已公布，还没有录入。请在“抽查方案”里录入，过时按缺失抽取。",
        "Tonight’s public value is out and not entered yet. Enter it with "
        "the series; else it is drawn without.",
    ),
    "cover-urgent": (
        "紧急替班：{date} {hours} {unit_name}（{post}）"
        "由{stand_in}替{other}。",
        "Urgent cover: {date} {hours} at {unit_name} ({post}): {stand_in} "
        "stands in for {other}.",
    ),
    "comp-asked": (
        "{by}申请补休：{first}至{last}，{halves} 个半天。请登录网站审批。",
        "{by} asks for comp-leave: {first} to {last}, {halves} half-days. "
        "Decide on the site.",
    ),
    "comp-asked-for": (
        "编排人已替你申请补休：{first}至{last}，{halves} 个半天。",
        "An editor has asked for comp-leave for you: {first} to {last}, "
        "{halves} half-days.",
    ),
    "comp-granted": (
        "你的补休已批准：{first}至{last}，{halves} 个半天。",
        "Your comp-leave is granted: {first} to {last}, {halves} half-days.",
    ),
    "comp-refused": (
        "你申请的补休（{first}至{last}）未获批准，原因见网站“我的补休”。",
        "Your comp-leave ({first} to {last}) was not granted; see “My "
        "comp-leave” on the site for the reason.",
    ),
    "comp-taken-back": (
        "{by}的补休（{first}至{last}）已收回，没休的半天已退还。",
        "The comp-leave of {by} ({first} to {last}) was taken back; what was "
        "not taken is given back.",
    ),
    "comp-late": (
        "你申请的补休（{first}至{last}）到时没有批，已作废，半天数不变。",
        "Your comp-leave ({first} to {last}) was not decided in time and has "
        "lapsed; nothing was used up.",
    ),
    "comp-expiring": (
        "你有 {halves} 个半天补休快到期，最早的{date}后作废，"
        "请在“我的补休”里安排。",
        "{halves} half-days of your comp-leave expire soon, the first after "
        "{date}. Plan them under “My comp-leave”.",
    ),
    "comp-short": (
        "值班记录更正后，你的补休多休了 {halves} 个半天，以后值班时抵扣，"
        "详见“我的补休”。",
        "After a correction of duties you have taken {halves} half-days of "
        "comp-leave too many; coming duties make up for them. See “My "
        "comp-leave”.",
    ),
}

# Begins every text, so that a robot may demand it as its keyword.
MARK = "【值班】"

# What goes before a list of duties.
BEFORE: dict[str, Pair] = {
    "gained": ("新增：{}。", "New: {}. "),
    "lost": ("取消：{}。", "No longer: {}. "),
}


def message_sentence(view: MessageView, language: str = CHINESE) -> str:
    """What a message says to whom it is for."""
    facts = {
        name: _told(name, value, view.names, language)
        for name, value in view.facts.items()
    }
    facts.setdefault("unit_name", view.unit_name)
    facts.setdefault("yours", _pick(("代班", "a cover"), language))
    return _pick(SENTENCES[view.kind], language).format_map(_Facts(facts))


def parcel_text(
    views: Sequence[MessageView], *, personal: bool, site: str = ""
) -> str:
    """A parcel as one text; a group is told whom each line is for."""
    lines = [
        message_sentence(view)
        if personal or not view.staff_name
        else f"{view.staff_name}：{message_sentence(view)}"
        for view in views
    ]
    joint = "\n" if len(lines) > 1 else ""
    if site:
        lines.append(f"{site}/messages")

    return MARK + joint + "\n".join(lines)


def test_text(name: str) -> str:
    """What a test of a unit's or a person's channel says."""
    return MARK + SENTENCES["test"][0].format(unit_name=name)


class _Facts(dict[str, str]):
    """Facts for a template; a missing one shows as a dash."""

    def __missing__(self, key: str) -> str:
        return "" if key in BEFORE else "–"


def _told(
    name: str, value: Any, names: Mapping[str, str], language: str
) -> str:
    """
    A fact in words, by its name.

    People and units by their names; ``date``, ``first``, ``last`` as
    dates; ``hours`` as ``[start, end]``; ``post`` as the post's word;
    ``mine`` and ``yours`` as a duty, ``[date, post]``; ``gained`` and
    ``lost`` as lists of duties; ``span`` as what a deadline is about,
    ``[span, first date, holiday]``.
    """
    if name in PEOPLE or name in UNITS:
        ids = [value] if isinstance(value, str) else value
        return "、".join(names.get(id_, id_) for id_ in ids)

    if name in ("date", "first", "last"):
        return full_date(date.fromisoformat(value), language)

    if name == "post":
        return _post(value, language)

    if name == "hours":
        return _hours(value, language)

    if name == "span":
        kind, first, word = value
        return span_word(kind, date.fromisoformat(first), word, language)

    if name in ("mine", "yours"):
        return _duty(value, language)

    if name in BEFORE:
        duties = [_duty(duty, language) for duty in value]
        joint = "、" if language == CHINESE else ", "
        told = _pick(BEFORE[name], language).format(joint.join(duties))
        return told if duties else ""

    return str(value)


def _duty(value: Sequence[str], language: str) -> str:
    when, post = value
    told = full_date(date.fromisoformat(when), language)
    if language == CHINESE:
        return f"{told}{_post(post, language)}"

    return f"{told} ({_post(post, language)})"


def _hours(value: Sequence[str], language: str) -> str:
    start, end = map(datetime.fromisoformat, value)
    later = "次日" if language == CHINESE else "next day "
    night = later if end.date() > start.date() else ""
    return f"{start:%H:%M}–{night}{end:%H:%M}"


def _post(post: str, language: str) -> str:
    return post_word(post, 0 if language == CHINESE else 1)


def _pick(pair: Pair, language: str) -> str:
    return pair[0 if language == CHINESE else 1]


ERRORS: dict[str, Pair] = {
    "unreachable": ("连不上对方服务器", "server not reached"),
    "timeout": ("对方超时未答复", "no answer in time"),
    "certificate": ("对方证书不可信", "certificate not trusted"),
    "http": ("对方服务器出错（HTTP {}）", "server error (HTTP {})"),
    "refused": ("对方拒收（代码 {}）", "refused (code {})"),
    "no-json": ("对方的答复读不懂", "answer not understood"),
    "interrupted": (
        "发送时程序中断，可能已送达",
        "broken off while sending; it may have arrived",
    ),
    "too-late": ("已过时，不再发送", "too late to be sent"),
    "no-channel": ("没有消息渠道，仅网站可见", "no channel; on the site only"),
    "bad-address": ("渠道地址不可用", "address not usable"),
    "not-taken": ("对方未接收", "not taken"),
    "broken": ("发送程序出错（{}）", "sending failed ({})"),
}


def error_words(code: str, language: str = CHINESE) -> str:
    """Why a message was not sent."""
    name, _, detail = code.partition(":")
    return _pick(ERRORS[name], language).format(detail) if name else ""
