"""The name list as a workbook: out, and in with a look at it first."""

from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext
from werkzeug.wrappers import Response

from roster.county import County
from roster.errors import Refused
from roster.papers.template import write_template
from roster.papers.workbook_in import read_workbook
from roster.papers.workbook_out import write_county
from roster.people import Unit
from roster.records.values import county_of
from roster.services.importing import Changes
from roster.services.preparation import workbooks as service
from web.access import sees_personal, signature, writing
from web.pages import language, office, the_unit
from web.uploading import send_in, uploads
from web.uploads import Uploaded
from web.words import refusal_sentence

pages = Blueprint("workbooks", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200  # names a sheet's list shows of what changes

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Desk:
    """Whose workbook it is: a unit's, or the county's."""

    unit: Unit | None

    @property
    def unit_id(self) -> str:
        """The unit's id; empty for the county."""
        return self.unit.id if self.unit else ""

    @property
    def purpose(self) -> str:
        """What an uploaded file is kept for."""
        return f"workbook/{self.unit_id}"

    def url(self, token: str = "") -> str:
        """The page to send one from, or the preview of one."""
        if self.unit is None:
            end = "county_preview" if token else "county"
            return _url(end, token)

        end = "preview" if token else "unit"
        return _url(end, token, unit_id=self.unit.id)

    def export_url(self) -> str:
        """Where the workbook is fetched."""
        if self.unit is None:
            return url_for("workbooks.county_export")

        return url_for("workbooks.export", unit_id=self.unit.id)


def _url(end: str, token: str, **more: str) -> str:
    if token:
        more["token"] = token
    return url_for(f"workbooks.{end}", **more)


@pages.route("/units/<unit_id>/workbook", methods=["GET", "POST"])
def unit(unit_id: str) -> Answer:
    """Fetch a unit's workbook, or send one in."""
    return _send(_desk(unit_id))


@pages.route("/county/workbook", methods=["GET", "POST"])
def county() -> Answer:
    """Fetch the county's workbook, or send one in."""
    return _send(Desk(None))


@pages.route("/units/<unit_id>/workbook/<token>", methods=["GET", "POST"])
def preview(unit_id: str, token: str) -> Answer:
    """What a unit's workbook would change, and the word to do it."""
    return _preview(_desk(unit_id), token)


@pages.route("/county/workbook/<token>", methods=["GET", "POST"])
def county_preview(token: str) -> Answer:
    """What the county's workbook would change, and the word to do it."""
    return _preview(Desk(None), token)


@pages.get("/units/<unit_id>/workbook.xlsx")
def export(unit_id: str) -> Response:
    """A unit's people and lists as a workbook."""
    desk = _desk(unit_id)
    with office().records.reading() as session:
        found, known = service.part(session, unit_id)

    assert desk.unit is not None
    return _file(found, known, f"{desk.unit.name} 名册.xlsx")


@pages.get("/county/workbook.xlsx")
def county_export() -> Response:
    """The whole name list as a workbook."""
    with office().records.reading() as session:
        found = service.whole(session, personal=sees_personal())

    return _file(found, found, "名册.xlsx")


@pages.get("/workbook-template.xlsx")
def template() -> Response:
    """An empty workbook with an example row in each sheet."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path)
        content = path.read_bytes()

    return _attached(content, "名册模板.xlsx")


def _desk(unit_id: str) -> Desk:
    with office().records.reading() as session:
        return Desk(the_unit(session, unit_id))


def _file(found: County, known: County, name: str) -> Response:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "county.xlsx"
        write_county(found, path, known=known)
        content = path.read_bytes()

    return _attached(content, name)


def _attached(content: bytes, name: str) -> Response:
    answer: Response = send_file(
        BytesIO(content), XLSX, as_attachment=True, download_name=name
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _send(desk: Desk) -> Answer:
    if request.method == "GET":
        return _page(desk)

    return send_in(desk, partial(_changes, desk), partial(_page, desk))


def _page(desk: Desk, mistakes: list[str] | None = None) -> str:
    return render_template(
        "workbooks/send.html", desk=desk, mistakes=mistakes or []
    )


def _changes(desk: Desk, file: Uploaded) -> tuple[County, Changes, str]:
    """A file's county, what it would change, and of what state."""
    with office().records.reading() as session:
        # Within a unit others may be named; a county's is complete.
        known = county_of(session) if desk.unit else County()
        read = read_workbook(file.content, file.name, known)
        changes = service.preview(session, read, desk.unit_id)
        return read, changes, service.state(session, desk.unit_id)


def _preview(desk: Desk, token: str) -> Answer:
    file = uploads().get(desk.purpose, token)
    if file is None:
        gone = gettext("这份文件已导入，或者放了一小时以上，请重新上传。")
        return _page(desk, [gone]), 404

    read, changes, state = _changes(desk, file)
    if request.method == "GET":
        return _shown(desk, file, read, changes, state)

    try:
        with writing() as session:
            service.bring(
                session,
                read,
                desk.unit_id,
                seen=request.form.get("seen", ""),
                who=signature(),
                now=office().now(),
            )
    except Refused as error:
        said = [refusal_sentence(error, language())]
        return _shown(desk, file, read, changes, state, said), 409

    uploads().drop(token)
    flash(gettext("已导入。"))
    return redirect(_after(desk), 303)


def _after(desk: Desk) -> str:
    if desk.unit is None:
        return url_for("preparation.county", kind="unit")

    return url_for("preparation.listing", unit_id=desk.unit.id, kind="staff")


def _shown(
    desk: Desk,
    file: Uploaded,
    read: County,
    changes: Changes,
    state: str,
    mistakes: list[str] | None = None,
) -> str:
    told = desk.unit is not None or sees_personal()
    return render_template(
        "workbooks/preview.html",
        desk=desk,
        file=file,
        changes=changes,
        state=state,
        names=_names(read),
        mistakes=mistakes or [],
        most=SHOWN,
        silent=frozenset() if told else service.PERSONAL,
    )


def _names(read: County) -> dict[str, str]:
    """What the ids of a preview stand for."""
    with office().records.reading() as session:
        known = county_of(session)

    return {
        one.id: one.name
        for county in (known, read)
        for one in (*county.units, *county.staff, *county.terms)
    }
