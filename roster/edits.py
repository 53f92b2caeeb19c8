"""
Edits of a draft, as the log keeps them: undoing is an edit like any other.

What is pinned, what is noted, and what can be undone or done again follows
from the log alone, read from its beginning.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from roster.problem import Assignment

Cells = frozenset[Assignment]
NOTHING: Cells = frozenset()
WHOLE = ""  # what a note on the whole draft is about


class EditVerb(StrEnum):
    """What an editor does to a draft."""

    CHANGE = "change"
    SWAP = "swap"
    PIN = "pin"
    UNPIN = "unpin"
    NOTE = "note"
    UNDO = "undo"
    REDO = "redo"
    RESOLVE = "resolve"  # all but what is pinned was solved anew
    REBASE = "rebase"  # what is in force now was taken over
    BEGIN = "begin"  # what it began with; nobody undoes that


@dataclass(frozen=True, slots=True)
class Delta:
    """
    What an edit did, so that it can be taken back.

    Parameters
    ----------
    gone, come
        Assignments taken off and put in; disjoint.
    pinned, unpinned
        Assignments that were pinned, or are no longer.
    notes
        By shift (`WHOLE` for the draft), the words before and after.
    base
        The version it was based on before, and is now.
    """

    gone: Cells = NOTHING
    come: Cells = NOTHING
    pinned: Cells = NOTHING
    unpinned: Cells = NOTHING
    notes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    base: tuple[int, int] | None = None

    def back(self) -> "Delta":
        """What takes it back."""
        return Delta(
            self.come,
            self.gone,
            self.unpinned,
            self.pinned,
            {shift: (new, old) for shift, (old, new) in self.notes.items()},
            self.base and (self.base[1], self.base[0]),
        )

    def on(self, cells: Cells) -> Cells:
        """Who holds what afterwards."""
        return (cells - self.gone) | self.come

    def said(self) -> dict[str, Any]:
        """As plain values, for a row."""
        return {
            **{name: _pairs(getattr(self, name)) for name in CELLS},
            "notes": {
                shift: list(words) for shift, words in self.notes.items()
            },
            "base": list(self.base or ()),
        }


CELLS = ("gone", "come", "pinned", "unpinned")


def _pairs(cells: Cells) -> list[list[str]]:
    return [[cell.shift, cell.staff] for cell in sorted(cells)]


def delta_of(said: Mapping[str, Any]) -> Delta:
    """What `Delta.said` said."""
    cells = {
        name: frozenset(Assignment(*pair) for pair in said[name])
        for name in CELLS
    }
    notes = {shift: (old, new) for shift, (old, new) in said["notes"].items()}
    # Logs of older drafts say nothing of a base.
    base = tuple(said.get("base") or ()) or None
    return Delta(**cells, notes=notes, base=base)


@dataclass(frozen=True, slots=True)
class Edit:
    """
    One line of the log; ``revision`` is what it made of the draft.

    ``solution`` is the number of the one that proves what it came to.
    """

    revision: int
    verb: EditVerb
    delta: Delta
    who: str
    at: datetime
    solution: int | None = None


@dataclass(frozen=True)
class Desk:
    """
    What a draft's log comes to.

    ``standing`` are the edits that were not undone, ``solution`` the last
    in them that proves anything; ``moved`` is what was done by hand since,
    or since the draft was solved where there is none.
    """

    undoable: Edit | None = None
    redoable: Edit | None = None
    pins: Cells = NOTHING
    notes: Mapping[str, str] = field(default_factory=dict)
    moved: Delta = Delta()
    solution: int | None = None
    standing: Sequence[Edit] = ()


def desk_of(log: Sequence[Edit]) -> Desk:
    """Reads a log from its beginning."""
    begun = [edit for edit in log if edit.verb is EditVerb.BEGIN]
    done: list[Edit] = []
    undone: list[Edit] = []
    for edit in log[len(begun) :]:
        if edit.verb is EditVerb.UNDO:
            undone.append(done.pop())
        elif edit.verb is EditVerb.REDO:
            done.append(undone.pop())
        else:
            done.append(edit)
            undone.clear()

    notes: dict[str, str] = {}
    pins = NOTHING
    for edit in log:
        pins = (pins - edit.delta.unpinned) | edit.delta.pinned
        notes |= {shift: new for shift, (_, new) in edit.delta.notes.items()}

    standing = [*begun, *done]
    solution, later = _proven(standing)
    return Desk(
        done[-1] if done else None,
        undone[-1] if undone else None,
        pins,
        {shift: words for shift, words in notes.items() if words},
        together(edit.delta for edit in later),
        solution,
        standing,
    )


def _proven(standing: Sequence[Edit]) -> tuple[int | None, Sequence[Edit]]:
    """The last solution among the edits that stand, and those after it."""
    for place in range(len(standing), 0, -1):
        if (solution := standing[place - 1].solution) is not None:
            return solution, standing[place:]

    return None, standing


def together(deltas: Iterable[Delta]) -> Delta:
    """Who was taken off and put in by several edits, one after another."""
    gone, come = NOTHING, NOTHING
    for delta in deltas:
        gone, come = (
            (gone | (delta.gone - come)) - delta.come,
            (come - delta.gone) | (delta.come - gone),
        )

    return Delta(gone, come)
