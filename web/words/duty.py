"""Words of duty itself: logs and hand-over. Chinese, English."""

from dataclasses import replace

from roster.errors import Unusable
from web.language import CHINESE
from web.words import all_sentences
from web.words.office import Pair

FIELDS: dict[str, Pair] = {
    "at": ("时间", "time"),
    "source": ("从哪里来", "from whom"),
    "words": ("内容", "what"),
    "done": ("怎么办的", "what was done"),
    "cameras": ("监控在线路数", "cameras online"),
    "place": ("地点", "place"),
    "people": ("人员", "people"),
    "situation": ("情况", "situation"),
    "measures": ("措施", "measures"),
    "kind": ("哪一步", "step"),
    "reason": ("补记原因", "reason for adding it later"),
}

KINDS: dict[str, Pair] = {
    "entry": ("记事", "entry"),
    "nothing": ("无事项", "no event"),
    "check": ("人机同防", "alarm and cameras"),
    "correction": ("更正", "correction"),
    "closed": ("办结", "closed"),
}

ZERO: dict[str, Pair] = {
    "in-time": ("按时", "in time"),
    "late": ("迟报", "late"),
    "waiting": ("还没有报", "not yet"),
    "missing": ("到时未报", "overdue"),
}

INCIDENT_STEPS: dict[str, Pair] = {
    "phone": ("电话报告", "reported by telephone"),
    "written": ("书面报告", "written report"),
    "follow": ("后续情况", "what followed"),
    "closed": ("结束", "closed"),
}

CLOCK: dict[str, Pair] = {
    "in-time": ("按时", "in time"),
    "late": ("超时", "late"),
    "waiting": ("还没有", "not yet"),
    "overdue": ("已过时限", "overdue"),
}


def field_sentences(error: Unusable, language: str = CHINESE) -> list[str]:
    """A form's mistakes, each under the name its field has."""
    which = 0 if language == CHINESE else 1
    told = (
        replace(m, where=tuple(FIELDS[w][which] for w in m.where))
        for m in error.mistakes
    )
    return all_sentences(Unusable(*told), language)
