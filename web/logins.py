"""Logging in and out: a password, where wanted a code, a device."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from werkzeug.wrappers import Response

from roster.errors import Refused
from roster.rights import Right
from roster.services import devices, logins, own_account
from roster.services.logins import Credentials, plain
from web.access import visitor
from web.codes import Codes, recovery_hash
from web.devices import device
from web.kept import PROOF, account_before, keeper
from web.pages import office
from web.passwords import hash_of, is_weak, matches
from web.returning import show_again
from web.tries import Tries

pages = Blueprint("logins", __name__)

PATIENCE = timedelta(minutes=5)  # for the code, after the password
UNAUTHORISED, TOO_MANY = 401, 429

# Where somebody who works here begins; staff begin with their own duties.
WORKING = (Right.DRAFT, Right.RESULTS, Right.CHECK, Right.GOVERN)


@pages.route("/login", methods=["GET", "POST"])
def log_in() -> str | Response | tuple[str, int]:
    """Asks for name and password; says the same of any that is wrong."""
    if request.method == "GET":
        return redirect(_start()) if visitor().account else _form()

    login, address = _login(), request.remote_addr or ""
    if not _tries().allowed(login, address):
        return _form(_too_many()), TOO_MANY

    held = _held(login)
    password = request.form.get("password", "")
    if not matches(held.password if held else "", password) or held is None:
        _tries().failed(login, address)
        return _form(gettext("账号或密码不对。")), UNAUTHORISED

    if not held.totp:
        return _open(_strengthened(held, password))

    _wait_for_code(held)
    if _sealed():
        return render_template("logins/second.html", kept=_sealed())

    return redirect(url_for("logins.second"), 303)


def _login() -> str:
    return plain(request.form.get("login", ""))[:60]


def _held(login: str) -> Credentials | None:
    here = office()
    with here.records.reading() as records:
        return logins.credentials(records, login=login, today=here.today())


def _strengthened(held: Credentials, password: str) -> Credentials:
    """A hash weaker than today's is made anew while the words are known."""
    if not is_weak(held.password):
        return held

    stronger = hash_of(password)
    with office().records.writing() as records:
        own_account.rehash(records, held=held, password=stronger)

    return replace(held, password=stronger)


def _wait_for_code(held: Credentials) -> None:
    kept = {
        "waiting": held.login,
        "until": (office().clock() + PATIENCE).timestamp(),
        "remember": "remember" in request.form,
        "next": request.args.get("next", ""),
    }
    session.clear()
    session.update(kept)


@pages.route("/login/code", methods=["GET", "POST"])
def second() -> str | Response | tuple[str, int]:
    """Asks for the code of the second factor, or a recovery code."""
    login = session.get("waiting", "")
    held = _held(login) if login else None
    late = session.get("until", 0) < office().clock().timestamp()
    if held is None or not held.totp or late:
        return redirect(url_for("logins.log_in"), 303)

    if request.method == "GET":
        return render_template("logins/second.html")

    address = request.remote_addr or ""
    if not _tries().allowed(login, address):
        return _again(_too_many()), TOO_MANY

    if not _code_taken(held, request.form.get("code", "")):
        _tries().failed(login, address)
        return _again(gettext("验证码不对，或已用过。")), UNAUTHORISED

    return _open(held)


def _again(fault: str) -> str:
    return render_template("logins/second.html", fault=fault, kept=_sealed())


def _sealed() -> str:
    """What was typed as the log-in before this one ended."""
    return request.form.get("kept", "")


def _code_taken(held: Credentials, code: str) -> bool:
    """Takes a code that is right and was not taken before."""
    here = office()
    codes: Codes = current_app.extensions["codes"]
    counter = codes.counter(held.totp, code, held.totp_counter, here.clock())
    recovery = recovery_hash(code)
    try:
        with here.records.writing() as records:
            if counter is not None:
                own_account.take_code(
                    records, held=held, counter=counter, now=here.now()
                )
            else:
                own_account.take_recovery(
                    records, held=held, code=recovery, now=here.now()
                )
    except Refused:
        return False

    return True


def _open(held: Credentials) -> Response:
    """Logs in on this device, under a session that is new."""
    here = office()
    asked = session if "waiting" in session else request.form
    remembered = bool(asked.get("remember"))
    back = session.get("next") or request.args.get("next", "")
    with here.records.writing() as records:
        secret = logins.open_login(
            records,
            held=held,
            device=device(request.user_agent.string),
            remembered=remembered,
            now=here.clock(),
            today=here.today(),
        )

    # Whose forms are open in other windows can still send them.
    same = account_before() == held.account
    proof = session.get(PROOF) if same else None
    session.clear()
    session.permanent = remembered
    session["login"] = secret
    session["remembered"] = remembered
    session["seen"] = int(here.clock().timestamp())
    if proof:
        session[PROOF] = proof
    if _sealed():
        kept = keeper().open(_sealed(), account=held.account)
        if kept is not None:
            return show_again(kept)

        flash(
            gettext(
                "登录过期前填写的内容没有带过来：它属于另一个账号，或者已经失效。"
            ),
            "bad",
        )

    return redirect(_safe(back) or url_for("logins.log_in"), 303)


@pages.post("/logout")
def log_out() -> Response:
    """Ends the log-in of this device."""
    secret = session.get("login", "")
    if secret:
        with office().records.writing() as records:
            devices.end_login(records, secret=secret, now=office().clock())

    session.clear()
    return redirect(url_for("logins.log_in"), 303)


def _form(fault: str = "") -> str:
    with office().records.reading() as records:
        empty = not logins.any_account(records)

    return render_template(
        "logins/log_in.html", fault=fault, empty=empty, kept=_sealed()
    )


def _start() -> str:
    """Where the visitor's work begins."""
    who = visitor()
    back = _safe(request.args.get("next", ""))
    if back:
        return back

    if who.staff_id and not any(who.may(right) for right in WORKING):
        return url_for("people.person", staff_id=who.staff_id)

    return url_for("county.board")


def _safe(address: str) -> str:
    """An address of this site; empty for any other."""
    parts = urlsplit(address)
    odd = parts.scheme or parts.netloc or "\\" in address
    inside = address.startswith("/") and not address.startswith("//")
    return address if inside and not odd else ""


def _tries() -> Tries:
    found: Tries = current_app.extensions["tries"]
    return found


def _too_many() -> str:
    return gettext("试的次数太多。请一小时后再试，或请管理员重置密码。")
