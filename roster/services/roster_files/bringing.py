"""A workbook that was looked at becomes a draft, or nothing is changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roster.edits import Delta, EditVerb
from roster.errors import Refused
from roster.problem import Outcome, Status, TierResult
from roster.records import EditRow, Records, RosterRow
from roster.rules.ladder import Climb
from roster.services.drafts import Drafts
from roster.services.roster_files.ground import Ground
from roster.services.roster_files.looking import Look

SOLVER = "import"  # what such a roster names instead of one


@dataclass(frozen=True, slots=True)
class Consent:
    """
    Who wants it stored, and what they had seen.

    ``seen`` is the ground's `state` that the preview was made on;
    ``replace`` tells that the draft which is there may go.
    """

    seen: str
    who: str
    now: datetime
    replace: bool = False


def bring(
    session: Session,
    records: Records,
    ground: Ground,
    found: Look,
    file: str,
    consent: Consent,
) -> RosterRow:
    """
    Stores the draft, with the remarks beside its shifts as notes.

    Parameters
    ----------
    ground
        As it is in this session.

    Raises
    ------
    Refused
        When anything has changed since the preview, a draft would be
        replaced without a word, or is under review.
    """
    if not ground.state == found.ground.state == consent.seen:
        raise Refused("roster-file-outdated")

    if ground.draft and not consent.replace and not found.under_review:
        raise Refused("draft-is-there", number=ground.draft.number)

    drafts = Drafts(
        records,
        consent.who,
        lambda: consent.now,
        ground.calendar,
        1,
        lambda _: None,
    )
    row = drafts.imported(
        session,
        Climb(
            ground.case, ground.problem, _outcome(ground, found), ground.steps
        ),
        (ground.case.shifts, found.own.cells),
        file=file,
        open=len(found.open),
        broken=len(found.broken),
    )
    _note(session, row, found, consent)
    return row


def _outcome(ground: Ground, found: Look) -> Outcome:
    """What is stated of it: the goals as they are, and nothing proven."""
    return Outcome(
        ground.problem.id,
        Status.FEASIBLE,
        found.asked.roster,
        tuple(TierResult(t, cost, 0) for t, cost in found.costs.items()),
        seed=ground.problem.seed,
        solver=SOLVER,
    )


def _note(
    session: Session, row: RosterRow, found: Look, consent: Consent
) -> None:
    """The file's own remarks, as the draft's first edit."""
    if not found.own.notes:
        return

    notes = {shift: ("", words) for shift, words in found.own.notes.items()}
    row.revision += 1
    session.add(
        EditRow(
            roster=row.id,
            revision=row.revision,
            verb=EditVerb.NOTE.value,
            delta=Delta(notes=notes).said(),
            who=consent.who,
            at=consent.now,
        )
    )
    session.flush()
