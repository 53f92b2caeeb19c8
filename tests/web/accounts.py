"""Accounts of the small county: one of everything, and one for each role."""

from flask.testing import FlaskClient

from roster.rights import Grant, Role
from roster.services import logins
from roster.services.accounting import make_account
from tests.conftest import NOW as MADE_AT
from tests.offices import SCHOOL
from web.passwords import FIRST_HASHER

EVERYTHING = "wang"
PASSWORD = "柳湾的猫不吃鱼"
HASHED = FIRST_HASHER.hash(PASSWORD)

COUNTY_ROLES = (Role.BUREAU_ADMIN, Role.INSPECTOR, Role.BUREAU_READER)


def login_of(role: Role, unit: str = SCHOOL.id) -> str:
    """The log-in of whoever has only this role, for this unit."""
    return f"{role.value.replace(' ', '-')}.{unit}".lower()


def grant_of(role: Role, unit: str = SCHOOL.id) -> Grant:
    """A bureau's roles hold everywhere, the others in one unit."""
    return Grant(role) if role in COUNTY_ROLES else Grant(role, unit)


def add_accounts(session, *units: str) -> None:
    """Makes them; nobody has to change the password first."""
    add_account(session, EVERYTHING, "王办公室", *map(Grant, Role))
    for unit in units:
        for role in Role:
            login = login_of(role, unit)
            add_account(session, login, role.value, grant_of(role, unit))


def add_account(
    session, login: str, name: str, *grants: Grant, staff_id: str = ""
) -> None:
    """One account with the password all have."""
    make_account(
        session,
        login=login,
        name=name,
        password=HASHED,
        grants=grants,
        staff_id=staff_id,
        must_change=False,
        who="test",
        now=MADE_AT,
    )


def log_in(client: FlaskClient, login: str = EVERYTHING) -> FlaskClient:
    """Logs a client in, without the slow comparison of the password."""
    here = client.application.extensions["office"]
    with here.records.writing() as session:
        held = logins.credentials(session, login=login, today=here.today())
        assert held is not None, login
        secret = logins.open_login(
            session,
            held=held,
            device="test",
            remembered=True,
            now=here.clock(),
            today=here.today(),
        )
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie["login"] = secret
        cookie["remembered"] = True
        cookie["seen"] = int(here.clock().timestamp())

    return client
