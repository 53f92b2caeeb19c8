"""What the services show: plain frozen values, ready for any face."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from roster.checks.summary import Rate
from roster.days import CalendarDay, Term
from roster.people import Standing, UnitKind
from roster.problem import TierResult

FULL_SHARE = 100


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the ladder that was tried, and what it came to."""

    code: str  # "plain", "gap", "combined", "pooled", "relaxed"
    article: str
    status: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One member of a conflict, with what it says in the office's words."""

    code: str  # "clause", "shift", "away", "pin"
    article: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit on the county's board."""

    unit_id: str
    unit_name: str
    kind: UnitKind
    district: str
    staff: int
    roster_id: int | None = None
    state: str = ""  # as in `roster.review`; empty without a roster
    number: int = 0
    provisional: bool = False
    status: str = ""  # the solver's word; empty without an attempt
    tiers: tuple[TierResult, ...] = ()
    step: str = ""  # the ladder's step that found it
    shifts: int = 0
    open_shifts: int = 0
    district_id: str = ""


@dataclass(frozen=True, slots=True)
class DutyView:
    """One person on one shift; ``staff_id`` is empty while it is open."""

    shift_id: str
    unit_id: str
    post: str
    start: datetime
    end: datetime
    staff_id: str
    staff_name: str
    position: str
    presence: str
    tags: tuple[str, ...] = ()
    article: str = ""


@dataclass(frozen=True, slots=True)
class DayView:
    """A duty day of a unit with everybody on it."""

    day: CalendarDay
    students: bool
    vacation: bool
    duties: tuple[DutyView, ...]


@dataclass(frozen=True, slots=True)
class RosterHead:
    """Which roster it is, who answers for it, and how good it is proven."""

    roster_id: int
    unit_id: str
    unit_name: str
    unit_phone: str
    term: Term
    number: int
    state: str
    provisional: bool
    author: str
    approver: str
    published_at: datetime | None
    calendar_version: str
    solver: str
    seed: int
    seconds: float
    status: str
    tiers: tuple[TierResult, ...] = ()
    steps: tuple[StepView, ...] = ()
    editor: str = ""
    base: int = 0  # the version in force when it was drafted
    revision: int = 0
    resolved: bool = False  # proven of what was not pinned

    @property
    def relaxed(self) -> str:
        """The articles eased by choice; empty where none was."""
        last = self.steps[-1] if self.steps else None
        return last.article if last and last.code == "relaxed" else ""


@dataclass(frozen=True, slots=True)
class RosterView:
    """
    A unit's roster for a term in one version.

    ``namesakes`` are the ids of people whose name alone does not tell who
    they are.
    """

    head: RosterHead
    days: tuple[DayView, ...]
    namesakes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FailureView:
    """
    The last attempt at a unit that has no roster, and why not.

    Of the remedies the first ``relaxable`` can be tried as drafts.
    """

    unit_id: str
    unit_name: str
    term: Term
    status: str  # "infeasible" or "unknown"
    steps: tuple[StepView, ...]
    conflict: tuple[ConflictLine, ...]
    remedies: tuple[ConflictLine, ...] = ()
    solution: int = 0
    relaxable: int = 0


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A person on a unit's list; telephone numbers stay in the records."""

    id: str
    name: str
    position: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class StaffDuty:
    """One duty of a person, with who is on duty beside them that day."""

    day: CalendarDay
    duty: DutyView
    unit_name: str
    beside: tuple[DutyView, ...]


@dataclass(frozen=True, slots=True)
class StaffView:
    """A person and their published duties, in order of time."""

    staff_id: str
    name: str
    position: str
    unit_id: str
    unit_name: str
    duties: tuple[StaffDuty, ...]


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """What somebody carries per ledger: before, in the term, together."""

    staff_id: str
    name: str
    posts: tuple[str, ...]
    share: int
    carried: Mapping[str, int]
    term: Mapping[str, int]

    def total(self, ledger: str) -> int:
        """Carried and new duties of a ledger together."""
        return self.carried.get(ledger, 0) + self.term.get(ledger, 0)


@dataclass(frozen=True, slots=True)
class FairnessView:
    """Everybody's loads by ledger with the proof beside them."""

    head: RosterHead
    ledgers: tuple[str, ...]
    people: tuple[PersonLoad, ...]

    def of(self, post: str) -> tuple[PersonLoad, ...]:
        """Those whose first post it is."""
        return tuple(p for p in self.people if p.posts[:1] == (post,))

    def spread(self, post: str, ledger: str) -> tuple[int, int]:
        """The least and the most that people of one post carry."""
        group = self.of(post)
        full = [p for p in group if p.share == FULL_SHARE] or group
        totals = [person.total(ledger) for person in full]
        return min(totals, default=0), max(totals, default=0)


@dataclass(frozen=True, slots=True)
class FindingView:
    """What was found of one person in a check."""

    shift_id: str
    staff_id: str
    staff_name: str
    post: str
    result: str  # a name of `roster.checks.results.Result`
    note: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """A recorded spot check."""

    id: str
    unit_id: str
    unit_name: str
    term_id: str
    roster_number: int
    day: date
    moment: datetime
    way: str
    inspectors: tuple[str, ...]
    basis: str
    note: str
    drawn: bool
    reason: str
    recorded_by: str
    recorded_at: datetime
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class UnitDone:
    """A unit that generation has finished with."""

    unit_id: str
    unit_name: str
    status: str
    step: str  # the ladder's last step
    seconds: float
    done: int
    total: int
    helpers: tuple[str, ...] = ()  # units solved together with it

    @property
    def found(self) -> bool:
        """Whether it has a roster now."""
        return self.status in ("optimal", "feasible")


@dataclass(frozen=True, slots=True)
class Generation:
    """All units of one generation, each once, in the order they ended."""

    units: tuple[UnitDone, ...]

    @property
    def failed(self) -> tuple[UnitDone, ...]:
        """The units without a roster."""
        return tuple(unit for unit in self.units if not unit.found)


@dataclass(frozen=True, slots=True)
class Published:
    """A version that was just published, and how many people it touched."""

    roster_id: int
    unit_id: str
    number: int
    touched: int


@dataclass(frozen=True, slots=True)
class UnitSummary:
    """
    How well a unit kept its duty in a term, up to a day.

    ``due`` and ``rostered`` count duty days of the term; ``checks`` are
    by way, ``verdicts`` count findings; ``on_duty`` are passes among the
    findings that judge somebody. Both are of drawn checks alone; ``extra``
    and ``extra_on_duty`` say the same of those made outside the draw.
    """

    unit_id: str
    unit_name: str
    kind: UnitKind
    due: int
    rostered: int
    published_at: datetime | None
    in_time: bool | None
    checks: Mapping[str, int]
    verdicts: Mapping[str, int]
    on_duty: Rate
    extra: Mapping[str, int]
    extra_on_duty: Rate
