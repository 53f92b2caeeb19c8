"""Accounts, roles and log-ins in the records, on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from roster.county import County
from roster.errors import Refused, Unusable
from roster.people import Unit, UnitKind
from roster.records import AccountRow, JournalRow, LoginRow, StaffRow
from roster.records.journal import broken
from roster.rights import Grant, Right, Role, Visitor
from roster.services import (
    account_views,
    accounting,
    devices,
    logins,
    own_account,
)
from roster.services.importing import apply
from tests.conftest import NOW
from tests.offices import BUREAU, SCHOOL, bureau_staff, school_staff

TODAY = NOW.date()
TEACHER = f"{SCHOOL.id}-05"
DISTRICT = Unit(
    id="D1", name="石梁学区", kind=UnitKind.DISTRICT, parent=BUREAU.id
)


@pytest.fixture
def session(records):
    """A county of a bureau, a district and a school, being written to."""
    units = (BUREAU, DISTRICT, SCHOOL)
    staff = (*bureau_staff(3), *school_staff(8))
    with records.writing() as opened:
        apply(opened, County(units=units, staff=staff), who="test", now=NOW)
    with records.writing() as opened:
        yield opened


def make(session, login="wang", *grants: Grant, **more):
    """An account whose password is kept as its own words."""
    more.setdefault("name", "王芳")
    more.setdefault("password", "hash")
    return accounting.make_account(
        session, login=login, grants=grants, who="test", now=NOW, **more
    )


def opened(session, login="wang", **more) -> str:
    """The secret of a new log-in."""
    held = logins.credentials(session, login=login, today=TODAY)
    more.setdefault("now", NOW)
    return logins.open_login(
        session,
        held=held,
        device="Android · 微信",
        remembered=more.pop("remembered", False),
        today=TODAY,
        **more,
    )


def seen(session, secret: str, now=NOW) -> Visitor | None:
    """Who a secret belongs to."""
    return logins.visitor_of(session, secret=secret, now=now, today=TODAY)


def test_an_account_is_found_however_its_name_is_typed(session):
    make(session, "ＷangFang ")

    for typed in ("wangfang", "WANGFANG", " wang fang", "ｗａｎｇｆａｎｇ"):
        held = logins.credentials(session, login=typed, today=TODAY)
        assert held is not None
        assert held.login == "wangfang"


def test_no_name_is_taken_twice_and_all_mistakes_are_told(session):
    make(session)

    with pytest.raises(Unusable) as error:
        make(session, "WANG", name=" ", staff_id="P999")

    codes = [mistake.code for mistake in error.value.mistakes]
    assert codes == ["no-name", "login-taken", "unknown-staff"]


@pytest.mark.parametrize("login", ["", "a b/c", "x" * 41, "a<b>"])
def test_a_log_in_that_cannot_be_is_refused(session, login):
    with pytest.raises(Unusable) as error:
        make(session, login)

    assert [m.code for m in error.value.mistakes] == ["bad-login"]


def test_people_of_the_list_get_accounts_once_with_a_slip_each(session):
    words = iter([("first-1", "hash-1"), ("first-2", "hash-2")])
    staff = [TEACHER, f"{SCHOOL.id}-06"]

    slips = accounting.make_staff_accounts(
        session,
        staff_ids=staff,
        first_password=lambda: next(words),
        who="test",
        now=NOW,
    )
    again = accounting.make_staff_accounts(
        session, staff_ids=staff, first_password=None, who="test", now=NOW
    )

    assert [slip.password for slip in slips] == ["first-1", "first-2"]
    assert slips[0].unit_name == SCHOOL.name
    assert again == ()
    found = account_views.accounts(session, unit_ids=[SCHOOL.id])
    assert [one.staff_id for one in found] == staff
    assert all(one.must_change for one in found)
    assert found[0].grants == (Grant(Role.STAFF, SCHOOL.id),)


def test_who_logs_in_is_known_by_the_secret_of_that_device(session):
    make(session, "wang", Grant(Role.HEAD, SCHOOL.id), staff_id=TEACHER)

    secret = opened(session)
    who = seen(session, secret)

    assert who is not None
    assert who.staff_id == TEACHER
    assert who.may(Right.RESULTS, SCHOOL.id)
    assert not who.may(Right.RESULTS, BUREAU.id)
    assert seen(session, secret + "x") is None


def test_the_secret_itself_is_kept_nowhere(session):
    make(session)
    secret = opened(session)
    session.flush()

    kept = session.scalars(select(LoginRow.secret)).all()

    assert kept
    assert all(secret not in one for one in kept)


@pytest.mark.parametrize(
    ("remembered", "lasts"),
    [(False, timedelta(hours=12)), (True, timedelta(days=90))],
)
def test_a_log_in_ends_by_itself(session, remembered, lasts):
    make(session)
    secret = opened(session, remembered=remembered)

    assert seen(session, secret, NOW + lasts) is not None
    assert seen(session, secret, NOW + lasts + timedelta(seconds=1)) is None


def test_each_device_is_logged_out_alone_or_all_but_one(session):
    account = make(session).id
    phone, desk, home = (opened(session) for _ in range(3))
    lines = devices.devices(session, account=account, secret=desk, now=NOW)
    oldest = lines[-1].id

    devices.end_one(session, account=account, login_id=oldest, now=NOW)

    assert seen(session, phone) is None
    assert seen(session, desk) is not None
    devices.end_all(session, account=account, now=NOW, but=desk)
    assert seen(session, home) is None
    assert seen(session, desk) is not None
    devices.end_login(session, secret=desk, now=NOW)
    assert seen(session, desk) is None


def test_nobody_logs_out_somebody_elses_device(session):
    make(session)
    other = make(session, "li").id
    secret = opened(session)
    (line,) = devices.devices(
        session,
        account=logins.credentials(session, login="wang", today=TODAY).account,
        secret=secret,
        now=NOW,
    )

    with pytest.raises(Refused) as error:
        devices.end_one(session, account=other, login_id=line.id, now=NOW)

    assert error.value.code == "no-such-login"
    assert seen(session, secret) is not None


def test_a_new_password_ends_every_other_log_in(session):
    make(session)
    here, there = opened(session), opened(session)
    held = logins.credentials(session, login="wang", today=TODAY)

    own_account.change_password(
        session, held=held, password="new", secret=here, now=NOW
    )

    assert seen(session, here) is not None
    assert not seen(session, here).must_change
    assert seen(session, there) is None


def test_a_password_changed_meanwhile_lets_nobody_in_by_the_old_one(session):
    make(session)
    held = logins.credentials(session, login="wang", today=TODAY)
    own_account.change_password(
        session, held=held, password="new", secret="", now=NOW
    )

    with pytest.raises(Refused) as error:
        logins.open_login(
            session,
            held=held,
            device="",
            remembered=False,
            now=NOW,
            today=TODAY,
        )

    assert error.value.code == "login-changed"


def test_a_code_is_taken_once(session):
    account = make(session).id
    own_account.set_totp(
        session,
        account=account,
        totp="secret",
        counter=10,
        recovery=["one", "two"],
        now=NOW,
    )
    held = logins.credentials(session, login="wang", today=TODAY)

    own_account.take_code(session, held=held, counter=11, now=NOW)
    for counter in (10, 11):
        with pytest.raises(Refused):
            own_account.take_code(session, held=held, counter=counter, now=NOW)

    own_account.take_recovery(session, held=held, code="one", now=NOW)
    with pytest.raises(Refused):
        own_account.take_recovery(session, held=held, code="one", now=NOW)
    left = logins.credentials(session, login="wang", today=TODAY).recovery
    assert left == ("two",)


def test_a_reset_ends_all_log_ins_and_the_second_factor(session):
    account = make(session).id
    own_account.set_totp(
        session,
        account=account,
        totp="secret",
        counter=10,
        recovery=["one"],
        now=NOW,
    )
    secret = opened(session)

    slip = accounting.reset(
        session,
        account_id=account,
        first_password=lambda: ("words", "hash-2"),
        who="test",
        now=NOW,
    )

    held = logins.credentials(session, login="wang", today=TODAY)
    assert (slip.login, slip.password) == ("wang", "words")
    assert seen(session, secret) is None
    assert (held.password, held.totp, held.recovery) == ("hash-2", "", ())


def test_a_closed_account_is_out_at_once_and_cannot_come_back(session):
    make(session, "boss", Grant(Role.BUREAU_ADMIN))
    account = make(session).id
    secret = opened(session)

    accounting.set_active(
        session, account_id=account, active=False, who="test", now=NOW
    )

    assert seen(session, secret) is None
    assert logins.credentials(session, login="wang", today=TODAY) is None


def test_who_has_left_the_unit_is_out_the_day_after(session):
    make(session, staff_id=TEACHER)
    secret = opened(session)
    person = session.get_one(StaffRow, TEACHER)

    person.employed_until = TODAY
    session.flush()
    assert seen(session, secret) is not None
    person.employed_until = TODAY - timedelta(days=1)
    session.flush()

    assert seen(session, secret) is None
    assert logins.credentials(session, login="wang", today=TODAY) is None


@pytest.mark.parametrize(
    "grant",
    [
        Grant(Role.BUREAU_ADMIN),
        Grant(Role.BUREAU_ADMIN, BUREAU.id, below=True),
    ],
)
def test_the_last_administrator_stays(session, grant):
    account = make(session, "boss", grant).id
    make(session, "local", Grant(Role.BUREAU_ADMIN, SCHOOL.id))

    with pytest.raises(Refused) as taken:
        accounting.take_back(
            session,
            account_id=account,
            role=grant.role,
            unit=grant.unit,
            who="test",
            now=NOW,
        )

    assert taken.value.code == "last-admin"


def test_one_of_two_administrators_may_go(session):
    account = make(session, "boss", Grant(Role.BUREAU_ADMIN)).id
    make(session, "second", Grant(Role.BUREAU_ADMIN, BUREAU.id, below=True))

    accounting.take_back(
        session,
        account_id=account,
        role=Role.BUREAU_ADMIN,
        unit="",
        who="test",
        now=NOW,
    )

    assert account_views.account(session, account).grants == ()


def test_the_same_role_is_granted_once(session):
    account = make(session, "boss", Grant(Role.APPROVER)).id

    for deep in (False, True):
        for unit in ("", SCHOOL.id):
            accounting.grant(
                session,
                account_id=account,
                grant=Grant(Role.APPROVER, unit, deep),
                who="test",
                now=NOW,
            )

    grants = account_views.account(session, account).grants
    assert sorted((g.unit, g.below) for g in grants) == [
        ("", True),
        (SCHOOL.id, True),
    ]


def view(*grants: Grant, unit=SCHOOL.id):
    """An account of the school with these roles."""
    return account_views.AccountView(
        id=1,
        login="x",
        name="某",
        staff_id=TEACHER,
        unit_id=unit,
        active=True,
        must_change=False,
        second_factor=False,
        grants=grants,
        made_at=NOW,
    )


EDITOR = Visitor(
    2,
    grants=(Grant(Role.UNIT_EDITOR, SCHOOL.id),),
    parents={SCHOOL.id: BUREAU.id, BUREAU.id: ""},
)


@pytest.mark.parametrize("role", Role)
def test_an_editor_resets_staff_but_nobody_who_controls_them(role):
    found = view(Grant(Role.STAFF, SCHOOL.id), Grant(role, SCHOOL.id))

    if role is Role.STAFF:
        accounting.check_may_administer(EDITOR, found)
        return

    with pytest.raises(Refused) as error:
        accounting.check_may_administer(EDITOR, found)
    assert error.value.code == "account-of-another"


def test_an_editor_keeps_no_account_of_another_unit():
    for found in (
        view(Grant(Role.STAFF, BUREAU.id), unit=BUREAU.id),
        view(Grant(Role.STAFF, BUREAU.id)),
        view(unit=BUREAU.id),
    ):
        with pytest.raises(Refused):
            accounting.check_may_administer(EDITOR, found)


def test_holders_are_found_through_the_tree_and_not_among_the_closed(session):
    ids = [f"{BUREAU.id}-0{n}" for n in range(3)]
    make(session, "a", Grant(Role.APPROVER), staff_id=ids[0])
    deep = Grant(Role.APPROVER, BUREAU.id, below=True)
    make(session, "b", deep, staff_id=ids[1])
    make(session, "c", Grant(Role.APPROVER, BUREAU.id), staff_id=ids[2])
    gone = make(session, "d", Grant(Role.APPROVER), staff_id=TEACHER)
    make(session, "outsider", Grant(Role.APPROVER))
    session.get_one(AccountRow, gone.id).active = False
    session.flush()

    found = account_views.holders(session, Right.APPROVE, SCHOOL.id)

    assert found == tuple(ids[:2])
    assert account_views.holders(session, Right.APPROVE, BUREAU.id) == (
        tuple(ids)
    )


def test_every_deed_is_in_the_journal_without_any_secret(session):
    account = make(session, "wang", Grant(Role.APPROVER)).id
    secret = opened(session)
    held = logins.credentials(session, login="wang", today=TODAY)
    own_account.change_password(
        session, held=held, password="hash-2", secret=secret, now=NOW
    )
    accounting.reset(
        session,
        account_id=account,
        first_password=lambda: ("words-3", "hash-3"),
        who="test",
        now=NOW,
    )
    session.flush()

    rows = session.scalars(
        select(JournalRow).where(JournalRow.noun == "account")
    ).all()

    assert [row.verb for row in rows] == ["grant", "make", "change", "reset"]
    told = str([row.facts for row in rows])
    for kept in ("hash", "words", secret):
        assert kept not in told
    assert broken(session) == []


def test_a_person_of_before_today_may_come_back(session):
    person = session.get_one(StaffRow, TEACHER)
    person.employed_until = date(2020, 1, 1)
    session.flush()
    make(session, staff_id=TEACHER)

    assert logins.credentials(session, login="wang", today=TODAY) is None
    person.employed_until = None
    session.flush()
    assert logins.credentials(session, login="wang", today=TODAY) is not None
