"""
One edit of a draft, checked and kept.

Each raises `Refused` for what is no draft, `Stale` for a draft that has
changed since the editor looked, and `NotAllowed` for what cannot be, or
breaks an article the editor did not say to break. Whatever an editor
confirms stays marked, and is refused when the draft is submitted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roster.edits import WHOLE, Delta, EditVerb, desk_of
from roster.errors import Refused
from roster.problem import Assignment
from roster.records import RosterRow
from roster.rules.rulebook import RuleBook
from roster.services.editing.keeping import keep
from roster.services.editing.opening import cells_of, log_of, opened
from roster.services.editing.trying import trial_of
from roster.services.readiness import Broken

LONGEST = 200  # letters of a note


class NotAllowed(Refused):
    """
    An edit against the rules; ``against`` are those it would break.

    ``final`` tells that no confirmation helps.
    """

    def __init__(self, against: Sequence[Broken], *, final: bool) -> None:
        self.against = tuple(against)
        self.final = final
        super().__init__("edit-impossible" if final else "edit-breaks")


@dataclass(frozen=True, slots=True)
class Editor:
    """
    Who edits which draft, as they saw it (`opening.seen_of`).

    ``books`` are the rules in force; ``confirmed`` tells that they break
    articles knowingly.
    """

    roster_id: int
    seen: str
    who: str
    now: datetime
    books: Mapping[str, RuleBook]
    confirmed: bool = False


def change(
    session: Session, editor: Editor, *, shift: str, staff: str, to: str
) -> None:
    """
    Puts somebody in another's place.

    An open place has no ``staff``; without ``to`` it is left open.
    """
    row = _open(session, editor)
    gone = _cells((shift, staff)) if staff else frozenset()
    come = _cells((shift, to)) if to else frozenset()
    _check_held(row, gone)
    if not gone and not _has_room(row, shift):
        raise Refused("no-room")

    _exchange(session, row, editor, EditVerb.CHANGE, gone, come)


def swap(
    session: Session,
    editor: Editor,
    *,
    shift: str,
    staff: str,
    other_shift: str,
    other: str,
) -> None:
    """Two people take each other's shifts."""
    row = _open(session, editor)
    gone = _cells((shift, staff), (other_shift, other))
    come = _cells((shift, other), (other_shift, staff))
    _check_held(row, gone)
    _exchange(session, row, editor, EditVerb.SWAP, gone, come)


def pin(session: Session, editor: Editor, *, shift: str, staff: str) -> None:
    """Holds an assignment fast."""
    row = _open(session, editor)
    cell = _cells((shift, staff))
    _check_held(row, cell)
    if cell <= desk_of(log_of(session, row)).pins:
        raise Refused("already-pinned")

    _keep(session, row, editor, EditVerb.PIN, Delta(pinned=cell))


def unpin(session: Session, editor: Editor, *, shift: str, staff: str) -> None:
    """Lets an assignment go again."""
    row = _open(session, editor)
    cell = _cells((shift, staff))
    if not cell <= desk_of(log_of(session, row)).pins:
        raise Refused("not-pinned")

    _keep(session, row, editor, EditVerb.UNPIN, Delta(unpinned=cell))


def note(
    session: Session, editor: Editor, *, words: str, shift: str = WHOLE
) -> None:
    """Writes beside a shift, or the whole draft; no words take it away."""
    row = _open(session, editor)
    if shift != WHOLE and all(one.shift != shift for one in row.shifts):
        raise Refused("no-such-shift")

    said = words.strip()
    if len(said) > LONGEST:
        raise Refused("too-long", value=f"{said[:20]}…", most=LONGEST)

    before = desk_of(log_of(session, row)).notes.get(shift, "")
    if said == before:
        raise Refused("nothing-changed")

    delta = Delta(notes={shift: (before, said)})
    _keep(session, row, editor, EditVerb.NOTE, delta)


def undo(session: Session, editor: Editor) -> None:
    """Takes back the last edit that stands, whoever made it."""
    row = _open(session, editor)
    last = desk_of(log_of(session, row)).undoable
    if last is None:
        raise Refused("nothing-to-undo")

    _keep(session, row, editor, EditVerb.UNDO, last.delta.back())


def redo(session: Session, editor: Editor) -> None:
    """Makes the edit again that was taken back last."""
    row = _open(session, editor)
    next_ = desk_of(log_of(session, row)).redoable
    if next_ is None:
        raise Refused("nothing-to-redo")

    _keep(session, row, editor, EditVerb.REDO, next_.delta)


def _open(session: Session, editor: Editor) -> RosterRow:
    return opened(session, editor.roster_id, editor.seen)


def _cells(*pairs: tuple[str, str]) -> frozenset[Assignment]:
    return frozenset(Assignment(*pair) for pair in pairs)


def _check_held(row: RosterRow, cells: frozenset[Assignment]) -> None:
    if not cells <= cells_of(row):
        raise Refused("not-on-shift")


def _has_room(row: RosterRow, shift: str) -> bool:
    return any(
        one.shift == shift and len(one.held) < one.needs for one in row.shifts
    )


def _exchange(
    session: Session,
    row: RosterRow,
    editor: Editor,
    verb: EditVerb,
    gone: frozenset[Assignment],
    come: frozenset[Assignment],
) -> None:
    """Puts people in others' places, if that may be."""
    held = cells_of(row)
    if gone == come or not gone | come:
        raise Refused("nothing-changed")

    if come & held:
        raise Refused("on-shift-already")

    if gone & desk_of(log_of(session, row)).pins:
        raise Refused("pinned-cell")

    found = trial_of(session, row, editor.books).of(gone, come)
    if found.impossible:
        raise NotAllowed(found.impossible, final=True)

    if found.breaks and not editor.confirmed:
        raise NotAllowed(found.breaks, final=False)

    _keep(session, row, editor, verb, Delta(gone, come))


def _keep(
    session: Session,
    row: RosterRow,
    editor: Editor,
    verb: EditVerb,
    delta: Delta,
) -> None:
    keep(session, row, verb, delta, who=editor.who, now=editor.now)
