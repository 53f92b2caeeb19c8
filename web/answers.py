"""Questions about a duty: why this person, who else, who can stand in."""

from collections.abc import Sequence
from datetime import date
from time import monotonic

from flask import Blueprint, abort, render_template, request

from roster.answers import Alternative, StandIn
from roster.errors import Refused
from roster.moves import stand_ins
from roster.problem import Assignment, Shift, Status
from roster.rights import Right
from roster.services.answering import Asked, roster_asked
from roster.services.swapping.ground import free
from roster.services.swapping.timing import Times, times_of
from solver import Alternatives, covers
from web.access import may
from web.pages import office, the_term, the_unit
from web.solving import LONGER, PATIENCE, free_to_solve

pages = Blueprint("answers", __name__)

MOST = 20  # stand-ins shown until all are asked for


@pages.get("/units/<unit_id>/why")
def why(unit_id: str) -> str:
    """What would get worse if somebody else had a duty."""
    asked, cell = _duty(unit_id)
    wanted = request.args.getlist("other")
    others = Alternatives(
        asked.problem,
        asked.roster,
        cell,
        time_limit=LONGER if wanted else PATIENCE,
    )
    people = [name for name in others.people if not wanted or name in wanted]
    with free_to_solve() as free:
        answers = _answers(others, people if free else ())

    done = {answer.staff for answer in answers}
    return render_template(
        "answers/why.html",
        **_page(unit_id, asked, cell),
        answers=sorted(answers, key=_severity),
        left=[name for name in people if name not in done],
        wanted=wanted,
        busy=not free,
        pinned=cell in asked.problem.pinned,
    )


def _answers(others: Alternatives, people: Sequence[str]) -> list[Alternative]:
    """As many as the page has patience for, one at the least."""
    until = monotonic() + PATIENCE
    found: list[Alternative] = []
    for name in people:
        found.append(others.of(name))
        if monotonic() > until:
            break

    return found


def _severity(found: Alternative) -> tuple[int, int, int]:
    """Those with whom nothing gets worse first, the impossible last."""
    if not found.possible:
        return (2 if found.possible is None else 3, 0, 0)

    worse = found.worse
    return (1, worse.tier, worse.by) if worse else (0, 0, 0)


@pages.get("/units/<unit_id>/stand-in")
def stand_in(unit_id: str) -> str:
    """Who can cover or swap, the fairest and nearest first."""
    asked, cell = _duty(unit_id)
    here = office()
    now = here.now()
    times = _times(unit_id, asked, cell)
    late = times is not None and times.late(now)
    begun = asked.problem.shift[cell.shift].start <= now
    over = times.over(now) if times else begun
    found = [] if over else _stand_ins(asked, cell, frozenset(), here.today())
    if late:
        found = [one for one in found if not one.back]

    return render_template(
        "answers/stand_in.html",
        **_page(unit_id, asked, cell),
        begun=begun,
        late=late,
        over=over,
        times=times,
        found=found if "all" in request.args else found[:MOST],
        count=len(found),
    )


def _times(unit_id: str, asked: Asked, cell: Assignment) -> Times | None:
    """Until when it can be given away; a draft's duties know no clock."""
    if asked.state != "published":
        return None

    with office().records.reading() as session:
        term = the_term(session) or abort(404)
        return times_of(
            session,
            unit_id=unit_id,
            term_id=term.id,
            shift=asked.own(cell.shift),
            books=office().books,
        )


def _stand_ins(
    asked: Asked,
    cell: Assignment,
    without: frozenset[Assignment],
    today: date,
) -> list[StandIn]:
    """Nobody gives back what has begun."""
    drafted = asked.state != "published"
    problem = asked.problem if drafted else free(asked.problem)
    shifts = problem.shift
    return [
        one
        for one in stand_ins(
            free(asked.problem)
            if asked.state == "published"
            else asked.problem,
            asked.roster,
            cell.shift,
            cell.staff,
            without=without,
        )
        if not one.back or shifts[one.back].date > today
    ]


@pages.get("/units/<unit_id>/absence")
def absence(unit_id: str) -> str:
    """Who could take all the duties of some days off somebody."""
    here = office()
    with here.records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session) or abort(404)

    asked = _roster(unit_id, term.id) or abort(404)
    person = asked.problem.person.get(request.args.get("staff", ""))
    if person is None:
        abort(404)

    first, last = _dates(here.today())
    shifts = _held_between(asked, person.id, first, last)
    cells = [Assignment(shift.id, person.id) for shift in shifts]
    gone = frozenset(cells)
    return render_template(
        "answers/absence.html",
        unit=place,
        term=term,
        asked=asked,
        problem=asked.problem,
        person=person,
        first=first,
        last=last,
        found=[
            (shift, _stand_ins(asked, cell, gone - {cell}, here.today())[:5])
            for shift, cell in zip(shifts, cells, strict=True)
        ],
        together=_together(asked, cells) if cells else None,
    )


def _together(
    asked: Asked, cells: Sequence[Assignment]
) -> list[Assignment] | None:
    """The fairest covers of all of them; None where there are none."""
    with free_to_solve() as free:
        if not free:
            return None

        outcome = covers(
            asked.problem, asked.roster, cells, time_limit=PATIENCE
        )
    if outcome.status not in (Status.OPTIMAL, Status.FEASIBLE):
        return None

    return sorted(set(outcome.assignments) - asked.held)


def _held_between(
    asked: Asked, staff: str, first: date, last: date
) -> list[Shift]:
    """What somebody is still to do between two dates, by time."""
    now = office().now()
    held = [
        asked.problem.shift[cell.shift]
        for cell in asked.roster
        if cell.staff == staff
    ]
    return sorted(
        (s for s in held if first <= s.date <= last and s.start > now),
        key=lambda shift: shift.start,
    )


def _dates(today: date) -> tuple[date, date]:
    """The dates asked for; the coming week where none are."""
    try:
        first = date.fromisoformat(request.args.get("first", str(today)))
        last = date.fromisoformat(request.args.get("last", str(first)))
    except ValueError:
        abort(400)

    return first, max(first, last)


def _duty(unit_id: str) -> tuple[Asked, Assignment]:
    """The roster and the assignment asked about, or 404."""
    with office().records.reading() as session:
        the_unit(session, unit_id)
        term = the_term(session) or abort(404)

    asked = _roster(unit_id, term.id) or abort(404)
    words = (request.args.get(name, "") for name in ("shift", "staff"))
    cell = asked.cell(*words)
    if cell not in asked.held:
        abort(404)

    return asked, cell


def _roster(unit_id: str, term_id: str) -> Asked | None:
    with office().records.reading() as session:
        try:
            found = roster_asked(session, unit_id=unit_id, term_id=term_id)
        except Refused:
            return None

    drafts = may(Right.DRAFT, unit_id)
    return found if drafts or found.state == "published" else None


def _page(unit_id: str, asked: Asked, cell: Assignment) -> dict[str, object]:
    """What both pages about a duty show above."""
    with office().records.reading() as session:
        place = the_unit(session, unit_id)
        term = the_term(session)

    return {
        "unit": place,
        "term": term,
        "asked": asked,
        "problem": asked.problem,
        "cell": cell,
        "shift": asked.problem.shift[cell.shift],
        "person": asked.problem.person[cell.staff],
    }
