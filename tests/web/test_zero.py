"""The zero report on the site: one tap, and who has not reported."""

from roster.rights import Role
from tests.offices import BUREAU, SCHOOL
from tests.web.county import NOW, STUCK
from tests.web.test_duty import at, on_shift

HOLIDAY = NOW.replace(day=2)
LEAD = "2026-10-02/lead"


def test_one_tap_says_that_nothing_happened(here, working):
    leader = on_shift(here, LEAD)
    at(here, HOLIDAY)
    page = leader.reads("/my/duty")
    assert "报平安（零报告）" in page
    assert "17:00 前" in page
    board = working(Role.BUREAU_READER)
    assert "<b>0</b> 已报平安" in board.reads("/zero-reports")

    sent = leader.sends(f"/my/duty/zero?unit={SCHOOL.id}", "/my/duty")

    assert sent.status_code == 303
    assert "今天 10:30 已报平安" in leader.reads("/my/duty")
    told = board.reads("/zero-reports")
    assert "<b>1</b> 已报平安" in told
    assert f"/units/{STUCK.id}/chain" in told
    assert f"/units/{SCHOOL.id}/chain" not in told
    again = leader.sends(f"/my/duty/zero?unit={SCHOOL.id}", "/my/duty")
    assert again.status_code == 409
    other = leader.sends(f"/my/duty/zero?unit={BUREAU.id}", "/my/duty")
    assert "今天不是您值班" in other.text


def test_after_the_time_a_report_is_still_asked_for(here):
    leader = on_shift(here, LEAD)
    at(here, HOLIDAY.replace(hour=18))

    assert "现在也要报" in leader.reads("/my/duty")


def test_on_other_days_nothing_is_to_be_reported(here):
    leader = on_shift(here, "2026-10-06/lead")

    assert "报平安（零报告）" not in leader.reads("/my/duty")
    sent = leader.sends(f"/my/duty/zero?unit={SCHOOL.id}", "/my/duty")
    assert sent.status_code == 409
    assert "今天不用报平安" in sent.text


def test_a_head_sees_the_own_unit_only(here, working):
    at(here, HOLIDAY)
    page = working(Role.HEAD).reads("/zero-reports")

    assert "<b>1</b> 个单位" in page
    assert STUCK.name not in page


def test_past_days_can_be_looked_at(here, working):
    reader = working(Role.BUREAU_READER)
    page = reader.reads("/zero-reports?day=2026-10-01")
    assert "2026年10月1日" in page
    assert "到时未报" in page
    assert "2026年10月3日" in reader.reads("/zero-reports?day=2026-10-06")
