"""The check form: recorded once, and nothing typed is lost."""

from re import search

import pytest

from roster.services.checking import checks
from tests.offices import SCHOOL
from tests.web.county import INSPECTORS, WICKED

FORM = f"/units/{SCHOOL.id}/check"


def recorded(here):
    with here.records.reading() as session:
        return checks(session)


def test_a_check_is_recorded_and_shown(visitor, here):
    answer = visitor.checks(note="值班室整洁", basis="柳教办〔2026〕3号")

    assert answer.status_code == 302
    text = visitor.reads(answer.location)
    assert "在岗在位" in text
    assert "值班室整洁" in text
    assert "柳教办〔2026〕3号" in text
    assert "2026年10月6日（星期二） 10:30" in text
    assert "当时的值班表第 1 版" in text
    (check,) = recorded(here)
    assert check.recorded_by == "王办公室（wang）"
    every = visitor.reads(f"/units/{SCHOOL.id}/checks")
    assert "在岗在位" in every
    for page in (text, every):
        assert '<span class="chip extra">另加</span>' in page
    assert "接到反映" in text


def test_the_summary_keeps_a_check_outside_the_draw_apart(visitor):
    before = visitor.reads("/summary")
    visitor.checks()

    after = visitor.reads("/summary?checked=on")

    assert "现场 1" not in before
    assert "现场 1" in after
    assert "另加 1／1" in after
    assert not search(r"<b>1／1</b> <small>", after)
    assert "Wilson" in after
    assert after.count("<td class=") < before.count("<td class=")


def test_sent_twice_it_is_recorded_once(visitor, here):
    first, second = visitor.checks(), visitor.checks()

    assert first.location == second.location
    assert len(recorded(here)) == 1


def test_another_content_under_the_same_id_is_refused(visitor, here):
    visitor.checks()

    answer = visitor.checks(note="改过的")

    assert answer.status_code == 409
    assert "同一编号的检查已有另一份内容" in answer.text
    assert "改过的" in answer.text
    assert len(recorded(here)) == 1


def test_all_mistakes_are_told_at_once_and_nothing_typed_is_lost(
    visitor, here
):
    answer = visitor.checks(
        **{
            "inspector": INSPECTORS[1].id,
            "result-0": "",
            "note-0": "门口“等了”<十>分钟",
            "basis": "清单 3 号",
            "note": "下午再来",
        }
    )

    assert answer.status_code == 400
    assert "不能检查这个单位" in answer.text
    assert "这个值不允许" in answer.text
    assert "还没有保存" in answer.text
    assert "门口“等了”&lt;十&gt;分钟" in answer.text
    assert 'value="清单 3 号"' in answer.text
    assert ">下午再来</textarea>" in answer.text
    assert search(r'value="on_site" required checked', answer.text)
    assert "6d9a1a5e-9d0c-4c0e-8a52-2f6d3b1c0001" in answer.text
    assert recorded(here) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"id": "none"},
        {"way": "telepathy"},
        {"inspector": ""},
        {"reason": " "},
        {"reason": "长" * 201},
        {"duty": ""},
        {"result-0": "WONDERFUL"},
        {"note": "长" * 2001},
        {"moment": "2026-10-31T10:00"},
        {"moment": "someday"},
        {"moment": "0001-01-01T00:00"},
    ],
    ids=str,
)
def test_nothing_unsound_is_recorded(visitor, here, change):
    answer = visitor.checks(**change)

    assert answer.status_code in (400, 409)
    assert "还没有保存" in answer.text
    assert recorded(here) == ()


def test_a_moment_before_all_rosters_has_nobody_on_duty(visitor):
    assert "没有人值班" in visitor.reads(f"{FORM}?moment=2026-01-01T10:00")
    assert "没有人值班" in visitor.reads(f"{FORM}?moment=2026-10-08T10:00")


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00", "9999-12-31T23:59", "x", "2026-13-01T0:0"]
)
def test_a_moment_that_is_none_shows_the_present(shown, moment):
    assert "2026-10-06T10:30" in shown.reads(f"{FORM}?moment={moment}")


def test_only_who_may_check_the_unit_is_offered(shown):
    text = shown.reads(FORM)

    assert f'value="{INSPECTORS[0].id}"' in text
    assert f'value="{INSPECTORS[1].id}"' not in text


def test_what_inspectors_write_is_shown_and_not_run(visitor):
    answer = visitor.checks(
        note=WICKED, basis=WICKED, **{"note-0": f'"><b>{WICKED}'}
    )

    assert "<script" not in visitor.reads(answer.location)
