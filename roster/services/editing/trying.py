"""What an edit would break or cost, before it is made."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from roster.answers import Costs
from roster.audit import Breach, breaches
from roster.judging import Judge
from roster.problem import Assignment
from roster.records import RosterRow
from roster.rules.clauses import Keep
from roster.rules.rulebook import RuleBook
from roster.services.answering import Asked, breach_line, roster_asked
from roster.services.fitness import Fitness, Unfit, fitness_of
from roster.services.readiness import Broken
from roster.services.views import ConflictLine

# What no editor may do, whatever they confirm: nobody is in two places, or
# there while away, or fills a post that is not theirs; what is settled by
# history or an approved swap stays. Too few people on a shift, and every
# article, may be broken in a draft that is not finished.
IMPOSSIBLE = frozenset(("eligible", "available", "overlap", "pin"))

Cells = frozenset[Assignment]


@dataclass(frozen=True)
class Found:
    """
    What an edit would do.

    ``breaks`` are mandatory rules that hold now and would not hold then.
    """

    impossible: tuple[Broken, ...]
    breaks: tuple[Broken, ...]
    costs: Costs


class Trial:
    """
    A draft on which edits are tried.

    Parameters
    ----------
    fit
        Who may be on duty when by today's records; a draft made before
        does not know of what was entered since.
    """

    def __init__(self, asked: Asked, fit: Fitness) -> None:
        self.asked = asked
        self.fit = fit

    @cached_property
    def judge(self) -> Judge:
        """The auditors' readings of the draft as it is."""
        return Judge(self.asked.problem, self.asked.roster)

    def of(self, gone: Cells, come: Cells) -> Found:
        """An edit's consequences, cells named as the unit names them."""
        change = self._named(gone), self._named(come)
        found = [b for b in self.judge.breaches(*change) if self._counts(b)]
        said = [(b.rule in IMPOSSIBLE, self.told(b)) for b in found]
        after = frozenset(self.asked.roster) - change[0]
        news = self._news(change[1], found, after)
        said += [(why.away, self._unfit(cell, why)) for cell, why in news]
        return Found(
            tuple(broken for final, broken in said if final),
            tuple(broken for final, broken in said if not final),
            self.judge.costs(*change),
        )

    def marks(self) -> list[tuple[Broken, Cells]]:
        """The mandatory rules the draft breaks now, and at which cells."""
        asked = self.asked
        found = [
            breach
            for breach in breaches(asked.problem, asked.roster)
            if self._counts(breach)
        ]
        said = [(self.told(breach), self._cells(breach)) for breach in found]
        own = [c for c in asked.roster if c.shift.startswith(asked.prefix)]
        for cell, why in self._news(own, found, asked.roster):
            at = Assignment(asked.own(cell.shift), cell.staff)
            said.append((self._unfit(cell, why), frozenset({at})))

        return said

    def told(self, breach: Breach) -> Broken:
        """A breach, ready for words."""
        problem = self.asked.problem
        known = all(s in problem.person for s in breach.staff) and all(
            s in problem.shift for s in breach.shifts
        )
        line = (
            breach_line(problem, breach)
            if known
            else ConflictLine(breach.rule, breach.article)
        )
        dates = breach.dates or tuple(
            problem.shift[s].date for s in breach.shifts if s in problem.shift
        )
        names = tuple(self.name(staff) for staff in breach.staff)
        return Broken(line, tuple(sorted(set(dates))), names)

    def name(self, staff: str) -> str:
        """What somebody is called."""
        person = self.asked.problem.person.get(staff)
        return person.name or staff if person else staff

    def _named(self, cells: Iterable[Assignment]) -> Cells:
        return frozenset(self.asked.cell(c.shift, c.staff) for c in cells)

    def _counts(self, breach: Breach) -> bool:
        """A repair's aim is no article, nor are other units' shifts ours."""
        prefix = self.asked.prefix
        kept = isinstance(self.asked.problem.clause.get(breach.rule), Keep)
        own = not breach.shifts or any(
            shift.startswith(prefix) for shift in breach.shifts
        )
        return own and not kept

    def _news(
        self,
        cells: Iterable[Assignment],
        found: Iterable[Breach],
        beside: Iterable[Assignment],
    ) -> Iterator[tuple[Assignment, Unfit]]:
        """What stands against them by what was entered since."""
        asked = self.asked
        units = {asked.unit, *asked.units}
        return self.fit.news(asked.problem, cells, found, units, beside)

    def _unfit(self, cell: Assignment, why: Unfit) -> Broken:
        """What was entered since the draft was made, ready for words."""
        when = self.asked.problem.shift[cell.shift].date
        line = self.fit.line(cell.staff, why)
        return Broken(line, (when,), (self.name(cell.staff),))

    def _cells(self, breach: Breach) -> Cells:
        """Where to mark it, named as the unit names its shifts."""
        held = self.asked.held
        dates = set(breach.dates)
        shift = self.asked.problem.shift
        return frozenset(
            Assignment(self.asked.own(cell.shift), cell.staff)
            for cell in held
            if cell.shift.startswith(self.asked.prefix)
            and (not breach.staff or cell.staff in breach.staff)
            and (
                cell.shift in breach.shifts
                if breach.shifts
                else cell.shift in shift and shift[cell.shift].date in dates
            )
        )


def trial_of(
    session: Session, row: RosterRow, books: Mapping[str, RuleBook]
) -> Trial:
    """A draft's trial."""
    asked = roster_asked(
        session, unit_id=row.unit, term_id=row.term, number=row.number
    )
    people = {*asked.problem.person, *(cell.staff for cell in asked.roster)}
    return Trial(asked, fitness_of(session, people, books))
