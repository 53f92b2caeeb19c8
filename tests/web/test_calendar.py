"""A notice is pasted or sent, looked at, and stored once."""

from html import unescape
from io import BytesIO

from roster.services.calendar_keeping import stored_years
from tests.calendars.notices import NOTICES
from tests.offices import SCHOOL, SHORT
from tests.web.cli.test_calendars import NOTICE_2027
from tests.web.test_preparation import seen

PAGE = "/calendar/import"
# The year's notice, with another Sunday worked for the National holiday.
AMENDED = NOTICES[2026].replace("10月10日（周六）", "10月11日（周日）")


def stored(here) -> set[int]:
    with here.records.reading() as session:
        return set(stored_years(session))


def test_a_notice_is_looked_at_and_then_stored(visitor, here):
    looked = visitor.sends(PAGE, text=NOTICE_2027)
    assert looked.status_code == 200
    assert "2027-05-08 六" in looked.text
    assert "2027年5月（" in looked.text  # the term it concerns
    assert stored(here) == set()

    done = visitor.sends(
        PAGE, text=NOTICE_2027, seen=seen(looked.text), store="1"
    )

    assert done.location == "/calendar/2027"
    assert stored(here) == {2027}
    assert "暂定：" not in visitor.reads("/calendar/2027")
    again = visitor.sends(PAGE, text=NOTICE_2027)
    assert "没有变化" in again.text


def test_published_duties_that_a_notice_touches_are_told(visitor):
    assert NOTICES[2026] != AMENDED

    text = unescape(visitor.sends(PAGE, text=AMENDED).text)

    assert "2026-10-11 日" in text
    assert f"2026-10-11 {SCHOOL.name}：" in text
    since = f"/units/{SCHOOL.id}/repair?term={SHORT.id}&since=2026-10-11"
    assert since in text


def test_a_file_is_read_as_editors_save_it(visitor, here):
    token = visitor.token(PAGE)

    looked = visitor.client.post(
        PAGE,
        data={
            "csrf_token": token,
            "file": (BytesIO(NOTICE_2027.encode("gb18030")), "通知.txt"),
        },
    )

    assert looked.status_code == 200
    assert "国庆节：10月1日（周五）至7日" in looked.text
    visitor.sends(
        PAGE,
        text=NOTICE_2027.replace("\n", "\r\n"),
        seen=seen(looked.text),
        store="1",
    )
    assert stored(here) == {2027}


def test_what_is_not_understood_is_told_and_stays(visitor, here):
    text = NOTICE_2027.replace("5月8日", "5月88日")

    answer = visitor.sends(PAGE, text=text, store="1")

    assert answer.status_code == 400
    assert "没有存入" in answer.text
    assert "5月88日" in answer.text
    assert visitor.sends(PAGE, text="").status_code == 400
    assert stored(here) == set()


def test_another_notice_since_the_preview_is_not_overwritten(visitor, here):
    old = seen(visitor.sends(PAGE, text=NOTICE_2027).text)
    visitor.sends(PAGE, text=AMENDED, seen=old, store="1")
    assert stored(here) == {2026}

    late = visitor.sends(PAGE, text=NOTICE_2027, seen=old, store="1")

    assert late.status_code == 409
    assert "没有存入" in late.text
    assert stored(here) == {2026}
    visitor.sends(PAGE, text=NOTICE_2027, seen=seen(late.text), store="1")
    assert stored(here) == {2026, 2027}
