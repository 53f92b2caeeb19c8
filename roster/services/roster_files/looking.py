"""What a unit's own roster would be: breaches, goals, open shifts, changes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from roster.audit import costs
from roster.papers.roster_in import OwnRoster, read_roster
from roster.papers.roster_in.statements import Place
from roster.problem import Assignment, Shift
from roster.review import State
from roster.services.answering import Asked, roster_asked
from roster.services.editing.proof import IMPORTED
from roster.services.editing.trying import Trial
from roster.services.fitness import Fitness
from roster.services.readiness import Broken
from roster.services.roster_files.ground import Ground
from roster.services.versions import Compared, side_by_side


@dataclass(frozen=True, slots=True)
class Line:
    """A shift with whoever was read for it, and where."""

    shift: Shift
    people: tuple[tuple[str, Place], ...]

    @property
    def missing(self) -> int:
        """Places nobody was read for."""
        return self.shift.needs - len(self.people)

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the workbook, each once."""
        told = (f"{place.sheet} {place.cell}" for _, place in self.people)
        return tuple(dict.fromkeys(told))


@dataclass(frozen=True)
class Look:
    """
    A workbook as the draft it would be.

    Parameters
    ----------
    asked
        The draft, as questions are asked of a stored one.
    broken
        The mandatory rules it breaks; open shifts are told apart.
    costs
        What each goal's tier costs.
    compared
        The draft that would be replaced beside it, else the version in
        force; None where there is neither.
    past
        Shifts of past days that are held by others in the version in force.
    """

    ground: Ground
    own: OwnRoster
    asked: Asked
    lines: tuple[Line, ...]
    broken: tuple[Broken, ...]
    costs: Mapping[int, int]
    compared: Compared | None = None
    past: int = 0

    @property
    def open(self) -> tuple[Line, ...]:
        """The shifts with too few people."""
        return tuple(line for line in self.lines if line.missing > 0)

    @property
    def under_review(self) -> bool:
        """Whether the draft that is there cannot be replaced now."""
        draft = self.ground.draft
        return draft is not None and draft.state != State.DRAFT


def look(
    session: Session,
    ground: Ground,
    content: bytes,
    name: str,
    *,
    sheet: str = "",
    today: date,
    readable: Collection[str] | None = None,
) -> Look:
    """
    Reads a workbook and audits what it says.

    Parameters
    ----------
    sheet
        The only sheet to read; all by default.
    readable
        The units of which whoever asks may know the people.

    Raises
    ------
    Unusable
        With every mistake of the workbook.
    """
    own = read_roster(content, name, ground.expected(readable), sheet)
    asked = _asked(ground, own)
    # The problem is today's: the records know no more than it.
    trial = Trial(asked, Fitness())
    marks = [told for told, _ in trial.marks()]
    return Look(
        ground,
        own,
        asked,
        tuple(_lines(ground, own, trial)),
        tuple(told for told in marks if told.line.code != "coverage"),
        costs(asked.problem, asked.roster),
        _compared(session, ground, asked),
        _past(session, ground, own, today),
    )


def _asked(ground: Ground, own: OwnRoster) -> Asked:
    unit = ground.case.unit
    cells = (
        Assignment(f"{ground.prefix}{c.shift}", c.staff) for c in own.cells
    )
    return Asked(
        unit.id,
        unit.name,
        ground.case.term.id,
        ground.draft.number if ground.draft else 0,
        State.DRAFT,
        IMPORTED,
        ground.problem,
        tuple(sorted((*cells, *ground.beside))),
        ground.prefix,
        ground.names or {},
    )


def _lines(ground: Ground, own: OwnRoster, trial: Trial) -> list[Line]:
    names = {member.id: member.name for member in ground.county.staff}
    held: dict[str, list[tuple[str, Place]]] = {}
    for cell in own.cells:
        name = names.get(cell.staff, cell.staff)
        held.setdefault(cell.shift, []).append((name, own.places[cell]))

    return [
        Line(shift, tuple(held.get(shift.id, ())))
        for shift in ground.case.shifts
    ]


def _compared(
    session: Session, ground: Ground, asked: Asked
) -> Compared | None:
    before = ground.draft or ground.force
    if before is None:
        return None

    old = roster_asked(
        session,
        unit_id=asked.unit,
        term_id=asked.term,
        number=before.number,
    )
    return side_by_side(old, asked)


def _past(
    session: Session, ground: Ground, own: OwnRoster, today: date
) -> int:
    """How many past shifts of the version in force it says otherwise."""
    if ground.force is None:
        return 0

    old = roster_asked(
        session,
        unit_id=ground.case.unit.id,
        term_id=ground.case.term.id,
        number=ground.force.number,
    )
    was = {
        Assignment(old.own(cell.shift), cell.staff)
        for cell in old.roster
        if cell.shift.startswith(old.prefix)
    }
    on = {shift.id: shift.date for shift in ground.case.shifts}
    changed = {cell.shift for cell in was ^ set(own.cells)}
    return sum(on[shift] < today for shift in changed if shift in on)
