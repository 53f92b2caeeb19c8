"""A unit's roster as month grid and list, its fairness, its files."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import (
    Blueprint,
    Response,
    abort,
    render_template,
    request,
    send_file,
)

from roster.papers.roster_text import write_rosters_csv
from roster.papers.roster_xlsx import write_rosters_xlsx
from roster.review import OPEN
from roster.rights import Right
from roster.services import exporting, viewing
from roster.services.people import fairness as fairness_of
from roster.services.requesting import waited_for
from roster.services.versions import Version, versions
from roster.services.views import RosterView
from web.access import may
from web.months import in_months
from web.pages import office, the_term, the_unit

pages = Blueprint("rosters", __name__)

MIME = {
    "xlsx": "application/"
    "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@pages.get("/units/<unit_id>")
def unit(unit_id: str) -> str:
    """The roster in force, else the draft, else why there is none."""
    here = office()
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session) or abort(404)
        view = viewing.roster(
            session,
            unit_id=unit_id,
            term_id=term.id,
            calendar=here.calendar,
            books=here.books,
        )
        failure = viewing.failure(session, unit_id=unit_id, term_id=term.id)
        if not may(Right.DRAFT, unit_id):
            view, failure = _published(view), None

        names = {u.id: u.name for u in viewing.units(session)}
        every = versions(session, unit_id=unit_id, term_id=term.id)
        waited = waited_for(session, term.id).get(unit_id)

    return render_template(
        "rosters/unit.html",
        unit=place,
        term=term,
        waited=waited,
        view=view,
        failure=failure,
        names=names,
        several=len(every) > 1,
        under_way=_under_way(every) if may(Right.DRAFT, unit_id) else None,
        months=in_months(view.days if view else (), term),
        listed=request.args.get("view") == "list",
    )


def _under_way(every: Sequence[Version]) -> Version | None:
    """The draft beside the version in force, under review or not."""
    return next((one for one in every if one.state in OPEN), None)


def _published(view: RosterView | None) -> RosterView | None:
    """What those see who may not see drafts."""
    return view if view and view.head.state == "published" else None


@pages.get("/units/<unit_id>/fairness")
def fairness(unit_id: str) -> str:
    """Loads by ledger with the bound beside them."""
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session) or abort(404)
        view = fairness_of(session, unit_id=unit_id, term_id=term.id)

    if view and view.head.state != "published":
        view = view if may(Right.DRAFT, unit_id) else None

    tiers = view.head.tiers if view else ()
    return render_template(
        "rosters/fairness.html",
        unit=place,
        term=term,
        view=view,
        unproven=[tier for tier in tiers if tier.bound < tier.cost],
    )


@pages.get("/units/<unit_id>/roster.<form>")
def download(unit_id: str, form: str) -> Response:
    """The roster as a file for the office."""
    if form not in MIME:
        abort(404)

    here = office()
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session) or abort(404)
        sheets = exporting.roster_sheets(
            session,
            term_id=term.id,
            unit_ids=[unit_id],
            calendar=here.calendar,
            books=here.books,
        )
    drafts = may(Right.DRAFT, unit_id)
    # Only what was published has a date of issue.
    sheets = tuple(s for s in sheets if drafts or s.issued)
    if not sheets:
        abort(404)

    # No telephone number leaves through the site.
    sheets = tuple(replace(sheet, phone="") for sheet in sheets)

    write = write_rosters_xlsx if form == "xlsx" else write_rosters_csv
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"roster.{form}"
        write(sheets, path)
        content = BytesIO(path.read_bytes())

    name = f"{place.name}{term.name}值班表.{form}"
    return send_file(
        content, MIME[form], as_attachment=True, download_name=name
    )
