"""One's own account: password, devices, second factor."""

from io import BytesIO

import segno
from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from roster.services import devices, logins, own_account
from roster.services.logins import Credentials
from web.access import visitor, writing
from web.codes import Codes, recovery_codes, recovery_hash
from web.pages import language, office
from web.passwords import fault, hash_of, matches
from web.words import sentence

pages = Blueprint("own", __name__)

WRONG = 400


@pages.get("/account")
def account() -> str:
    """What the visitor may do where, and where they are logged in."""
    here = office()
    with here.records.reading() as records:
        found = devices.devices(
            records,
            account=visitor().account,
            secret=session["login"],
            now=here.clock(),
        )
        held = logins.credentials_of(records, account=visitor().account)

    return render_template(
        "own/account.html",
        devices=found,
        second_factor=bool(held.totp),
        codes_left=len(held.recovery),
    )


@pages.route("/account/password", methods=["GET", "POST"])
def password() -> str | Response | tuple[str, int]:
    """Chooses a new password; every other device is logged out."""
    if request.method == "GET":
        return _password_form()

    wrong = _password_fault()
    if wrong:
        return _password_form(wrong), WRONG

    hashed = hash_of(request.form["new"])
    with writing() as records:
        own_account.change_password(
            records,
            held=logins.credentials_of(records, account=visitor().account),
            password=hashed,
            secret=session["login"],
            now=office().now(),
        )

    flash(gettext("密码已改，其他设备都已退出。"))
    return redirect(url_for("logins.log_in"), 303)


def _password_form(wrong: str = "") -> str:
    return render_template("own/password.html", fault=wrong)


def _password_fault() -> str:
    """What is wrong with the form; empty if nothing."""
    sent, who = request.form, visitor()
    new = sent.get("new", "")
    if not _knows_password():
        return gettext("现在的密码不对。")

    if new != sent.get("again", ""):
        return gettext("两次输入的新密码不一样。")

    if new == sent.get("password", ""):
        return gettext("新密码和现在的一样。")

    code = fault(new, who.login, who.name)
    return sentence(code, {}, language()) if code else ""


def _knows_password() -> bool:
    """Whether it is really them: asked before whatever is lasting."""
    tries = current_app.extensions["tries"]
    login, address = visitor().login, request.remote_addr or ""
    if not tries.allowed(login, address):
        return False

    known = matches(_held().password, request.form.get("password", ""))
    if not known:
        tries.failed(login, address)
    return known


def _held() -> Credentials:
    with office().records.reading() as records:
        return logins.credentials_of(records, account=visitor().account)


@pages.post("/account/logins/<int:login_id>/end")
def end(login_id: int) -> Response:
    """Logs out of one device."""
    with writing() as records:
        devices.end_one(
            records,
            account=visitor().account,
            login_id=login_id,
            now=office().clock(),
        )

    return redirect(url_for("own.account"), 303)


@pages.post("/account/logins/end")
def end_others() -> Response:
    """Logs out of every device but this one."""
    with writing() as records:
        devices.end_all(
            records,
            account=visitor().account,
            now=office().clock(),
            but=session["login"],
        )

    return redirect(url_for("own.account"), 303)


@pages.route("/account/second-factor", methods=["GET", "POST"])
def factor() -> str | Response | tuple[str, int]:
    """Sets up the second factor: a picture, then a first right code."""
    kept = session.setdefault("new_factor", _codes().new())
    if request.method == "GET":
        return _factor_form(kept)

    here = office()
    if not _knows_password():
        return _factor_form(kept, gettext("现在的密码不对。")), WRONG

    code = request.form.get("code", "")
    counter = _codes().counter(kept, code, 0, here.clock())
    if counter is None:
        return _factor_form(kept, gettext("验证码不对，请再看一次。")), WRONG

    papers = recovery_codes()
    with writing() as records:
        own_account.set_totp(
            records,
            account=visitor().account,
            totp=kept,
            counter=counter,
            recovery=[recovery_hash(paper) for paper in papers],
            now=here.now(),
        )

    session.pop("new_factor")
    response = make_response(
        render_template("own/recovery.html", codes=papers)
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.post("/account/second-factor/off")
def factor_off() -> Response:
    """Turns the second factor off, with the password."""
    if not _knows_password():
        flash(gettext("现在的密码不对。"))
        return redirect(url_for("own.account"), 303)

    with writing() as records:
        own_account.set_totp(
            records,
            account=visitor().account,
            totp="",
            counter=0,
            recovery=(),
            now=office().now(),
        )

    return redirect(url_for("own.account"), 303)


def _factor_form(kept: str, wrong: str = "") -> str:
    address = _codes().address(kept, visitor().login)
    return render_template(
        "own/factor.html",
        picture=_picture(address),
        letters=_codes().letters(kept),
        fault=wrong,
    )


def _picture(words: str) -> Markup:
    """Words as a QR code, drawn in the page itself."""
    drawn = BytesIO()
    segno.make(words).save(
        drawn, kind="svg", scale=5, xmldecl=False, svgns=True, nl=False
    )
    return Markup(drawn.getvalue().decode())


def _codes() -> Codes:
    found: Codes = current_app.extensions["codes"]
    return found
