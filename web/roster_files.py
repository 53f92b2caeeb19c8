"""A unit's own Excel roster: sent in, looked at, kept as a draft."""

from dataclasses import dataclass
from functools import partial
from itertools import groupby

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from roster.days import Term
from roster.errors import Refused, Unusable
from roster.people import Unit
from roster.rights import Right
from roster.services.roster_files.bringing import Consent, bring
from roster.services.roster_files.ground import Ground, ground_of
from roster.services.roster_files.looking import Line, Look, look
from web.access import sees_personal, signature, visitor, writing
from web.pages import language, office, the_term, the_unit
from web.uploading import send_in, uploads
from web.uploads import Uploaded
from web.words import all_sentences, refusal_sentence
from web.words.answers import is_personal_tier, tier_word
from web.words.repairs import Changes, names_of
from web.words.roster_files import layout_word, passed_word

pages = Blueprint("roster_files", __name__)

LONGEST = 40  # letters of a sheet's name

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Desk:
    """Whose roster is read, for which term, from which sheet."""

    unit: Unit
    term: Term
    sheet: str = ""

    @property
    def purpose(self) -> str:
        """What an uploaded file is kept for."""
        return f"roster/{self.unit.id}/{self.term.id}"

    def url(self, token: str = "") -> str:
        """The page to send a file from, or the preview of one."""
        facts = {"unit_id": self.unit.id, "term": self.term.id}
        if not token:
            return url_for("roster_files.unit", **facts)

        sheet = self.sheet or None
        return url_for(
            "roster_files.preview", token=token, sheet=sheet, **facts
        )


@pages.route("/units/<unit_id>/roster-file", methods=["GET", "POST"])
def unit(unit_id: str) -> Answer:
    """Send a roster in; what is wrong with it is told at once."""
    desk = _desk(unit_id)
    if request.method == "GET":
        return _page(desk)

    return send_in(desk, partial(_look, desk), partial(_page, desk))


@pages.route("/units/<unit_id>/roster-file/<token>", methods=["GET", "POST"])
def preview(unit_id: str, token: str) -> Answer:
    """How the file was read and what it breaks; then a draft, or nothing."""
    desk = _desk(unit_id)
    file = uploads().get(desk.purpose, token)
    if file is None:
        gone = gettext("这份文件已导入，或者放了一小时以上，请重新上传。")
        return _page(desk, [gone]), 404

    try:
        found = _look(desk, file)
    except Unusable as error:
        # People or rules have changed since it was sent.
        return _page(desk, all_sentences(error, language())), 409

    if request.method == "GET":
        return _shown(desk, file, found)

    try:
        with writing() as session:
            consent = Consent(
                request.form.get("seen", ""),
                signature(),
                office().now(),
                "replace" in request.form,
            )
            ground = _ground(session, desk)
            row = bring(
                session, office().records, ground, found, file.name, consent
            )
            roster_id = row.id
    except Refused as error:
        said = refusal_sentence(error, language())
        return _shown(desk, file, found, said), 409

    uploads().drop(token)
    flash(gettext("已存为草稿，请核对修改后送审。"))
    address = url_for("editing.draft", unit_id=unit_id, roster_id=roster_id)
    return redirect(address, 303)


def _desk(unit_id: str) -> Desk:
    sheet = request.values.get("sheet", "").strip()[:LONGEST]
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        return Desk(place, the_term(session) or abort(404), sheet)


def _ground(session: Session, desk: Desk) -> Ground:
    here = office()
    return ground_of(
        session,
        unit_id=desk.unit.id,
        term_id=desk.term.id,
        calendar=here.calendar,
        books=here.books,
    )


def _look(desk: Desk, file: Uploaded) -> Look:
    here = office()
    with here.records.reading() as session:
        ground = _ground(session, desk)
        return look(
            session,
            ground,
            file.content,
            file.name,
            sheet=desk.sheet,
            today=here.today(),
            readable=visitor().covered(Right.READ),
        )


def _page(desk: Desk, mistakes: list[str] | None = None) -> str:
    return render_template(
        "roster_files/send.html",
        desk=desk,
        unit=desk.unit,
        term=desk.term,
        mistakes=mistakes or [],
    )


def _shown(desk: Desk, file: Uploaded, found: Look, refusal: str = "") -> str:
    return render_template(
        "roster_files/preview.html",
        desk=desk,
        unit=desk.unit,
        term=desk.term,
        file=file,
        found=found,
        days=_days(found),
        goals=_goals(found),
        changes=_changes(found),
        layout_word=lambda code: layout_word(code, language()),
        passed_word=lambda code: passed_word(code, language()),
        refusal=refusal,
    )


def _days(found: Look) -> list[tuple[object, list[Line]]]:
    """The shifts day by day."""
    days = groupby(found.lines, key=lambda line: line.shift.date)
    return [(when, list(lines)) for when, lines in days]


def _goals(found: Look) -> list[tuple[int, str, int | None]]:
    """Each goal with its cost; what tells of wishes only by right."""
    problem = found.asked.problem
    which = 0 if language() == "zh" else 1
    return [
        (
            tier,
            tier_word(problem, tier, which),
            cost
            if sees_personal() or not is_personal_tier(problem, tier)
            else None,
        )
        for tier, cost in found.costs.items()
    ]


def _changes(found: Look) -> Changes | None:
    """What it says otherwise than the roster that is there."""
    compared = found.compared
    if compared is None:
        return None

    return Changes(
        compared.found,
        names_of(compared.before.problem, compared.read_by),
        {},
        language(),
        problem=compared.read_by,
        personal=sees_personal(),
    )
