"""
The kinds of rules a problem may contain, as passive facts.

One small class a kind. What a roster costs under a clause is computed in
``roster/auditors/<kind>.py``; how a solver keeps it stands in
``solver/clauses/<kind>.py``. A parity test holds the three together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

MANDATORY = 0

CLAUSE_KINDS: dict[str, type["Clause"]] = {}


@dataclass(frozen=True, slots=True)
class Selection:
    """
    The assignments a clause looks at; an empty tuple narrows nothing.

    ``shift_tags`` and ``staff_tags`` must all be borne, the tags of people
    on the shift's date.
    """

    posts: tuple[str, ...] = ()
    shift_tags: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    staff_tags: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, kw_only=True)
class Clause:
    """
    One rule with its article.

    Parameters
    ----------
    tier
        0 is mandatory; 1, 2, 3 … are goals, served in order.
    weight
        What a unit of cost weighs in its tier.
    allow
        The cost a mandatory clause may have.
    relax
        Patches of the kind's own fields, mildest first.
    """

    kind: ClassVar[str] = ""

    id: str
    tier: int
    article: str = ""
    weight: int = 1
    allow: int = 0
    select: Selection = field(default_factory=Selection)
    relax: tuple[Mapping[str, Any], ...] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        CLAUSE_KINDS[cls.kind] = cls

    @property
    def mandatory(self) -> bool:
        """Whether a roster that breaks it is no roster."""
        return self.tier == MANDATORY


@dataclass(frozen=True, kw_only=True)
class Rest(Clause):
    """Pairs of one person's duties with less than ``hours`` between."""

    kind: ClassVar[str] = "rest"
    hours: int


@dataclass(frozen=True, kw_only=True)
class Gap(Clause):
    """Pairs of one person's duties less than ``days`` dates apart."""

    kind: ClassVar[str] = "gap"
    days: int


@dataclass(frozen=True, kw_only=True)
class Limit(Clause):
    """Excess over ``max`` per person, in the period or in any window."""

    kind: ClassVar[str] = "limit"
    max: int
    window_days: int | None = None
    ledger: str = ""


@dataclass(frozen=True, kw_only=True)
class AtLeast(Clause):
    """Shortfall below ``min`` per person in the whole period."""

    kind: ClassVar[str] = "at_least"
    min: int
    ledger: str = ""


@dataclass(frozen=True, kw_only=True)
class Apart(Clause):
    """Dates on which both people of a pair are on duty."""

    kind: ClassVar[str] = "apart"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Different(Clause):
    """People who hold both shifts of a pair."""

    kind: ClassVar[str] = "different"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Same(Clause):
    """Different people in a group of shifts beyond the largest need."""

    kind: ClassVar[str] = "same"
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Bar(Clause):
    """Assignments of a selected person to a selected shift."""

    kind: ClassVar[str] = "bar"


@dataclass(frozen=True, kw_only=True)
class Reserve(Clause):
    """Assignments of a selected shift to anybody but those named."""

    kind: ClassVar[str] = "reserve"
    for_tags: tuple[str, ...] = ()  # "staff_tags" in the document
    for_staff: tuple[str, ...] = ()  # "staff" in the document


@dataclass(frozen=True, kw_only=True)
class Mix(Clause):
    """People of a kind missing to ``min``, per shift or per date."""

    kind: ClassVar[str] = "mix"
    min: int
    for_tags: tuple[str, ...] = ()  # "staff_tags" in the document
    for_staff: tuple[str, ...] = ()  # "staff" in the document
    per: str = "shift"


@dataclass(frozen=True, slots=True)
class Wished:
    """To be on duty (or free) on a date, or on one shift."""

    staff: str
    want: bool
    on: date | None = None
    shift: str = ""
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class Wish(Clause):
    """The weights of the wishes that are not met."""

    kind: ClassVar[str] = "wish"
    wishes: tuple[Wished, ...]


@dataclass(frozen=True, kw_only=True)
class Balance(Clause):
    """How unevenly a ledger is carried: squares, or the spread."""

    kind: ClassVar[str] = "balance"
    ledger: str
    measure: str = "squares"


@dataclass(frozen=True, kw_only=True)
class Spacing(Clause):
    """``cap`` minus the smallest distance in days between neighbours."""

    kind: ClassVar[str] = "spacing"
    cap: int


@dataclass(frozen=True, kw_only=True)
class Keep(Clause):
    """Assignments of the previous roster that are not kept."""

    kind: ClassVar[str] = "keep"
