"""The entries of a kind, and what in published rosters they touch."""

from datetime import date
from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session

from roster.county import County
from roster.papers.forms import form_fields
from roster.services import viewing
from roster.services.preparation.clashes import clashes
from roster.services.preparation.demand import differing_days
from roster.services.preparation.kinds import OF_A_UNIT, OF_THE_COUNTY
from roster.services.preparation.listing import lines
from roster.services.preparation.terms import next_term
from roster.services.preparing import cases
from web.entries.desk import Desk
from web.forms import SHOWN, label_of
from web.pages import language, office
from web.words import sheets as words


def list_page(desk: Desk) -> str:
    """A list with search; what is over is shown when asked for."""
    here, search = office(), request.args.get("q", "").strip()
    with here.records.reading() as session:
        found = lines(
            session,
            desk.kind.name,
            today=here.today(),
            unit_id=desk.unit_id,
            search=search,
        )
        touched = _clashes(session, desk)

    every = "all" in request.args
    shown = [one for one in found if every or search or not one.over]
    return render_template(
        "preparation/list.html",
        desk=desk,
        shown=shown,
        hidden=len(found) - len(shown),
        search=search,
        keys=SHOWN[desk.kind.name],
        label=lambda key: label_of(desk.kind, key, language()),
        said=lambda word: words.choice(word, language()),
        touched=touched,
        differing=_differing(desk),
        following=_following(desk),
        kinds=OF_A_UNIT if desk.unit else OF_THE_COUNTY,
        sheet_words=words,
    )


def _differing(desk: Desk) -> list[date]:
    """Days on which students came or went after a roster was published."""
    if desk.unit is None or desk.term is None or desk.kind.name != "presence":
        return []

    here = office()
    with here.records.reading() as session:
        found = cases(
            session,
            term_id=desk.term.id,
            unit_ids=[desk.unit.id],
            calendar=here.calendar,
            books=here.books,
            past=False,
        )
        days = differing_days(session, found, here.today())
    return days.get(desk.unit.id, [])


def _following(desk: Desk) -> dict[str, str]:
    """What the form of the next term is filled with."""
    if desk.kind.name != "term":
        return {}

    with office().records.reading() as session:
        found = next_term(viewing.terms(session))

    if found is None:
        return {}

    county = County(terms=(found,))
    return form_fields(desk.kind.sheet, county)[0]


def _clashes(session: Session, desk: Desk) -> Any:
    if desk.unit is None or desk.kind.name == "presence":
        return ()

    here = office()
    return clashes(
        session,
        unit_id=desk.unit.id,
        today=here.today(),
        books=here.books,
    )
