"""
Who reaches what: every address, every role, one's own unit and another's.

The table is a second writing of the rights; an address without a row in it
fails, and so does a row without an address.
"""

from html import unescape
from re import findall, sub
from shutil import copytree
from typing import NamedTuple

import pytest
from sqlalchemy import select

from roster.records import (
    AccountRow,
    ChannelRow,
    CheckRow,
    CompLeaveRow,
    IncidentRow,
    MessageRow,
    RosterRow,
    SwapRow,
)
from roster.rights import Role
from roster.services import drawing, requesting
from roster.services.accounting import take_back
from roster.services.answering import roster_asked
from tests.offices import SCHOOL, SHORT
from tests.web.accounts import COUNTY_ROLES, log_in, login_of
from tests.web.conftest import Visitor
from tests.web.county import AUTUMN_CHECKS, NOW, STUCK, open_office
from web import create_app

ADMIN, EDITOR, APPROVER, STAFF, INSPECTOR, HEAD, READER = Role
EVERYBODY = set(Role)
NOBODY: set[Role] = set()

# Whoever is not named is refused; OPEN asks nobody to log in.
OPEN = None
REACHED: dict[str, set[Role] | None] = {
    "static": OPEN,
    "feeds.duties": OPEN,
    "feeds.holidays": OPEN,
    "offers.look": OPEN,
    "offers.use": OPEN,
    "logins.log_in": OPEN,
    "logins.second": OPEN,
    "logins.log_out": OPEN,
    "own.account": EVERYBODY,
    "own.password": EVERYBODY,
    "own.end": EVERYBODY,
    "own.end_others": EVERYBODY,
    "own.factor": EVERYBODY,
    "own.factor_off": EVERYBODY,
    "accounts.unit": {ADMIN, EDITOR},
    "accounts.make": {ADMIN, EDITOR},
    "accounts.county": {ADMIN},
    "accounts.outsider": {ADMIN},
    "accounts.one": {ADMIN, EDITOR},
    "accounts.reset": {ADMIN, EDITOR},
    "accounts.active": {ADMIN, EDITOR},
    "accounts.grant": {ADMIN},
    "accounts.take_back": {ADMIN},
    "accounts.chain": EVERYBODY,
    "messages.own": EVERYBODY,
    "messages.read": EVERYBODY,
    "messages.unit": {ADMIN, EDITOR},
    "messages.again": {ADMIN, EDITOR},
    "channels.unit": {ADMIN, EDITOR},
    "channels.add": {ADMIN, EDITOR},
    "channels.test": {ADMIN, EDITOR},
    "channels.remove": {ADMIN, EDITOR},
    "channels.quiet": {ADMIN, EDITOR},
    "channels.own": EVERYBODY,
    "channels.own_add": EVERYBODY,
    "channels.own_test": EVERYBODY,
    "channels.own_remove": EVERYBODY,
    "county.board": EVERYBODY,
    "rosters.unit": EVERYBODY,
    "rosters.fairness": EVERYBODY,
    "rosters.download": EVERYBODY,
    "generating.ask": {ADMIN, EDITOR},
    "generating.queue": {ADMIN, EDITOR},
    "generating.relax": {ADMIN, EDITOR},
    "generating.one": {ADMIN, EDITOR, APPROVER, HEAD},
    "generating.cancel": {ADMIN, EDITOR},
    "generating.every": {ADMIN, EDITOR, APPROVER, HEAD},
    "people.unit": EVERYBODY,
    "people.person": EVERYBODY,
    "moving.move": {ADMIN, EDITOR},
    "subscriptions.person": {EDITOR},
    "subscriptions.person_add": {EDITOR},
    "subscriptions.person_code": {EDITOR},
    "subscriptions.person_end": {ADMIN, EDITOR},
    "subscriptions.alarms": {EDITOR},
    "subscriptions.file": {EDITOR},
    "subscriptions.unit": EVERYBODY,
    "subscriptions.unit_add": EVERYBODY,
    "subscriptions.unit_code": EVERYBODY,
    "subscriptions.unit_end": EVERYBODY,
    "subscribers.unit": {ADMIN, EDITOR},
    "subscribers.busy": {ADMIN},
    "duty.own": EVERYBODY,
    "duty.log": EVERYBODY,
    "duty.write": EVERYBODY,
    "zero.report": EVERYBODY,
    "incidents.every": EVERYBODY,
    "incidents.one": EVERYBODY - {STAFF},
    "incidents.new": EVERYBODY,
    "incidents.step": EVERYBODY,
    "zero.board": {ADMIN, INSPECTOR, HEAD, READER},
    "logs.unit": {ADMIN, EDITOR, APPROVER, INSPECTOR, HEAD, READER},
    "logs.one": {ADMIN, EDITOR, APPROVER, INSPECTOR, HEAD, READER},
    "logs.add": {EDITOR},
    "rules.book": EVERYBODY,
    "calendar.year": EVERYBODY,
    "calendar.bring": {ADMIN},
    "series.every": {ADMIN},
    "series.new": {ADMIN},
    "series.one": {ADMIN},
    "series.change": {ADMIN},
    "series.remove": {ADMIN},
    "series.commit": {ADMIN},
    "series.value": {ADMIN},
    "series.stop": {ADMIN},
    "series.reveal": {ADMIN},
    "series.cancel": {ADMIN},
    "drawn.own": EVERYBODY,
    "drawn.look": EVERYBODY,
    "drawn.record": EVERYBODY,
    "drawn.recuse": EVERYBODY,
    "drawn.days": EVERYBODY,
    "draws.every": OPEN,
    "draws.one": OPEN,
    "draws.term_file": OPEN,
    "draws.verifier": OPEN,
    "draws.vectors": OPEN,
    "checks.unit": {ADMIN, INSPECTOR, HEAD, READER},
    "checks.form": {INSPECTOR},
    "checks.one": {ADMIN, INSPECTOR, HEAD, READER},
    "summaries.county": {ADMIN, INSPECTOR, HEAD, READER},
    "answers.why": EVERYBODY,
    "answers.stand_in": EVERYBODY,
    "answers.absence": EVERYBODY,
    "comp.person": {EDITOR, APPROVER},
    "comp.ask": {EDITOR},
    "comp.take_back": EVERYBODY,
    "comp.decide": {EDITOR, APPROVER},
    "comp.unit": {EDITOR, APPROVER},
    "comp.download": {EDITOR, APPROVER},
    "swaps.own": EVERYBODY,
    "swaps.unit": EVERYBODY - {STAFF},
    "swaps.automatic": {ADMIN, EDITOR},
    "swaps.ask": EVERYBODY,
    "swaps.propose": EVERYBODY,
    "swaps.answer": EVERYBODY,
    "swaps.decide": EVERYBODY,
    "changes.unit": {ADMIN, EDITOR, APPROVER, HEAD},
    "changes.repair": {ADMIN, EDITOR},
    "editing.draft": {ADMIN, EDITOR, APPROVER, HEAD},
    "editing.cell": {ADMIN, EDITOR},
    "editing.check": {ADMIN, EDITOR},
    "editing.edit": {ADMIN, EDITOR},
    "redrafting.begin_draft": {ADMIN, EDITOR},
    "redrafting.resolve": {ADMIN, EDITOR},
    "redrafting.take_over": {ADMIN, EDITOR},
    "reviews.unit": {ADMIN, EDITOR, APPROVER, HEAD},
    "reviews.submit": {ADMIN, EDITOR},
    "reviews.take_back": {ADMIN, EDITOR},
    "reviews.approve": {APPROVER},
    "reviews.send_back": {APPROVER},
    "reviews.publish": {APPROVER},
    "reviews.withdraw": {APPROVER},
    "deadlines.county": EVERYBODY - {STAFF},
    "preparation.listing": {EDITOR},
    "preparation.new": {EDITOR},
    "preparation.change": {EDITOR},
    "preparation.remove": {EDITOR},
    "preparation.county": {ADMIN},
    "preparation.county_new": {ADMIN},
    "preparation.county_change": {ADMIN},
    "preparation.county_remove": {ADMIN},
    "overrides.add": {ADMIN},
    "overrides.surge": {ADMIN},
    "overrides.end": {ADMIN},
    "wishes.unit": {EDITOR},
    "wishes.own": EVERYBODY,
    "wishes.enter": EVERYBODY,
    "wishes.take_back": EVERYBODY,
    "wishes.answer": EVERYBODY,
    "readiness.unit": {ADMIN, EDITOR},
    "readiness.county": {ADMIN, EDITOR},
    "workbooks.unit": {EDITOR},
    "workbooks.preview": {EDITOR},
    "workbooks.export": {EDITOR},
    "workbooks.county": {ADMIN},
    "workbooks.county_preview": {ADMIN},
    "workbooks.county_export": {ADMIN},
    "workbooks.template": EVERYBODY,
    "roster_files.unit": {ADMIN, EDITOR},
    "roster_files.preview": {ADMIN, EDITOR},
    "history.county": {ADMIN},
    "history.unit": {ADMIN, EDITOR},
    "history.person": {ADMIN, EDITOR},
    "papers.unit": EVERYBODY,
    "papers.unit_workbook": EVERYBODY,
    "papers.county": EVERYBODY,
    "papers.county_workbook": EVERYBODY,
}

# What a page needs in its query to have something to show.
DUTY = f"?term={SHORT.id}&shift=2026-10-07/lead&staff="
QUERIES = {
    "answers.why": DUTY,
    "answers.stand_in": DUTY,
    "answers.absence": f"?term={SHORT.id}&staff=",
    "swaps.ask": f"?term={SHORT.id}&shift=2026-10-07/lead"
    f"&partner={SCHOOL.id}-00&staff=",
    "logs.one": "?shift=2026-10-06/lead&staff=",
}

# The county's records are kept under the same names as a unit's.
OF_THE_COUNTY = {"kind": ("unit", "unit"), "row_id": (SCHOOL.id, "U999")}

# Pages of something that is only there for an hour, or for those whose
# shift it is: 404 to everybody.
GONE = {
    "workbooks.preview",
    "workbooks.county_preview",
    "roster_files.preview",
    "duty.log",
}

CHECK, PERSON = "6d9a1a5e-9d0c-4c0e-8a52-2f6d3b1c0009", f"{SCHOOL.id}-05"


@pytest.fixture(scope="session")
def county(built, tmp_path_factory):
    """The small county with one thing of every kind an address names."""
    folder = tmp_path_factory.mktemp("access") / "data"
    copytree(built, folder)
    here = open_office(folder)
    app = create_app(here)
    Visitor(log_in(app.test_client())).checks(id=CHECK)
    with here.records.writing() as session:
        assert session.get(CheckRow, CHECK) is not None
        account = AccountRow(
            login=PERSON.lower(),
            name="?",
            staff=PERSON,
            password="",
            must_change=False,
            active=True,
            totp="",
            totp_counter=0,
            recovery=[],
            made_at=NOW,
        )
        session.add(account)
        channel = ChannelRow(
            unit=SCHOOL.id,
            kind="wecom",
            address="?",
            secret="",
            made_by="?",
            made_at=NOW,
        )
        message = MessageRow(
            kind="duties-changed",
            facts={},
            unit=SCHOOL.id,
            key="?",
            queued_at=NOW,
            due_at=NOW,
            state="sent",
            attempts=1,
            channel="",
            error="",
        )
        session.add_all([channel, message])
        session.flush()
        number = account.id
        wanted = select(RosterRow.id).where(RosterRow.unit == SCHOOL.id)
        roster = session.scalars(wanted).one()
        asked = requesting.ask(
            session,
            term_id=SHORT.id,
            unit_ids=[SCHOOL.id],
            place=SCHOOL.id,
            who="test",
            now=NOW,
        )
        swap = SwapRow(
            unit=SCHOOL.id,
            term=SHORT.id,
            shift="2026-10-17/lead",
            staff=PERSON,
            partner=f"{SCHOOL.id}-06",
            back="",
            owed=False,
            emergency=False,
            state="refused",
            word="",
            answer="",
            behalf="",
            proposed_by="?",
            proposed_at=NOW,
            agreed_by="",
            settled_by="?",
        )
        session.add(swap)
        session.flush()
        swap_id = swap.id
        comp = CompLeaveRow(
            unit=SCHOOL.id,
            staff=PERSON,
            first=NOW.date(),
            last=NOW.date(),
            halves=[[str(NOW.date()), "pm"]],
            state="refused",
            word="",
            behalf="",
            answer="",
            asked_by="?",
            asked_at=NOW,
            settled_by="?",
        )
        session.add(comp)
        session.flush()
        comp_id = comp.id
        numbers = channel.id, message.id
        series = drawing.make_series(
            session, AUTUMN_CHECKS, tools=here.drawing_tools(), who="test"
        )
        sudden = IncidentRow(
            unit=SCHOOL.id,
            happened_at=NOW,
            place="",
            people="",
            situation="?",
            measures="",
            who="?",
            reported_at=NOW,
        )
        session.add(sudden)
        session.flush()
        incident = sudden.id
    yield (
        app,
        {
            "unit_id": (SCHOOL.id, "U999"),
            "staff_id": (PERSON, "P999"),
            "check_id": (CHECK, CHECK.replace("9", "8")),
            "account_id": (number, 999_999),
            "channel_id": (numbers[0], 999_999),
            "message_id": (numbers[1], 999_999),
            "own_channel": (999_999, 999_999),
            "login_id": (999_999, 999_999),
            "request_id": (asked, 999_999),
            "override_id": (1, 999_999),
            "round_id": (1, 1),
            "swap_id": (swap_id, 999_999),
            "comp_id": (comp_id, 999_999),
            "step": ("agree", "agree"),
            "roster_id": (roster, 999_999),
            "row_id": (PERSON, "P999"),
            "kind": ("staff", "staff"),
            "incident_id": (incident, 999_999),
            "series_id": (series, 999_999),
            "deed": ("nothing", "nothing"),
            "token": ("nothing", "nothing"),
            "which": ("holidays", "holidays"),
            "code": ("nothing", "nothing"),
            "subscription_id": (999_999, 999_999),
            "ending": ("wipe", "wipe"),
            "name": ("schools", "schools"),
            "number": (2026, 2026),
            "form": ("xlsx", "xlsx"),
            "filename": ("site.css", "site.css"),
        },
    )
    here.close()


def rules(app):
    """Every address with a method that is a deed or a page of its own."""
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield rule, method


def address(app, rule, known: dict, which: int) -> str:
    """An address of this rule, with ids that exist or do not."""
    of_county = rule.endpoint.startswith("preparation.county")
    samples = known | OF_THE_COUNTY if of_county else known
    values = {name: samples[name][which] for name in rule.arguments}
    if rule.endpoint in ("swaps.decide", "comp.decide"):
        values["step"] = "refuse"
    with app.test_request_context():
        path = app.url_for(rule.endpoint, **values)

    query = QUERIES.get(rule.endpoint, "")
    return path + (query + holder(app) if query else "")


def holder(app) -> str:
    """Who holds the duty that pages of answers are asked about."""
    here = app.extensions["office"]
    with here.records.reading() as session:
        asked = roster_asked(session, unit_id=SCHOOL.id, term_id=SHORT.id)
    return next(
        cell.staff for cell in asked.roster if cell.shift == "2026-10-07/lead"
    )


class Answer(NamedTuple):
    """What came back."""

    status: int
    location: str
    text: str

    @property
    def let_in(self) -> bool:
        """Whether somebody got past the door."""
        to_login = self.location.startswith("/login")
        return not to_login and self.status not in (401, 403, 404)


def ask(client, method: str, path: str) -> Answer:
    """A deed is asked for without a form's token: 400 is past the door."""
    with client.open(path, method=method) as found:
        text = found.text if found.mimetype == "text/html" else ""
        return Answer(found.status_code, found.location or "", text)


def test_every_address_has_a_row_and_every_row_an_address(county):
    app, _ = county

    assert {rule.endpoint for rule, _ in rules(app)} == set(REACHED)


@pytest.mark.parametrize("endpoint", REACHED)
def test_only_the_roles_named_get_in(county, endpoint):
    app, known = county
    visitors = {
        role: log_in(app.test_client(), login_of(role)) for role in Role
    }

    for rule, method in rules(app):
        if rule.endpoint != endpoint:
            continue

        path = address(app, rule, known, 0)
        stranger = ask(app.test_client(), method, path)
        if REACHED[endpoint] is OPEN:
            assert stranger.status != 403, path
            continue

        assert stranger.status == 303, path
        assert stranger.location.startswith("/login"), path
        for role, client in visitors.items():
            allowed = role in REACHED[endpoint]
            if allowed and method == "GET" and endpoint in GONE:
                continue

            answer = ask(client, method, path)
            assert answer.let_in == allowed, (method, path, role, answer)


@pytest.mark.parametrize("endpoint", REACHED)
def test_what_lies_in_another_unit_answers_like_what_does_not_exist(
    county, endpoint
):
    app, known = county
    asked = {name for name in known if known[name][0] != known[name][1]}
    for rule, method in rules(app):
        if rule.endpoint != endpoint or not rule.arguments & asked:
            continue

        there = address(app, rule, known, 0)
        nowhere = address(app, rule, known, 1)
        for role in set(Role) - set(COUNTY_ROLES):
            client = log_in(app.test_client(), login_of(role, STUCK.id))
            answers = [ask(client, method, path) for path in (there, nowhere)]
            if endpoint.startswith("own.") or endpoint == "wishes.take_back":
                continue

            found, unknown = answers
            assert not found.let_in, (method, there, role)
            assert (found.status, said(found)) == (
                unknown.status,
                said(unknown),
            )


def said(answer: Answer) -> str:
    """What a page says, without its own address and forms' proofs."""
    fresh = r'<a href="[^"]*" hreflang|name="csrf_token" value="[^"]+"'
    return sub(fresh, "", answer.text)


def test_a_right_taken_back_ends_at_the_next_request(working, here):
    editor = working(Role.UNIT_EDITOR)
    page = f"/units/{SCHOOL.id}/accounts"
    assert editor.client.get(page).status_code == 200

    with here.records.writing() as session:
        row = session.query(AccountRow).filter_by(
            login=login_of(Role.UNIT_EDITOR)
        )
        take_back(
            session,
            account_id=row.one().id,
            role=Role.UNIT_EDITOR,
            unit=SCHOOL.id,
            who="test",
            now=NOW,
        )

    assert editor.client.get(page).status_code == 403


FORM = f"/units/{SCHOOL.id}/check"
FEED = f"/people/{SCHOOL.id}-01/feed"


@pytest.mark.parametrize("address", [FORM, FEED])
@pytest.mark.parametrize("token", [{}, {"csrf_token": "made-up"}])
def test_a_form_of_another_site_is_refused_in_words(visitor, address, token):
    visitor.token(FORM)

    answer = visitor.client.post(address, data=token)

    assert answer.status_code == 400
    assert "表单已过期" in answer.text


def test_what_an_address_does_not_take_is_said_in_words(visitor):
    answer = visitor.client.get(FEED)

    assert answer.status_code == 405
    assert "不接受这种请求" in answer.text


def test_what_is_too_large_is_refused_in_words(visitor):
    answer = visitor.client.post(FORM, data={"note": "长" * 3_000_000})

    assert answer.status_code == 413
    assert "太大" in answer.text


def test_what_no_database_takes_is_refused_in_words(visitor):
    token = visitor.token(FORM)

    for answer in (
        visitor.client.get("/units/U%00"),
        visitor.client.get("/?q=%00"),
        visitor.client.post(FORM, data={"csrf_token": token, "note": "\0"}),
    ):
        assert answer.status_code == 400
        assert "读不懂" in answer.text


def test_no_button_leads_to_a_refusal(working):
    pages = (f"/units/{SCHOOL.id}", f"/units/{SCHOOL.id}/people")

    for role in Role:
        reader = working(role)
        for page in pages:
            text = reader.reads(page)
            assert (f'href="{FORM}"' in text) <= (role is INSPECTOR)
            for link in links_of(text):
                assert ask(reader.client, "GET", link).let_in, (role, link)


def links_of(page: str) -> set[str]:
    """The links inside the site, without the downloads."""
    found = {unescape(link) for link in findall('href="(/[^"#]*)"', page)}
    return {link for link in found if "/roster." not in link}
