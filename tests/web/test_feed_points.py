"""Feeds over HTTP, tokens and the pages to subscribe, point by point."""

import gzip
import logging
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from re import findall, search
from shutil import copytree
from types import SimpleNamespace
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
import segno
from icalendar import Calendar
from sqlalchemy import select

from calendars import China
from roster.days import DayKind
from roster.feeds import SHANGHAI
from roster.records import (
    JournalRow,
    MessageRow,
    StaffRow,
    SubscriptionRow,
)
from roster.rights import Right, Role
from roster.services import keeping
from roster.services.logins import hashed
from tests.offices import BUREAU, SCHOOL
from tests.web.accounts import log_in
from tests.web.conftest import Visitor
from tests.web.county import DISTRICT, NOW, PHONE, open_office
from web import create_app, feeds
from web.feed_care import care_for_feeds
from web.jobs import tick
from web.rights import RIGHTS

LEADER = f"{SCHOOL.id}-01"
FEEDS = f"/people/{LEADER}/feeds"
ADD = f"/people/{LEADER}/feed"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604"
WECHAT = f"{IPHONE} MicroMessenger/8.0"
ANDROID = "Mozilla/5.0 (Linux; Android 14) Chrome/130"


@pytest.fixture(scope="module")
def served(built, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """An office whose feeds are read, and not written to."""
    folder = tmp_path_factory.mktemp("served") / "data"
    copytree(built, folder)
    here = open_office(folder)
    care_for_feeds(here)
    app = create_app(here)
    reader = Visitor(log_in(app.test_client()))
    yield SimpleNamespace(
        here=here,
        app=app,
        reader=reader,
        address=reader.subscribes(LEADER),
        client=app.test_client(),
    )
    here.close()


@pytest.fixture
def get(served):
    """A calendar program's request of the leader's feed."""

    def ask(method="GET", address=served.address, query="", **headers):
        # Each test is another minute.
        served.app.extensions["polls"].__init__()
        given = {n.replace("_", "-"): v for n, v in headers.items()}
        return served.client.open(
            address + query, method=method, headers=given
        )

    return ask


def test_point_49_it_is_a_calendar_in_utf_8(get):
    answer = get()

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_point_50_it_is_shown_and_has_a_name(get):
    said = get().headers["Content-Disposition"]

    shown, plain, named = said.split("; ")
    assert (shown, plain) == ("inline", 'filename="duty.ics"')
    assert unquote(named.removeprefix("filename*=UTF-8''")) == "甲01 值班.ics"


def test_point_51_the_tag_is_strong_and_gzip_unpacks_to_the_same(get):
    whole, packed = get(), get(Accept_Encoding="gzip")

    assert search('^"[0-9a-f]{64}"$', whole.headers["ETag"])
    assert packed.headers["ETag"] != whole.headers["ETag"]
    assert gzip.decompress(packed.data) == whole.data
    assert packed.data[4:8] == bytes(4)
    assert get(Accept_Encoding="gzip").data == packed.data


@pytest.mark.parametrize(
    "shape", ["{0}", "W/{0}", '"other", {0}', '"a", W/{0}', "*"]
)
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_point_52_what_is_known_is_not_sent_again(get, shape, encoding):
    tag = get(Accept_Encoding=encoding).headers["ETag"]

    answer = get(Accept_Encoding=encoding, If_None_Match=shape.format(tag))

    assert answer.status_code == 304
    assert answer.data == b""
    assert answer.headers["ETag"] == tag
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_point_53_tags_beat_dates_and_rubbish_is_no_date(get):
    later = format_datetime(datetime.now(UTC), usegmt=True)
    changed = get().headers["Last-Modified"]

    assert get(If_Modified_Since=changed).status_code == 304
    both = get(If_None_Match='"other"', If_Modified_Since=later)
    assert both.status_code == 200
    for rubbish in ("Thu, 01 Jan 1970 00:00:00 GMT", "gestern", "0", ""):
        assert get(If_Modified_Since=rubbish).status_code == 200


def test_point_54_last_modified_is_never_ahead(get, served):
    changed = parsedate_to_datetime(get().headers["Last-Modified"])

    assert changed <= served.here.clock()


def test_point_55_head_is_get_without_the_body(get):
    whole, head = get(), get("HEAD")

    assert head.status_code == 200
    assert head.data == b""
    for name in ("Content-Length", "ETag", "Last-Modified", "Content-Type"):
        assert head.headers[name] == whole.headers[name]


def test_point_56_a_private_feed_is_cached_by_its_reader_alone(get):
    assert get().headers["Cache-Control"] == "private, max-age=300"
    public = get(address="/feeds/holidays.ics")
    assert public.headers["Cache-Control"] == "public, max-age=300"


def test_point_57_gzip_is_sent_to_whom_it_is_asked_by_and_copes(get, served):
    assert "Content-Encoding" not in get().headers
    assert "Content-Encoding" not in get(Accept_Encoding="gzip;q=0").headers
    packed = get(Accept_Encoding="gzip, deflate")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    config = served.here.config
    served.here.config = replace(config, plain=("Outlook",))
    old = get(Accept_Encoding="gzip", User_Agent="Microsoft Outlook 16")
    served.here.config = config
    assert "Content-Encoding" not in old.headers


def test_point_58_no_cookie_no_log_in_no_redirect_and_closed_lips(get):
    answer = get(query="?lang=en")

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "WWW-Authenticate" not in answer.headers
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_point_59_everybody_reads_the_same_bytes(get):
    first = get().data

    assert get(User_Agent="Google-Calendar-Importer").data == first
    assert get(Accept="image/png").data == first
    assert get(query="?nocache=17&lang=en&term=x").data == first


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND"])
def test_point_60_it_can_only_be_read(get, method):
    assert get(method).status_code == 405


def test_point_61_unknown_and_revoked_tell_nobody_anything(served, get):
    token = served.address.split("/")[2]
    old = served.reader.subscribes(LEADER, "旧")
    served.reader.subscribes(LEADER, "旧")

    unknown = get(address=served.address.replace(token, "x" * 32))
    revoked = get(address=old)

    assert (unknown.status_code, revoked.status_code) == (404, 410)
    assert unknown.data == revoked.data == b""
    assert list(unknown.headers) == list(revoked.headers)


@pytest.mark.parametrize(
    ("config", "base", "home"),
    [
        (
            {"site": "https://duty.example.cn", "moved": ("old.lan",)},
            "http://old.lan",
            "https://duty.example.cn",
        ),
        ({"https": True}, "http://duty.lan", "https://duty.lan"),
    ],
    ids=["point_63", "point_64"],
)
def test_points_63_64_who_asks_elsewhere_is_led_home(
    served, config, base, home
):
    kept = served.here.config
    served.here.config = replace(kept, **config)

    answer = served.client.get(served.address + "?a=1", base_url=base)
    there = served.client.get(served.address, base_url=home)

    served.here.config = kept
    assert answer.status_code == 308
    assert answer.location == f"{home}{served.address}?a=1"
    assert there.status_code == 200


def test_point_65_full_answers_are_limited_and_unchanged_ones_are_not(
    served, get
):
    tag = get().headers["ETag"]
    ask = served.client.get
    for _ in range(125):
        known = ask(served.address, headers={"If-None-Match": tag})
        assert known.status_code == 304

    codes = [ask(served.address).status_code for _ in range(121)]

    # One was sent before: 120 within a minute.
    assert codes == [200] * 119 + [429] * 2
    last = ask(served.address)
    assert last.headers["Retry-After"] == "60"


def test_point_65_guesses_are_limited_by_address(served, get):
    get()

    codes = [
        served.client.get(f"/feeds/{n:032}/duty.ics").status_code
        for n in range(22)
    ]

    assert codes == [404] * 20 + [429] * 2
    assert served.client.get(served.address).status_code == 200


def test_point_62_taking_back_clears_the_device_or_ends_at_once(visitor):
    wiped = visitor.subscribes(LEADER, "丢了")
    leaked = visitor.subscribes(LEADER, "泄露")
    ends = findall(f'{ADD}/([0-9]+)/wipe"', visitor.reads(FEEDS))

    visitor.sends(f"{ADD}/{ends[0]}/wipe", FEEDS)
    visitor.sends(f"{ADD}/{ends[1]}/leaked", FEEDS)

    answer = visitor.client.get(wiped)
    assert answer.status_code == 200
    assert not Calendar.from_ical(answer.data).walk("VEVENT")
    assert "甲01" not in answer.text
    assert visitor.client.get(leaked).status_code == 410


def test_point_69_its_owner_reads_when_it_was_last_read(visitor, here):
    address = visitor.subscribes(LEADER)
    agent = {"User-Agent": "iOS/18.0 (22A3354) dataaccessd/1.0"}
    visitor.client.get(address, headers=agent)

    with here.records.reading() as session:
        assert session.scalars(select(SubscriptionRow.used_on)).one() is None
    care_for_feeds(here)

    page = visitor.reads(FEEDS)
    assert "iPhone/iPad" in page
    assert f"{here.clock():%Y-%m-%d}" in page


def test_point_71_a_leaver_is_cleared_by_the_next_tick(visitor, here):
    address = visitor.subscribes(LEADER)
    with here.records.writing() as session:
        last = NOW.date() - timedelta(days=1)
        session.get_one(StaffRow, LEADER).employed_until = last

    tick(here)

    answer = visitor.client.get(address)
    assert answer.status_code == 200
    assert not Calendar.from_ical(answer.data).walk("VEVENT")


def test_point_72_a_token_opens_its_feed_and_nothing_else(served):
    token = served.address.split("/")[2]

    for rule in served.app.url_map.iter_rules():
        if "GET" not in rule.methods or RIGHTS[rule.endpoint] == Right.OPEN:
            continue
        values = dict.fromkeys(rule.arguments, "1")
        with served.app.test_request_context():
            path = served.app.url_for(rule.endpoint, **values)
        answer = served.client.get(
            f"{path}?token={token}",
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 303, path
        assert answer.location.startswith("/login")


def test_point_48_our_own_reminders_need_no_calendar(visitor, here):
    with here.records.reading() as session:
        before = len(session.scalars(select(MessageRow)).all())
    visitor.sends(f"{ADD}/alarms", FEEDS, before="")

    evening = NOW.replace(hour=18, minute=1)
    here.now = lambda: evening - timedelta(days=2)
    tick(here)
    here.now = lambda: evening - timedelta(days=1)
    tick(here)

    with here.records.reading() as session:
        kinds = [row.kind for row in session.scalars(select(MessageRow))]
    assert len(kinds) > before
    assert "duty-tomorrow" in kinds


def test_point_66_a_feed_that_cannot_be_made_is_served_as_it_was(
    visitor, here, monkeypatch
):
    address = visitor.subscribes(LEADER)
    before = visitor.client.get(address)

    class Pen:
        write_feed = staticmethod(here.scribe.pen.write_feed)

        @staticmethod
        def write_event(_):
            raise ValueError("broken")

    here.scribe = replace(here.scribe, pen=Pen())
    logging.getLogger("duty_roster.feeds").setLevel(logging.CRITICAL)
    visitor.sends(f"{ADD}/alarms", FEEDS, before="60")
    logging.getLogger("duty_roster.feeds").setLevel(logging.NOTSET)

    after = visitor.client.get(address)
    assert (after.status_code, after.data) == (200, before.data)


def test_point_70_no_secret_is_kept_or_told_after_a_storm(
    visitor, here, caplog, monkeypatch, tmp_path
):
    """Good, bad and revoked tokens; failures while they are served."""
    caplog.set_level(logging.DEBUG)
    old = visitor.subscribes(LEADER)
    good = [visitor.subscribes(LEADER), visitor.subscribes(f"{SCHOOL.id}-02")]
    code = search(
        "/subscribe/([^<]+)<", visitor.sends(f"{ADD}/code", FEEDS).text
    )[1]
    bad = [f"nobody-gave-out-this-address-{n}" for n in range(5)]
    app = visitor.client.application
    app.config["PROPAGATE_EXCEPTIONS"] = False
    real = feeds.serving.address
    for number, token in enumerate(
        [*(a.split("/")[2] for a in (old, *good)), *bad] * 4
    ):

        def fails(*given, token, now, broken=number % 3 == 0):
            if broken:
                raise ValueError(f"/feeds/{token}/duty.ics went wrong")
            return real(*given, token=token, now=now)

        monkeypatch.setattr(feeds.serving, "address", fails)
        visitor.client.get(f"/feeds/{token}/duty.ics")
    monkeypatch.setattr(feeds.serving, "address", real)
    visitor.client.get(f"/subscribe/{code}")
    care_for_feeds(here)

    kept = tmp_path / "kept.zip"
    keeping.backup(
        here.records, folder=here.config.folder, out=kept, program="1", now=NOW
    )
    with ZipFile(kept) as archive:
        listed = str([archive.read(name) for name in archive.namelist()])
    with here.records.reading() as session:
        journal = str(session.scalars(select(JournalRow.facts)).all())
    export = visitor.client.get(f"/units/{SCHOOL.id}/roster.csv").text
    secrets = {a.split("/")[2] for a in (old, *good)} | {code, *bad}
    assert "went wrong" in caplog.text
    for secret in secrets:
        told = caplog.text, journal, export, listed
        assert not any(secret in words for words in told)
    marks = [f"[{hashed(a.split('/')[2])[:6]}]" for a in good]
    assert any(mark in caplog.text for mark in marks)
    for address in good:
        calendar = visitor.client.get(address).text
        assert PHONE not in calendar
        assert PHONE not in caplog.text


@pytest.fixture
def holidays(get):
    """The three public feeds, as events."""

    def read(kind):
        answer = get(address=f"/feeds/{kind}.ics")
        assert answer.status_code == 200, kind
        return Calendar.from_ical(answer.data).walk("VEVENT")

    return read


def test_point_77_days_off_and_days_worked_have_feeds_of_their_own(holidays):
    every, off, work = map(
        holidays, ("holidays", "holidays-off", "holidays-work")
    )

    assert {e["uid"] for e in every} == {e["uid"] for e in (*off, *work)}
    assert not {e["uid"] for e in off} & {e["uid"] for e in work}
    assert {e["dtstart"].dt.year for e in every} == {2026}


def test_point_78_titles_say_it_and_apple_is_told_too(holidays):
    off = {str(e["summary"]): e for e in holidays("holidays-off")}
    work = {str(e["summary"]): e for e in holidays("holidays-work")}

    assert off["国庆节（休）"]["x-apple-special-day"] == "WORK-HOLIDAY"
    special = work["国庆节调休（班）"]["x-apple-special-day"]
    assert special == "ALTERNATE-WORKDAY"
    assert "10月10日上班" in off["国庆节（休）"]["description"]


def test_point_79_holidays_are_whole_days_each_with_its_own_id(holidays):
    every = holidays("holidays")

    assert len({e["uid"] for e in every}) == len(every)
    for event in every:
        assert not isinstance(event["dtstart"].dt, datetime)
        assert event["transp"] == "TRANSPARENT"
        assert not event.walk("VALARM")
    worked = [e for e in every if e["summary"] == "国庆节调休（班）"]
    assert len(worked) == 2


def test_point_80_holidays_are_the_solvers_own_days(holidays):
    china = China()

    def days(kind) -> set:
        return {
            event["dtstart"].dt + timedelta(days=n)
            for event in holidays(kind)
            for n in range((event["dtend"].dt - event["dtstart"].dt).days)
        }

    off, work = days("holidays-off"), days("holidays-work")
    since = NOW.date().replace(month=7, day=1)
    for day in china.days(since, NOW.date().replace(month=12, day=31)):
        assert (day.date in work) == (day.kind is DayKind.MAKE_UP)
        if day.date in off:
            assert day.off
        if day.kind in (
            DayKind.STATUTORY,
            DayKind.SUBSTITUTE,
            DayKind.EXCHANGED,
        ):
            assert day.date in off


@pytest.mark.parametrize(
    ("agent", "first"),
    [(IPHONE, "webcal://"), (ANDROID, "ICSx"), ("Windows NT 10", "Outlook")],
)
def test_point_81_each_platform_finds_its_own_way_open(visitor, agent, first):
    visitor.client.environ_base["HTTP_USER_AGENT"] = agent

    page = visitor.sends(ADD, FEEDS).text

    (shown,) = findall("<details open>(.*?)</details>", page.replace("\n", ""))
    assert first in shown
    for word in ("webcal://", "ICSx⁵", "小米", "outlook.live", "google.com"):
        assert word in page
    assert page.rindex("不会更新") > page.rindex("google.com")


def test_point_82_inside_a_chat_it_says_open_in_the_browser(visitor):
    said = "在浏览器中打开"
    assert said not in visitor.sends(ADD, FEEDS).text
    visitor.client.environ_base["HTTP_USER_AGENT"] = WECHAT

    assert said in visitor.sends(ADD, FEEDS).text


def test_point_83_another_program_reads_the_qr_code(visitor, tmp_path):
    if not shutil.which("zbarimg"):
        why = "zbarimg is not installed (make system)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)
    page = visitor.sends(f"{ADD}/code", FEEDS, label="平板").text
    address = search("http://localhost/subscribe/[^<]+", page)[0]
    drawn = search('src="(data:image/svg[^"]+)"', page)[1]
    path = tmp_path / "code.png"
    segno.make(address, micro=False).save(path, scale=5, border=4)

    told = subprocess.run(
        ["zbarimg", "--quiet", "--raw", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == address
    again = segno.make(address, micro=False)
    expected = again.svg_data_uri(scale=5, border=4, light="white")
    assert drawn.replace("&#39;", "'") == expected


def test_point_73_the_code_gives_a_device_its_own_address_once(visitor):
    page = visitor.sends(f"{ADD}/code", FEEDS, label="平板").text
    offer = search("http://localhost(/subscribe/[^<]+)", page)[1]
    assert "/feeds/" + offer.split("/")[2] not in page
    device = Visitor(visitor.client.application.test_client())

    for _ in range(2):
        assert "订阅到这台设备" in device.reads(offer)
    answer = device.sends(offer)

    address = search("/feeds/[^/]+/duty.ics", answer.text)[0]
    assert device.client.get(address).status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "已经用过" in device.reads(offer, 404)
    assert "平板" in visitor.reads(FEEDS)


def test_point_84_it_says_how_late_each_calendar_is(visitor):
    page = visitor.sends(ADD, FEEDS).text

    for words in (
        "一小时到一天",
        "约要三小时",
        "八到二十四小时",
        "在它里面设",
    ):
        assert words in page


def test_point_85_it_shows_the_next_duties_as_they_stand_in_the_feed(visitor):
    address = visitor.subscribes(LEADER)
    page = visitor.reads(FEEDS)

    calendar = Calendar.from_ical(visitor.client.get(address).data)
    coming = [
        event
        for event in calendar.walk("VEVENT")
        if event["dtend"].dt > NOW and event["status"] == "CONFIRMED"
    ][:5]
    assert coming
    for event in coming:
        start = event["dtstart"].dt.astimezone(SHANGHAI)
        assert f"{start.year}年{start.month}月{start.day}日" in page
        assert f"{start:%H:%M}–" in page
        assert str(event["summary"]) in page


def test_point_86_it_is_small_and_needs_no_script(visitor):
    page = visitor.sends(f"{ADD}/code", FEEDS).text
    offer = search("http://localhost(/subscribe/[^<]+)", page)[1]
    device = Visitor(visitor.client.application.test_client())

    landing = device.client.get(offer).data
    given = device.sends(offer).data

    for content in (landing, given):
        assert b"<script" not in content
        assert len(content) <= 8 * 1024


def test_a_plain_file_needs_no_address(visitor):
    answer = visitor.client.get(f"/people/{LEADER}/duty.ics")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    found = Calendar.from_ical(answer.data).walk("VEVENT")
    feed = visitor.client.get(visitor.subscribes(LEADER))
    assert len(found) == len(Calendar.from_ical(feed.data).walk("VEVENT"))


@pytest.mark.parametrize(
    ("unit", "which"),
    [
        (SCHOOL.id, "unit"),
        (BUREAU.id, "unit"),
        (BUREAU.id, "county"),
        (DISTRICT.id, "district"),
    ],
)
def test_units_and_all_under_them_have_feeds(visitor, unit, which):
    answer = visitor.sends(
        f"/units/{unit}/feed",
        f"/units/{unit}/feeds?which={which}",
        which=which,
    )

    address = search("/feeds/[^/]+/duty.ics", answer.text)[0]
    events = Calendar.from_ical(visitor.client.get(address).data).walk(
        "VEVENT"
    )
    places = {str(event["location"]) for event in events}
    assert (
        places
        == {
            (SCHOOL.id, "unit"): {SCHOOL.name},
            (BUREAU.id, "unit"): {BUREAU.name},
            (BUREAU.id, "county"): {SCHOOL.name, BUREAU.name},
            # Its one school has no roster.
            (DISTRICT.id, "district"): set(),
        }[unit, which]
    )


def test_a_schools_reader_gets_no_feed_of_the_county(working):
    staff = working(Role.STAFF)

    assert staff.client.get(f"/units/{SCHOOL.id}/feeds").status_code == 200
    for which in ("county", "district"):
        page = f"/units/{BUREAU.id}/feeds?which={which}"
        assert staff.client.get(page).status_code == 404
    assert "county" not in staff.reads(f"/units/{SCHOOL.id}/feeds")


def test_who_loses_the_right_loses_the_units_feed(working, here):
    reader = working(Role.HEAD)
    page = f"/units/{SCHOOL.id}/feed"
    answer = reader.sends(page, f"{page}s")
    address = search("/feeds/[^/]+/duty.ics", answer.text)[0]
    assert Calendar.from_ical(reader.client.get(address).data).walk("VEVENT")
    admin = Visitor(log_in(reader.client.application.test_client()))
    with here.records.reading() as session:
        number = session.scalars(select(SubscriptionRow.account)).one()
    admin.sends(
        f"/accounts/{number}/active", f"/accounts/{number}", active="no"
    )

    care_for_feeds(here)

    answer = reader.client.get(address)
    assert not Calendar.from_ical(answer.data).walk("VEVENT")


def test_administrators_see_who_subscribed_and_take_it_back(working):
    app_visitor = working(Role.UNIT_EDITOR)
    address = app_visitor.subscribes(LEADER, "张的手机")
    page = f"/units/{SCHOOL.id}/subscribers"
    listed = app_visitor.reads(page)
    assert "张的手机" in listed
    number = findall(f'{ADD}/([0-9]+)/leaked"', listed)[0]

    answer = app_visitor.sends(f"{ADD}/{number}/leaked", page, back=SCHOOL.id)

    assert answer.location == page
    assert app_visitor.client.get(address).status_code == 410


def test_a_county_administrator_ends_addresses_but_makes_none(working, here):
    editor = working(Role.UNIT_EDITOR)
    address = editor.subscribes(LEADER)
    number = findall(f'{ADD}/([0-9]+)/wipe"', editor.reads(FEEDS))[0]
    admin = working(Role.BUREAU_ADMIN)
    page = f"/units/{SCHOOL.id}/subscribers"

    assert admin.sends(f"{ADD}/{number}/rotate", page).status_code == 404
    assert editor.client.get(address).status_code == 200
    assert admin.sends(f"{ADD}/{number}/wipe", page).status_code == 303


def test_somebodys_address_is_not_ended_through_another(visitor):
    visitor.subscribes(LEADER)
    number = findall(f'{ADD}/([0-9]+)/wipe"', visitor.reads(FEEDS))[0]

    other = f"/people/{SCHOOL.id}-02/feed/{number}/wipe"

    assert visitor.sends(other, FEEDS).status_code == 404
    assert visitor.sends(f"{ADD}/{number}/burn", FEEDS).status_code == 404


def test_the_county_chooses_who_is_busy(visitor):
    address = visitor.subscribes(LEADER)
    page = f"/units/{BUREAU.id}/subscribers"

    visitor.sends("/feeds/busy", page, post="lead")

    assert "OPAQUE" in visitor.client.get(address).text
    assert 'value="lead" checked' in visitor.reads(page)


def test_too_long_a_label_is_refused_in_words(visitor):
    answer = visitor.sends(ADD, FEEDS, label="长" * 41)

    assert answer.status_code == 409
    assert "最多 40 个字" in answer.text


def test_three_alarms_are_refused_in_words(visitor):
    answer = visitor.sends(f"{ADD}/alarms", FEEDS, before="31")

    assert answer.status_code == 409
    assert "最多提醒 2 次" in answer.text
