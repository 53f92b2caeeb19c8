"""
What an inspector may find, in the office's words, and what it counts as.

A contact that failed is unverified, a network that failed is nobody's
fault, and paperwork alone is never held against anybody.
"""

from enum import Enum, StrEnum


class Way(StrEnum):
    """How a check is made."""

    ON_SITE = "on_site"  # 现场
    VIDEO = "video"  # 视频
    PHONE = "phone"  # 电话


class Verdict(StrEnum):
    """What a result counts as in a summary."""

    PASS = "pass"
    ISSUE = "issue"
    FAIL = "fail"
    PENDING = "pending"  # to be decided after a second contact
    UNJUDGED = "unjudged"  # says nothing about anybody
    NOTE = "note"
    ADVICE = "advice"


class Result(Enum):
    """A result code with the office's word and what it counts as."""

    OK = ("在岗在位", Verdict.PASS)
    OK_SUB = ("替岗（已报备）", Verdict.PASS)
    OK_AWAY = ("临时离开（已报告去向）", Verdict.PASS)
    LATE = ("迟到或接班不及时", Verdict.ISSUE)
    SUB_UNREPORTED = ("替岗未报备", Verdict.ISSUE)
    ABSENT = ("脱岗", Verdict.FAIL)
    UNMANNED = ("空岗（无人值班）", Verdict.FAIL)
    UNAWARE = ("本人不知当班", Verdict.ISSUE)
    LEADER_ABSENT = ("带班领导不在岗", Verdict.FAIL)
    CALLBACK_LATE = ("超时回拨", Verdict.NOTE)
    NO_ANSWER = ("值班电话无人接听", Verdict.PENDING)
    PHONE_INVALID = ("号码错误或停机", Verdict.ISSUE)
    VIDEO_TECH = ("视频未接通（网络、设备）", Verdict.UNJUDGED)
    LOG_MISSING = ("无值班记录", Verdict.ADVICE)
    LOG_PARTIAL = ("值班记录不全", Verdict.ADVICE)
    GATE = ("门岗失管", Verdict.ISSUE)
    NOT_REQUIRED = ("无需值班（已报停）", Verdict.UNJUDGED)

    def __init__(self, word: str, verdict: Verdict) -> None:
        self.word = word
        self.verdict = verdict


BEING_AWAY = frozenset({Result.ABSENT, Result.LEADER_ABSENT})


def may_be_found(result: Result, way: Way, *, on_site_due: bool) -> bool:
    """
    Whether that result makes sense for a person in that check.

    A leader whose presence is by telephone at that hour is never absent
    for being away; a failed picture needs a check by video.
    """
    if result is Result.VIDEO_TECH:
        return way is Way.VIDEO

    return on_site_due or result not in BEING_AWAY
