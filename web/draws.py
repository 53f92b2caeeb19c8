"""For everybody, without logging in: commitments, draws, the verifier."""

from importlib.resources import files

from flask import Blueprint, Response, abort, render_template

from roster.services.drawing import public, views
from roster.services.drawing.revealing import file_of
from web.pages import language, office
from web.words.draws import fault_words

pages = Blueprint("draws", __name__)


@pages.get("/draws")
def every() -> str:
    """The series that were committed to."""
    with office().records.reading() as session:
        found = views.every_series(session, public=True)
        counted = {
            one.id: public.counts(
                session, one.id, public.published(session, one.id)
            )
            for one in found
        }

    return render_template("draws/every.html", series=found, counts=counted)


@pages.get("/draws/<int:series_id>")
def one(series_id: int) -> str:
    """A series: its commitments, and its draws after their end."""
    with office().records.reading() as session:
        found = views.one_series(session, series_id)
        if found is None or found.state == "draft":
            abort(404)

        draws = public.published(session, series_id)
        counted = public.counts(session, series_id, draws)

    return render_template(
        "draws/one.html",
        series=found,
        draws=draws,
        counts=counted,
        faults=fault_words(language()),
    )


@pages.get("/draws/<int:series_id>/term.json")
def term_file(series_id: int) -> Response:
    """Everything that is needed to compute a term again."""
    with office().records.reading() as session:
        content = file_of(session, series_id)

    if content is None:
        abort(404)

    return _file(content, "application/json", f"TERM-{series_id}.json")


@pages.get("/draws/verify.py")
def verifier() -> Response:
    """The verifier that stands alone."""
    return _file(_own("verify.py"), "text/x-python", "verify.py")


@pages.get("/draws/vectors.json")
def vectors() -> Response:
    """Test vectors, for whoever writes a verifier of their own."""
    return _file(_own("vectors.json"), "application/json", "vectors.json")


def _own(name: str) -> bytes:
    return files("roster.draw").joinpath(name).read_bytes()


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
