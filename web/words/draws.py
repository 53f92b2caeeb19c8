"""Words of the random draw: Chinese, English."""

from dataclasses import replace

from roster.draw.verify import SAID
from roster.errors import Unusable
from web.language import CHINESE
from web.words import all_sentences
from web.words.office import Pair

FIELDS: dict[str, Pair] = {
    "series": ("名称", "name"),
    "name": ("名称", "name"),
    "term": ("学期", "term"),
    "basis": ("检查依据", "basis"),
    "source": ("公共值", "public value"),
    "value": ("公共值", "public value"),
    "value_at": ("公布时间", "comes out at"),
    "value_due": ("录入截止", "due at"),
    "due": ("录入截止", "due at"),
    "places": ("每天检查数", "checks a day"),
    "ways": ("方式比例", "shares of the ways"),
    "by_visit": ("现场比例", "share on site"),
    "by_video": ("视频比例", "share by video"),
    "by_phone": ("电话比例", "share by telephone"),
    "night": ("夜间比例", "share by night"),
}

STATES: dict[str, Pair] = {
    "draft": ("未承诺", "draft"),
    "committed": ("进行中", "running"),
    "revealed": ("已公布密钥", "key published"),
}

RECUSALS: dict[str, Pair] = {
    "relative": ("有亲属在这个单位", "a relative is there"),
    "served": ("三年内在这个单位工作过", "served there within three years"),
    "own": ("本单位", "it is my own unit"),
    "other": ("其他可能影响公正的关系", "another tie that matters"),
}


def field_sentences(error: Unusable, language: str = CHINESE) -> list[str]:
    """A form's mistakes, each under the name its field has."""
    which = 0 if language == CHINESE else 1
    told = (
        replace(
            mistake,
            where=tuple(FIELDS[name][which] for name in mistake.where),
        )
        for mistake in error.mistakes
    )
    return all_sentences(Unusable(*told), language)


def fault_words(language: str = CHINESE) -> dict[str, str]:
    """What a verifier's codes mean."""
    which = 0 if language == CHINESE else 1
    return {code: pair[which] for code, pair in SAID.items()}
