"""Feeds: what a calendar gets, and when it gets nothing."""

from icalendar import Calendar

from roster.services.feeding.reading import FeedOf
from roster.services.subscribing import Owner, subscribe
from tests.offices import SCHOOL
from tests.web.county import DUTY_PHONE, NOW, PHONE, WICKED

LEADER = f"{SCHOOL.id}-01"


def test_a_feed_is_a_calendar_of_the_persons_duties(visitor):
    address = visitor.subscribes(LEADER)

    answer = visitor.client.get(address)

    assert answer.mimetype == "text/calendar"
    calendar = Calendar.from_ical(answer.text)
    events = calendar.walk("VEVENT")
    page = visitor.reads(f"/people/{LEADER}")
    assert events
    for event in events:
        assert f"{event['DTSTART'].dt:%H:%M}" in page
        assert SCHOOL.name in str(event["LOCATION"])
    for number in (PHONE, DUTY_PHONE):
        assert number not in answer.text


def test_a_feed_needs_no_right_but_its_token(visitor):
    address = visitor.subscribes(LEADER)

    answer = visitor.client.get(
        address, environ_base={"REMOTE_ADDR": "192.168.1.20"}
    )

    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_what_has_not_changed_is_not_sent_again(visitor):
    address = visitor.subscribes(LEADER)
    first = visitor.client.get(address)

    second = visitor.client.get(
        address, headers={"If-None-Match": first.headers["ETag"]}
    )

    assert second.status_code == 304
    assert second.data == b""
    assert visitor.client.get(address).data == first.data


def test_a_new_address_for_a_device_ends_the_old_one(visitor):
    old = visitor.subscribes(LEADER)
    tablet = visitor.subscribes(LEADER, "平板")

    new = visitor.subscribes(LEADER)

    assert visitor.client.get(old).status_code == 410
    assert visitor.client.get(tablet).status_code == 200
    assert visitor.client.get(new).status_code == 200


def test_an_unknown_address_has_nothing(visitor):
    assert visitor.client.get("/feeds/nothing/duty.ics").status_code == 404


def test_an_address_is_shown_once(visitor):
    page = f"/people/{LEADER}/feed"

    answer = visitor.sends(page, f"{page}s")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "/duty.ics</pre>" in answer.text
    assert "/duty.ics</pre>" not in visitor.reads(f"{page}s")


def test_nobody_subscribes_for_somebody_unknown(visitor):
    page = f"/people/{LEADER}/feeds"

    answer = visitor.sends("/people/P99999/feed", page)

    assert answer.status_code == 404


def test_a_name_that_is_html_stays_a_name(here, visitor):
    with here.records.writing() as session:
        token = subscribe(
            session,
            feed=FeedOf("person", f"{SCHOOL.id}-00"),
            label="",
            owner=Owner("w"),
            now=NOW,
        )

    calendar = visitor.reads(f"/feeds/{token}/duty.ics")

    assert f"{WICKED} 值班" in calendar.replace("\\", "")
