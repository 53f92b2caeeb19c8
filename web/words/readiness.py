"""What is looked at before a term is generated: Chinese, English."""

from collections.abc import Mapping
from typing import Any

from web.language import CHINESE
from web.words.office import POSTS

POINTS: dict[str, tuple[str, str]] = {
    "no-staff": (
        "还没有登记人员。",
        "Nobody is recorded.",
    ),
    "no-leader": (
        "没有能带班的人：请核对身份（主要负责人、班子成员、中层）。",
        "Nobody can lead: look at the standings (head, leadership, middle "
        "managers).",
    ),
    "no-leader-of-its-own": (
        "没有能带班的人，只能由学区统筹：请核对身份。",
        "Nobody can lead; the district would have to help out: look at the "
        "standings.",
    ),
    "nobody-to-lead": (
        "这些天能带班的人都不在（请假、限排、未到岗或已离岗）：{dates}",
        "On these days all who can lead are away: {dates}",
    ),
    "nobody-for-post": (
        "岗位“{post}”没有人能值：请核对人员的身份。",
        "Nobody can fill the post “{post}”: look at the standings.",
    ),
    "no-shifts": (
        "这个学期里没有要值的班：请核对学期日期。",
        "The term has no shifts at all: look at its dates.",
    ),
    "no-phones": (
        "{count} 人没有登记手机：{names}",
        "Without a telephone number ({count}): {names}",
    ),
    "same-names": (
        "有人同名，请核对是否重复登记：{names}",
        "The same name twice; look whether somebody stands twice: {names}",
    ),
    "leaving": (
        "学期中离岗：{names}",
        "Leaving within the term: {names}",
    ),
    "calendar-provisional": (
        "有一部分日期所在年份还没有放假通知，按暂定日历排；通知公布后要调整。",
        "Some dates lie in a year without a notice; they are provisional and "
        "will have to be repaired.",
    ),
    "no-duty-phone": (
        "单位没有登记固定值班电话。",
        "The unit has no duty telephone.",
    ),
    "no-presence": (
        "寄宿学校还没有登记学生在校的休息日；不登记就不安排值班教师。",
        "A boarding school without days on which students are there: no "
        "teachers will be put on duty.",
    ),
    "limits-ending": (
        "限排到期或将到期，请核对是否续期。{names}",
        "Limits have ended or will end; should they go on? {names}",
    ),
    "roster-differs": (
        "已发布的值班表与现在要求的班次不同（在校、制度、日历或学期变了）：{dates}",
        "The published roster has not the shifts that are demanded now "
        "(students, rules, calendar or term have changed): {dates}",
    ),
    "round-open": (
        "征集意愿还没有截止（{closes}），还有 {count} 人没有答复。",
        "The wish round is open until {closes}; {count} have not answered.",
    ),
}

SHOWN = 8  # names in a line


def point_sentence(
    code: str, facts: Mapping[str, Any], language: str = CHINESE
) -> str:
    """A point with its facts in it."""
    which = 0 if language == CHINESE else 1
    told = dict(facts)
    if "names" in told:
        told["names"] = _listed(told["names"], language)
    if "dates" in told:
        told["dates"] = _listed(list(map(str, told["dates"])), language, "天")
    if "post" in told:
        told["post"] = POSTS[told["post"]][which]
    return POINTS[code][which].format(**told)


def _listed(names: list[str], language: str, of: str = "人") -> str:
    chinese = language == CHINESE
    told = ("、" if chinese else ", ").join(names[:SHOWN])
    if len(names) <= SHOWN:
        return told

    count = len(names)
    return told + (f"等 {count} {of}" if chinese else f" … {count} in all")
