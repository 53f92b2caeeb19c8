"""What is still proven of a version that was changed by hand."""

from sqlalchemy.orm import Session

from roster.edits import desk_of
from roster.problem import TierResult
from roster.records import RosterRow, SolutionRow
from roster.services.editing.opening import log_of

EDITED = "edited"
IMPORTED = "imported"  # somebody's own roster, which nobody solved
UNPROVEN = frozenset((EDITED, IMPORTED))
FOUND = frozenset(("optimal", "feasible", IMPORTED))
RESOLVED = "resolve/"  # before the solver's name: of a rest solved anew


def proof_of(session: Session, row: RosterRow) -> SolutionRow | None:
    """
    The solution that is about this very roster.

    The one it was drafted by, or that of the rest that was solved anew;
    None where somebody is on another shift than the solver put them.
    """
    desk = desk_of(log_of(session, row))
    if desk.moved.gone or desk.moved.come:
        return None

    return session.get_one(SolutionRow, desk.solution or row.solution)


def status_of(session: Session, row: RosterRow) -> str:
    """The solver's word, where it is still about this roster."""
    found = proof_of(session, row)
    return EDITED if found is None else found.status


def proven_tiers(proof: SolutionRow | None) -> tuple[TierResult, ...]:
    """What each goal comes to, where a solver said so of this roster."""
    if proof is None or proof.status in UNPROVEN:
        return ()

    return tuple(TierResult(*tier) for tier in proof.tiers)
