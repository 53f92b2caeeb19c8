"""The draw on the site: by the bureau, by those drawn, by everybody."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from re import findall, search
from uuid import uuid4

import pytest
from sqlalchemy import select

from roster.draw.verify import verify
from roster.posts import SHANGHAI
from roster.records import (
    CheckRow,
    DrawPlaceRow,
    DrawRow,
    JobRunRow,
    JournalRow,
    SeriesRow,
    StaffRow,
)
from roster.rights import Grant, Role
from roster.services import drawing
from roster.services.drawing.secrets import Secret
from tests.offices import SCHOOL, SHORT
from tests.web.accounts import add_account, log_in
from tests.web.conftest import Visitor
from tests.web.county import AUTUMN_CHECKS, NOW
from web import create_app
from web.jobs import JOBS, run

EVENING = datetime(2026, 10, 6, 21, 40, tzinfo=SHANGHAI)
DUE = EVENING.replace(hour=23, minute=0)
FORM = {
    "name": "十月值班抽查",
    "term": SHORT.id,
    "basis": "平督〔2026〕3号",
    "source": "福彩3D当晚开奖号码",
    "value_at": "21:30",
    "value_due": "23:00",
    "places": "2",
    "by_visit": "40",
    "by_video": "30",
    "by_phone": "30",
    "night": "20",
}


@pytest.fixture(autouse=True)
def known_key(monkeypatch):
    """The same draws in every run."""
    secret = Secret(bytes(range(32)), bytes(32))
    monkeypatch.setattr(Secret, "new", lambda _: secret)


@pytest.fixture
def committed(visitor, here) -> Visitor:
    """The administrator, a series committed to."""
    visitor.sends("/series/new", **FORM)
    visitor.sends("/series/1/commit", "/series/1")
    return visitor


def at(here, moment: datetime) -> None:
    """It is that time now."""
    here.now = lambda: moment


def attends(here, *moments: datetime) -> None:
    """The clock looks at these moments."""
    for moment in moments:
        at(here, moment)
        with here.records.writing() as session:
            drawing.attend(
                session, tools=here.drawing_tools(), vault=here.vault
            )


def rows(here, row) -> list:
    with here.records.reading() as session:
        found = session.scalars(select(row).order_by(row.id)).all()
        session.expunge_all()
        return list(found)


def member(here, staff: str, role: Role = Role.STAFF) -> Visitor:
    """Somebody's own account."""
    with here.records.writing() as session:
        name = session.get_one(StaffRow, staff).name
        grant = Grant(role, SCHOOL.id)
        add_account(session, staff.lower(), name, grant, staff_id=staff)

    client = create_app(here).test_client()
    return Visitor(log_in(client, staff.lower()))


def school_place(here) -> DrawPlaceRow:
    """A check of the school, as soon as one is dispatched by day."""
    day = date(2026, 10, 7)
    while day <= SHORT.last:
        evening = datetime.combine(day - timedelta(1), DUE.timetz())
        morning = datetime.combine(day, DUE.timetz()).replace(hour=8)
        attends(here, evening)
        for quarter in range(0, 24 * 60, 15):
            attends(here, morning + timedelta(minutes=quarter))
            for place in rows(here, DrawPlaceRow):
                if place.unit == SCHOOL.id and place.inspectors:
                    return place
        day += timedelta(1)

    raise AssertionError("It was never drawn.")


def test_a_series_is_written_looked_at_changed_and_committed_to(visitor, here):
    wrong = {**FORM, "places": "0", "by_phone": "x", "basis": ""}
    answer = visitor.sends("/series/new", **wrong)
    assert answer.status_code == 400
    assert "电话比例: 应为整数" in answer.text
    assert 'value="十月值班抽查"' in answer.text
    answer = visitor.sends("/series/new", **{**wrong, "by_phone": "20"})
    for said in ("每天检查数: 应为 2 至 3", "检查依据: 必须填写", "现在是 90"):
        assert said in answer.text
    assert rows(here, SeriesRow) == []

    first = visitor.sends("/series/new", **FORM)
    text = visitor.reads(first.location)
    assert "<b>3</b> 个单位" in text
    assert "最低的一天被查可能" in text
    assert "密钥摘要" not in text
    visitor.reads("/draws/1", 404)
    visitor.sends("/series/1/change", **{**FORM, "places": "3"})
    assert rows(here, SeriesRow)[0].places == 3

    visitor.sends("/series/1/commit", "/series/1")

    (row,) = rows(here, SeriesRow)
    assert row.key_hash in visitor.reads("/series/1")
    again = visitor.sends("/series/1/commit", "/series/1")
    assert again.status_code == 409
    assert "已经承诺" in again.text
    assert (
        visitor.sends("/series/1/change", "/series/1", **FORM).status_code
        == 409
    )


def test_a_draft_is_removed(visitor, here):
    visitor.sends("/series/new", **FORM)

    visitor.sends("/series/1/remove", "/series/1")

    assert rows(here, SeriesRow) == []


def test_everybody_reads_the_commitment_without_logging_in(committed, here):
    stranger = Visitor(create_app(here).test_client())
    (row,) = rows(here, SeriesRow)

    text = stranger.reads("/draws/1")

    assert row.key_hash in text
    assert FORM["basis"] in text
    assert "十月值班抽查" in stranger.reads("/draws")
    assert stranger.reads("/draws/verify.py").startswith("#!/usr/bin/env")
    assert json.loads(stranger.reads("/draws/vectors.json"))
    stranger.reads("/draws/1/term.json", 404)
    stranger.reads("/draws/9", 404)


def test_the_public_value_is_entered_when_it_is_out(committed, here):
    early = committed.sends("/series/1/value", "/series/1", value="357")
    assert early.status_code == 409
    at(here, EVENING)
    assert "2026年10月7日（星期三） 的公共值" in committed.reads("/series/1")
    wrong = committed.sends("/series/1/value", "/series/1", value="<b>")
    assert wrong.status_code == 400

    committed.sends("/series/1/value", "/series/1", value="357")

    assert "已录入：357" in committed.reads("/series/1")
    attends(here, DUE)
    assert [d.value for d in rows(here, DrawRow)] == ["357"]


def test_nobody_sees_what_is_drawn_before_it_is_dispatched(committed, here):
    attends(here, DUE)

    assert rows(here, DrawPlaceRow) == []
    for page in ("/series/1", "/draws/1", "/my/checks"):
        text = committed.reads(page)
        part = text[text.index("<main") :]
        assert "第 1 次" not in part or "还没有派出" in part
        assert not search(r'class="place"', part)
        assert SCHOOL.name not in part


def test_whoever_was_drawn_looks_and_records_and_others_are_refused(
    committed, here
):
    place = school_place(here)
    drawn, *_ = place.inspectors
    mine = member(here, drawn)
    other = member(here, f"{SCHOOL.id}-03")

    assert SCHOOL.name in mine.reads("/my/checks")
    assert "没有派给您的抽查" in other.reads("/my/checks")
    refused = other.sends(f"/my/checks/open?place={place.id}", "/my/checks")
    assert refused.status_code == 409
    assert "已记入日志" in refused.text
    form = mine.sends(f"/my/checks/open?place={place.id}", "/my/checks")
    assert form.status_code == 200
    duties = findall('name="duty" value="([^"]+)"', form.text)
    token = search('name="csrf_token" value="([^"]+)"', form.text)
    sent = {
        "csrf_token": token[1],
        "id": str(uuid4()),
        "moment": search('name="moment" value="([^"]+)"', form.text)[1],
        "duty": duties,
    }
    address = f"/my/checks/record?place={place.id}"
    missing = mine.client.post(address, data=sent)
    assert missing.status_code == 400
    found = {f"result-{n}": "OK" for n in range(len(duties))}
    saved = mine.client.post(address, data={**sent, **found})

    assert saved.location == "/my/checks"
    assert "已记录" in mine.reads("/my/checks")
    (check,) = rows(here, CheckRow)
    assert (check.drawn, check.basis) == (True, FORM["basis"])
    assert check.inspectors == place.inspectors
    assert "抽签" in committed.reads(f"/units/{SCHOOL.id}/checks")
    assert search(r"<b>\d／\d</b> <small>", committed.reads("/summary"))
    deeds = [(e.verb, e.who) for e in rows(here, JournalRow)]
    assert [verb for verb, who in deeds if drawn.lower() in who] == [
        "open",
        "record",
    ]
    assert ("refuse", f"甲03（{SCHOOL.id.lower()}-03）") in deeds
    assert "已记录" in committed.reads("/series/1")


def test_one_recuses_oneself_and_declares_days(committed, here):
    place = school_place(here)
    drawn, *_ = place.inspectors
    mine = member(here, drawn)
    address = f"/my/checks/recuse?place={place.id}"
    assert mine.sends(address, "/my/checks").status_code == 409

    mine.sends(address, "/my/checks", reason="relative")

    assert "没有派给您的抽查" in mine.reads("/my/checks")
    assert drawn not in rows(here, DrawPlaceRow)[place.id - 1].inspectors
    inspector = member(here, "U001-10")
    text = inspector.reads("/my/checks")
    days = findall('name="day" value="([^"]+)"', text)
    assert days
    inspector.sends("/my/checks/days", "/my/checks", day=days, away=days[-1])
    assert f'value="{days[-1]}" checked' in inspector.reads("/my/checks")
    bad = inspector.sends("/my/checks/days", "/my/checks", day="x")
    assert bad.status_code == 400


def test_a_draw_is_cancelled_and_made_again(committed, here):
    attends(here, DUE)
    fields = {"draw": "1", "reason": "号码录错", "again": "yes"}
    assert (
        committed.sends(
            "/series/1/cancel", "/series/1", **{**fields, "reason": ""}
        ).status_code
        == 409
    )

    committed.sends("/series/1/cancel", "/series/1", **fields)

    text = committed.reads("/series/1")
    assert "号码录错" in text
    assert "第 2 次" in text


def test_a_stopped_series_is_revealed_and_its_file_verified(committed, here):
    attends(here, DUE)
    at(here, datetime(2026, 10, 7, 12, tzinfo=SHANGHAI))
    early = committed.sends("/series/1/reveal", "/series/1")
    assert early.status_code == 409
    committed.sends("/series/1/stop", "/series/1", reason="试一天")
    attends(here, datetime(2026, 10, 9, 9, tzinfo=SHANGHAI))

    committed.sends("/series/1/reveal", "/series/1")

    stranger = Visitor(create_app(here).test_client())
    text = stranger.reads("/draws/1")
    (row,) = rows(here, SeriesRow)
    assert row.key in text
    assert 'src="/static/verifier.js"' in text
    with stranger.client.get("/draws/1/term.json") as answer:
        content = answer.data
    assert verify(content, row.key_hash) == []


def test_the_clock_draws_once_however_often_it_looks(committed, here):
    jobs = {job.name: job for job in JOBS}
    at(here, NOW)
    run(here, jobs["draws"])
    at(here, DUE)

    first, second = (run(here, jobs["draws"]) for _ in range(2))

    assert (first, second) == (1, None)
    assert len(rows(here, DrawRow)) == 1
    runs = [r for r in rows(here, JobRunRow) if r.job == "draws"]
    assert len(runs) == 2
    assert run(here, jobs["draw-frames"]) is None


def test_another_key_in_the_settings_is_said(committed, here):
    here.config = replace(here.config, draw_key="another")
    at(here, EVENING)

    answer = committed.sends("/series/1/stop", "/series/1", reason="x")

    assert answer.status_code == 409
    assert "DUTY_ROSTER_DRAW_KEY" in answer.text
    committed.reads("/my/checks")


def test_the_form_suggests_what_the_sample_has(shown):
    text = shown.reads("/series/new")

    assert f'name="places" value="{AUTUMN_CHECKS.places}"' in text
