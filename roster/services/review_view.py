"""Where a unit's roster stands on its way, as one page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.records import RosterRow, UnitRow
from roster.review import OPEN, Verb, is_one_of, may
from roster.rules.rulebook import RuleBook
from roster.services.preparing import Calendar
from roster.services.readiness import Readiness, readiness, solved_with
from roster.services.review_history import Decision, history
from roster.services.turning import roster_in_force
from roster.services.viewing import roster_head
from roster.services.views import RosterHead


@dataclass(frozen=True)
class Beside:
    """Another unit that was solved together with this one."""

    unit_id: str
    unit_name: str
    state: str


@dataclass(frozen=True)
class ReviewView:
    """
    The draft under way, the version in force, and what was decided.

    Parameters
    ----------
    against
        What stands against the draft's publication.
    beside
        Units whose drafts come into force together with it.
    """

    draft: RosterHead | None
    standing: RosterHead | None
    against: Readiness
    beside: tuple[Beside, ...]
    steps: tuple[Decision, ...]

    def may(self, verb: str) -> bool:
        """Whether a verb fits where it stands."""
        wanted = Verb(verb)
        if wanted is Verb.WITHDRAW:
            return self.standing is not None

        return self.draft is not None and may(wanted, self.draft.state)

    def made_by(self, who: str) -> bool:
        """Whether somebody made the draft or changed it last."""
        return self.draft is not None and is_one_of(
            who, (self.draft.author, self.draft.editor)
        )

    @property
    def remark(self) -> Decision | None:
        """Why it was returned, as long as it is not handed in again."""
        last = self.steps[-1] if self.steps else None
        returned = last is not None and last.verb is Verb.RETURN
        return last if returned else None


def review(
    session: Session,
    *,
    unit_id: str,
    term_id: str,
    calendar: Calendar,
    books: Mapping[str, RuleBook],
) -> ReviewView:
    """A unit's roster for a term on its way to publication."""
    row = session.scalars(
        select(RosterRow).where(
            RosterRow.unit == unit_id,
            RosterRow.term == term_id,
            RosterRow.state.in_(OPEN),
        )
    ).first()
    standing = roster_in_force(session, unit_id, term_id)
    return ReviewView(
        roster_head(session, row) if row else None,
        roster_head(session, standing) if standing else None,
        readiness(session, row, calendar, books) if row else Readiness(),
        tuple(_beside(session, row)) if row else (),
        history(session, unit_id=unit_id, term_id=term_id),
    )


def _beside(session: Session, row: RosterRow) -> list[Beside]:
    return [
        Beside(one.unit, session.get_one(UnitRow, one.unit).name, one.state)
        for one in solved_with(session, row)
    ]
