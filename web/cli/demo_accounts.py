"""The demonstration's log-ins: one for each role, printed once."""

from sqlalchemy.orm import Session

from roster.people import Standing, UnitKind
from roster.rights import Grant, Role
from roster.services import logins, viewing
from roster.services.accounting import make_account
from roster.services.checking import inspectors_for
from roster.services.views import StaffLine
from web.cli.terminal import say
from web.passwords import first_password
from web.wiring import Office
from web.words.roles import ROLES

WHO = "duty-roster demo"


def demonstration_accounts(here: Office) -> list[str]:
    """Makes the log-ins where there are none; gives the lines to print."""
    words, hashed = first_password()
    with here.records.writing() as session:
        if logins.any_account(session):
            return _known()

        school = _school(session)
        made = []
        for login, person, grants in _people(here, session, school):
            make_account(
                session,
                login=login,
                name=person.name,
                staff_id=person.id,
                password=hashed,
                must_change=False,
                grants=grants,
                who=WHO,
                now=here.now(),
            )
            roles = "、".join(say(*ROLES[grant.role]) for grant in grants)
            made.append(f"  {login:10} {person.name} {roles}")

    return [
        say(
            f"登录用的密码都是 {words} （只显示这一次）：",
            f"All these log in with {words} (shown this once):",
        ),
        *made,
    ]


def _known() -> list[str]:
    return [
        say(
            "登录名见上次；忘了密码：duty-roster admin reset admin",
            "Log-ins as before; forgotten: duty-roster admin reset admin",
        )
    ]


def _school(session: Session) -> str:
    """A school with enough people to play every part."""
    schools = [u for u in viewing.units(session) if u.kind is UnitKind.SCHOOL]
    return max(
        (unit.id for unit in schools[:12]),
        key=lambda unit: len(viewing.staff_of(session, unit_id=unit)),
    )


def _people(
    here: Office, session: Session, school: str
) -> list[tuple[str, StaffLine, tuple[Grant, ...]]]:
    """Who logs in by which name, with which roles."""
    bureau = next(
        unit.id
        for unit in viewing.units(session)
        if unit.kind is UnitKind.BUREAU
    )
    inspector = inspectors_for(session, unit_id=school, moment=here.now())[0]
    office, desk = _two(session, bureau, Standing.STAFF, but=inspector.id)
    chief, _ = _two(session, bureau, Standing.PRINCIPAL)
    deputy, _ = _two(session, bureau, Standing.DEPUTY)
    head, _ = _two(session, school, Standing.PRINCIPAL)
    dean, _ = _two(session, school, Standing.MIDDLE)
    teacher, _ = _two(session, school, Standing.STAFF)
    return [
        ("admin", office, (Grant(Role.BUREAU_ADMIN),)),
        ("bureau", desk, (Grant(Role.UNIT_EDITOR, bureau),)),
        ("deputy", deputy, (Grant(Role.APPROVER),)),
        ("reader", chief, (Grant(Role.BUREAU_READER),)),
        ("inspector", inspector, (Grant(Role.INSPECTOR),)),
        ("editor", dean, _of(school, Role.UNIT_EDITOR, Role.STAFF)),
        ("head", head, _of(school, Role.HEAD, Role.APPROVER, Role.STAFF)),
        ("staff", teacher, _of(school, Role.STAFF)),
    ]


def _of(unit: str, *roles: Role) -> tuple[Grant, ...]:
    return tuple(Grant(role, unit) for role in roles)


def _two(
    session: Session, unit: str, standing: Standing, but: str = ""
) -> tuple[StaffLine, StaffLine]:
    """The first and the last of a standing, maybe one and the same."""
    found = [
        line
        for line in viewing.staff_of(session, unit_id=unit)
        if line.standing is standing and line.id != but
    ]
    return found[0], found[-1]
