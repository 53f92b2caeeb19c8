"""
What the office may ask about a roster, and what comes back: facts only.

Why there is none, who else could hold a shift, who can stand in, what
changed. The faces choose the words, and by right what to show of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from roster.audit import Breach
from roster.problem import ConflictMember, Patch, Shift

Costs = tuple[tuple[int, int], ...]  # by tier, ascending


@dataclass(frozen=True, slots=True)
class Recruit:
    """
    A person who would have to be there: what for, and on which dates.

    Parameters
    ----------
    tags
        What the articles ask of whoever fills those shifts.
    """

    posts: tuple[str, ...]
    tags: tuple[str, ...]
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    What would make a roster possible where there is none.

    Parameters
    ----------
    relaxations
        Sets of patches, the fewest and mildest first; any one suffices.
    recruits
        People who would be enough together; empty where people would not
        help.
    """

    relaxations: tuple[tuple[Patch, ...], ...] = ()
    recruits: tuple[Recruit, ...] = ()


@dataclass(frozen=True, slots=True)
class Worse:
    """
    The first tier that gets worse, and by how much.

    Where it is not proven, it gets worse by so much at most.
    """

    tier: int
    by: int
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Alternative:
    """
    Somebody else in a person's place on a shift.

    Parameters
    ----------
    possible
        Whether a roster keeps every mandatory clause then; None where
        the time did not suffice to tell.
    worse
        What it costs, everybody else's duties arranged as well as can be;
        None where no tier gets worse: chance alone decided.
    breaches
        What is against it at first sight: their posts, leave, a bar.
    conflict
        Demands that cannot hold together with them on that shift.
    """

    staff: str
    possible: bool | None
    worse: Worse | None = None
    breaches: tuple[Breach, ...] = ()
    conflict: tuple[ConflictMember, ...] = ()


@dataclass(frozen=True, slots=True)
class StandIn:
    """
    A colleague who can take a shift with nobody else moved.

    ``back`` is the shift they give in return; without one they cover.
    ``costs`` is what each tier changes by.
    """

    staff: str
    back: str
    costs: Costs


@dataclass(frozen=True, slots=True)
class ShiftChange:
    """
    A shift that is held by others than before.

    ``before`` or ``after`` is None where the shift is new or gone.
    """

    date: date
    before: Shift | None
    after: Shift | None
    left: tuple[str, ...]
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadChange:
    """What somebody carries by ledger, carried duty included."""

    staff: str
    before: Mapping[str, int] = field(default_factory=dict)
    after: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    Two rosters side by side.

    Parameters
    ----------
    shifts
        What is held by others, by date.
    loads
        Whoever carries more or less, the largest change first.
    tiers
        Each tier's cost before and after; None where it is not there.
    """

    shifts: tuple[ShiftChange, ...]
    loads: tuple[LoadChange, ...]
    tiers: tuple[tuple[int, int | None, int | None], ...]

    @property
    def changes(self) -> int:
        """How many assignments changed; one handed on counts once."""
        return sum(max(len(c.left), len(c.came)) for c in self.shifts)

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates on which something changed."""
        return tuple(dict.fromkeys(change.date for change in self.shifts))

    @property
    def staff(self) -> tuple[str, ...]:
        """Whose duties changed."""
        named = {
            staff
            for change in self.shifts
            for staff in (*change.left, *change.came)
        }
        return tuple(sorted(named))
