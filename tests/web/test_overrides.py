"""A parameter is set differently after a look, and ends with a last day."""

from html import unescape
from re import findall, search

import pytest

from roster.services.overriding import override_lines
from tests.offices import SCHOOL, SHORT
from tests.web.county import OVERRIDE, STUCK
from tests.web.test_preparation import seen

ADD = "/rules/schools/override"
SURGE = "/rules/schools/surge"
PAPER = {"reason": "汛期", "document": "柳教发〔2026〕21号"}


def stored(here):
    with here.records.reading() as session:
        return [one.override for one in override_lines(session, "schools")]


def add(visitor, param="leaders_per_day", **fields):
    page = f"{ADD}?param={param}"
    fields = {
        "param": param,
        "unit": SCHOOL.id,
        "value": "2",
        "from": "2026-10-10",
        **PAPER,
        **fields,
    }
    return visitor.sends(ADD, page, **fields)


def test_what_it_does_is_shown_before_it_is_stored(visitor, here):
    looked = add(visitor, until="2026-10-11")

    text = unescape(looked.text)
    assert stored(here) == [OVERRIDE]
    assert "增加 1，减少 0" in text  # the Saturday is worked
    assert "第三条" in text
    assert f"/units/{SCHOOL.id}/repair?term={SHORT.id}" in text
    done = add(visitor, until="2026-10-11", store="1")
    assert done.location == "/rules/schools#overrides"
    assert [one.value for one in stored(here)] == [12, 2]
    assert "汛期" in visitor.reads("/rules/schools")


def test_what_changes_no_shift_is_told_so(visitor):
    text = add(visitor, "rest_hours", value="24").text

    assert "班次不变" in text


def test_another_override_in_force_is_told(visitor):
    text = add(visitor, "rest_hours", value="24", unit="").text
    assert "不变" not in text.split("改后")[0]

    later = add(visitor, "rest_hours", value="24", **{"from": "2026-08-01"})
    assert "2026-08-01" in later.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "9"}, "改为: "),
        ({"value": "二"}, "改为: "),
        ({"value": "9" * 5000}, "改为: "),
        ({"from": ""}, "开始日期: 必须填写"),
        ({"from": "明天"}, "开始日期: 不是日期"),
        ({"until": "2026-10-01"}, "结束日期: 结束日期早于开始日期"),
        ({"reason": " "}, "理由: 必须填写"),
        ({"document": ""}, "文号: 必须填写"),
        ({"unit": "U999"}, "单位: 没有"),
    ],
)
def test_mistakes_are_told_and_nothing_is_stored(visitor, here, fields, words):
    answer = add(visitor, **fields, store="1")

    assert answer.status_code == 400
    assert words in answer.text
    assert stored(here) == [OVERRIDE]


def test_every_parameter_has_a_form_that_takes_its_own_value(visitor, here):
    for name in ("bureau", "schools"):
        for param in here.books[name].params.values():
            text = visitor.reads(f"/rules/{name}/override?param={param.name}")
            assert 'name="value"' in text, param.name


def test_a_surge_is_announced_for_units_and_dates(visitor, here):
    fields = {
        "from": "2026-10-24",
        "until": "2026-10-25",
        "surge_staff": "1",
        "unit": [SCHOOL.id, STUCK.id],
        **PAPER,
    }

    looked = visitor.sends(SURGE, **fields)
    assert "增加" in looked.text
    assert f'value="{STUCK.id}" checked' in looked.text
    visitor.sends(SURGE, **fields, store="1")

    assert [(o.unit, o.param, o.value) for o in stored(here)[1:]] == [
        (SCHOOL.id, "surge_staff", 1),
        (STUCK.id, "surge_staff", 1),
    ]


def test_a_surge_ends_and_adds_somebody(visitor, here):
    answer = visitor.sends(SURGE, **{"from": "2026-10-24"}, **PAPER)

    assert answer.status_code == 400
    assert "结束日期: 必须填写" in answer.text
    nobody = visitor.sends(
        SURGE, **{"from": "2026-10-24", "until": "2026-10-25"}, **PAPER
    )
    assert "至少填一项" in nobody.text
    assert stored(here) == [OVERRIDE]


def the_end(visitor) -> str:
    (address,) = findall(
        '"(/rules/overrides/[0-9]+/end)"', visitor.reads("/rules/schools")
    )
    return address


def test_an_override_is_given_its_last_day(visitor, here):
    page = the_end(visitor)
    seal = seen(visitor.reads(page))

    looked = visitor.sends(page, last="2026-10-20", seen=seal)
    assert "2026-10-21" in looked.text
    assert stored(here) == [OVERRIDE]
    visitor.sends(page, last="2026-10-20", seen=seal, store="1")

    (one,) = stored(here)
    assert str(one.period.last) == "2026-10-20"
    again = visitor.sends(page, last="2026-10-19", seen=seal, store="1")
    assert again.status_code == 409
    late = visitor.sends(
        page,
        last="2026-12-01",
        seen=seen(visitor.reads(page)),
        store="1",
    )
    assert "只能提前" in late.text


def test_past_days_keep_their_rules(visitor, here):
    page = the_end(visitor)

    answer = visitor.sends(
        page,
        last="2026-10-01",
        seen=seen(visitor.reads(page)),
        store="1",
    )

    assert answer.status_code == 409
    assert "过去的日子不能改" in answer.text
    assert stored(here) == [OVERRIDE]


def test_what_has_not_begun_may_be_withdrawn(visitor, here):
    add(visitor, store="1")
    page = findall(
        '"(/rules/overrides/[0-9]+/end)"', visitor.reads("/rules/schools")
    )[-1]

    visitor.sends(
        page, last="2026-10-09", seen=seen(visitor.reads(page)), store="1"
    )

    assert stored(here) == [OVERRIDE]


def test_what_is_not_there_cannot_be_ended(visitor):
    visitor.reads("/rules/overrides/99/end", 404)
    visitor.reads(f"/rules/overrides/{'9' * 30}/end", 404)
    visitor.reads("/rules/parents/override", 404)
    assert search("哪一个参数", visitor.reads(f"{ADD}?param=nothing"))
