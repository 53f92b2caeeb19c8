"""Accounts as administrators keep them, and who answers for what."""

from collections.abc import Collection

from flask import (
    Blueprint,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from roster.errors import Refused, Unusable
from roster.rights import Grant, Right, Role
from roster.services import account_views, accounting, viewing
from roster.services.account_views import AccountView, Slip
from roster.services.chain import chain as chain_of
from web.access import may, visitor, writing
from web.pages import language, office, the_unit
from web.passwords import first_password, first_passwords
from web.words import all_sentences, refusal_sentence

pages = Blueprint("accounts", __name__)

MOST_SHOWN = 200


@pages.get("/units/<unit_id>/accounts")
def unit(unit_id: str) -> str:
    """A unit's people with their accounts, and those without."""
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        staff = viewing.staff_of(session, unit_id=unit_id)
        found = account_views.accounts(session, unit_ids=[unit_id])

    known = {one.staff_id: one for one in found}
    return render_template(
        "accounts/unit.html",
        unit=place,
        term=None,
        staff=staff,
        accounts=known,
        missing=[line for line in staff if line.id not in known],
    )


@pages.post("/units/<unit_id>/accounts")
def make(unit_id: str) -> Response:
    """Makes accounts for people of the name list; shows slips to print."""
    wanted = set(request.form.getlist("staff"))
    hashes = first_passwords(len(wanted))
    with writing() as session:
        mine = [s.id for s in viewing.staff_of(session, unit_id=unit_id)]
        slips = accounting.make_staff_accounts(
            session,
            staff_ids=[one for one in mine if one in wanted],
            first_password=lambda: next(hashes),
            who=visitor().signature,
            now=office().now(),
        )

    if not slips:
        return redirect(url_for("accounts.unit", unit_id=unit_id), 303)

    return _slips(slips, url_for("accounts.unit", unit_id=unit_id))


def _slips(slips: tuple[Slip, ...], back: str) -> Response:
    """Shown this once: the passwords are kept nowhere."""
    page = render_template("accounts/slips.html", slips=slips, back=back)
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/accounts")
def county() -> str:
    """Every account of the county, found by name or log-in."""
    query = request.args.get("q", "").strip()
    with office().records.reading() as session:
        found = account_views.accounts(
            session, unit_ids=_governed(), query=query
        )
        names = {u.id: u.name for u in viewing.units(session)}

    special = [a for a in found if any(g.role != Role.STAFF for g in a.grants)]
    shown = found if query else special
    return render_template(
        "accounts/county.html",
        query=query,
        shown=shown[:MOST_SHOWN],
        more=len(shown) > MOST_SHOWN,
        count=len(found),
        names=names,
    )


def _governed() -> Collection[str] | None:
    """The units whose accounts are shown; None for all, outsiders too."""
    who = visitor()
    if who.may_everywhere(Right.GOVERN):
        return None

    return who.covered(Right.GOVERN)


@pages.route("/accounts/new", methods=["GET", "POST"])
def outsider() -> str | Response | tuple[str, int]:
    """An account for somebody on no name list: discipline, a county desk."""
    if request.method == "GET":
        return _outsider_form([])

    words, hashed = first_password()
    try:
        with writing() as session:
            made = accounting.make_account(
                session,
                login=request.form.get("login", ""),
                name=request.form.get("name", ""),
                password=hashed,
                grants=(),
                who=visitor().signature,
                now=office().now(),
            )
    except Unusable as error:
        return _outsider_form(all_sentences(error, language())), 400

    slip = Slip(made.name, "", "", made.login, words)
    return _slips((slip,), url_for("accounts.one", account_id=made.id))


def _outsider_form(mistakes: list[str]) -> str:
    return render_template("accounts/outsider.html", mistakes=mistakes)


@pages.get("/accounts/<int:account_id>")
def one(account_id: int) -> str:
    """One account: its roles, and what can be done with it."""
    return _one(account_id)


def _one(account_id: int, mistakes: tuple[str, ...] = ()) -> str:
    with office().records.reading() as session:
        found = account_views.account(session, account_id) or abort(404)
        units = viewing.units(session)

    return render_template(
        "accounts/one.html",
        account=found,
        units=units,
        names={u.id: u.name for u in units},
        roles=Role,
        may_administer=_may_administer(found),
        mistakes=mistakes,
    )


def _may_administer(found: AccountView) -> bool:
    try:
        accounting.check_may_administer(visitor(), found)
    except Refused:
        return False

    return True


def _administered(session: Session, account_id: int) -> AccountView:
    """An account the visitor may administer, read inside the writing."""
    found = account_views.account(session, account_id) or abort(404)
    accounting.check_may_administer(visitor(), found)
    return found


@pages.post("/accounts/<int:account_id>/reset")
def reset(account_id: int) -> Response:
    """A new first password on a slip; every log-in of the account ends."""
    hashes = first_passwords(1)
    with writing() as session:
        _administered(session, account_id)
        slip = accounting.reset(
            session,
            account_id=account_id,
            first_password=lambda: next(hashes),
            who=visitor().signature,
            now=office().now(),
        )

    return _slips((slip,), url_for("accounts.one", account_id=account_id))


@pages.post("/accounts/<int:account_id>/active")
def active(account_id: int) -> Response:
    """Closes an account at once, or opens it again."""
    with writing() as session:
        _administered(session, account_id)
        accounting.set_active(
            session,
            account_id=account_id,
            active=request.form.get("active") == "yes",
            who=visitor().signature,
            now=office().now(),
        )

    return _back(account_id)


@pages.post("/accounts/<int:account_id>/grants")
def grant(account_id: int) -> Response:
    """Gives a role for a unit, with ``below`` for all under it."""
    wanted = Grant(
        _role(), request.form.get("unit", ""), "below" in request.form
    )
    with writing() as session:
        if not _governs(wanted.unit):
            abort(404)

        accounting.grant(
            session,
            account_id=account_id,
            grant=wanted,
            who=visitor().signature,
            now=office().now(),
        )

    return _back(account_id)


def _governs(unit: str) -> bool:
    """Whether the visitor may hand out rights there, or everywhere."""
    if unit:
        return may(Right.GOVERN, unit)

    return any(
        g.role is Role.BUREAU_ADMIN and not g.unit for g in visitor().grants
    )


@pages.post("/accounts/<int:account_id>/grants/remove")
def take_back(account_id: int) -> Response | tuple[str, int]:
    """Takes a role back; the last administrator stays one."""
    try:
        with writing() as session:
            accounting.take_back(
                session,
                account_id=account_id,
                role=_role(),
                unit=request.form.get("unit", ""),
                who=visitor().signature,
                now=office().now(),
            )
    except Refused as error:
        words = refusal_sentence(error, language())
        return _one(account_id, (words,)), 409

    return _back(account_id)


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError:
        abort(400, gettext("没有这个角色。"))


def _back(account_id: int) -> Response:
    return redirect(url_for("accounts.one", account_id=account_id), 303)


@pages.get("/units/<unit_id>/chain")
def chain(unit_id: str) -> str:
    """Who answers for what, and whom to ring in which order."""
    here = office()
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        found = chain_of(
            session, unit_id=unit_id, now=here.now(), books=here.books
        )

    return render_template(
        "accounts/chain.html", unit=place, term=None, chain=found
    )
