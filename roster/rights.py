"""
Who may do what: roles, the rights they carry, and where they hold.

Nothing is allowed that is not written here. A role is granted for one unit
of the tree, and with ``below`` for everything under it as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Right(StrEnum):
    """What may be done; the first two need no grant."""

    OPEN = "open"  # anybody, without logging in
    OWN = "own"  # anybody logged in, about themselves
    READ = "read"  # what a unit has published
    DRAFT = "draft"  # drafts, versions, why there is no roster
    PREPARE = "prepare"  # staff, leave, limits, wishes: what is personal
    ROSTER = "roster"  # generate, edit, submit
    APPROVE = "approve"  # approve, return, publish, withdraw
    CHECK = "check"  # record spot checks
    RESULTS = "results"  # read checks with the names in them
    GOVERN = "govern"  # rules, calendar, accounts, channels, journal


class Role(StrEnum):
    """As what somebody acts for a unit."""

    BUREAU_ADMIN = "bureau admin"
    UNIT_EDITOR = "unit editor"
    APPROVER = "approver"
    STAFF = "staff"
    INSPECTOR = "inspector"
    HEAD = "school head"
    BUREAU_READER = "bureau reader"


# Whoever approves does not edit, and whoever governs does not read what is
# personal, unless they are granted that role too.
RIGHTS_OF: Mapping[Role, frozenset[Right]] = {
    Role.BUREAU_ADMIN: frozenset(
        {Right.READ, Right.DRAFT, Right.ROSTER, Right.RESULTS, Right.GOVERN}
    ),
    Role.UNIT_EDITOR: frozenset(
        {Right.READ, Right.DRAFT, Right.PREPARE, Right.ROSTER}
    ),
    Role.APPROVER: frozenset({Right.READ, Right.DRAFT, Right.APPROVE}),
    Role.STAFF: frozenset({Right.READ}),
    Role.INSPECTOR: frozenset({Right.READ, Right.CHECK, Right.RESULTS}),
    Role.HEAD: frozenset({Right.READ, Right.DRAFT, Right.RESULTS}),
    Role.BUREAU_READER: frozenset({Right.READ, Right.RESULTS}),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """
    A role somebody has for a unit, and with ``below`` under it.

    Without a unit it holds for the whole county, an empty one included.
    """

    role: Role
    unit: str = ""
    below: bool = False

    def covers(self, line: tuple[str, ...]) -> bool:
        """Whether a unit is covered, given the line from it to the root."""
        if not self.unit:
            return bool(line)

        return line[:1] == (self.unit,) or (self.below and self.unit in line)


LONGEST_SIGNATURE = 60  # as the journal keeps it


def signature(name: str, login: str) -> str:
    """How somebody signs: 张伟（u010-03）."""
    return f"{name[:16]}（{login}）"[:LONGEST_SIGNATURE]


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Who acts, by what rights in the unit concerned.

    ``staff`` is the person behind the account, empty for outsiders.
    """

    who: str
    staff: str = ""
    approves: bool = False
    edits: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """
    Who asks for a page, and what they may do where.

    Parameters
    ----------
    account
        The account's id; 0 for somebody who has not logged in.
    name, login
        The person's name and the name they log in by.
    staff_id
        The member of staff behind the account; empty for outsiders.
    must_change
        Whether they still have the password somebody else gave them.
    grants
        The roles they have.
    parents
        The unit above each unit; empty above the root.
    """

    account: int = 0
    name: str = ""
    login: str = ""
    staff_id: str = ""
    must_change: bool = False
    grants: tuple[Grant, ...] = ()
    parents: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def signature(self) -> str:
        """How they sign what they do, distinct for two of one name."""
        return signature(self.name, self.login) if self.account else ""

    def may(self, right: Right | str, unit: str | None = None) -> bool:
        """Whether they have a right in a unit, or anywhere at all."""
        right = Right(right)
        if right is Right.OPEN:
            return True

        if not self.account or right is Right.OWN:
            return bool(self.account)

        held = [g for g in self.grants if right in RIGHTS_OF[g.role]]
        if unit is None:
            return bool(held)

        line = self._line(unit)
        return any(grant.covers(line) for grant in held)

    def may_everywhere(self, right: Right) -> bool:
        """Whether they have a right in the whole county."""
        return any(
            not grant.unit and right in RIGHTS_OF[grant.role]
            for grant in self.grants
        ) or (bool(self.parents) and self.covered(right) == set(self.parents))

    def covered(self, right: Right | str) -> frozenset[str]:
        """Every unit in which they have a right."""
        return frozenset(u for u in self.parents if self.may(right, u))

    def acting(self, unit: str, editing: Right) -> Actor:
        """They in a unit; `editing` lets them act for others there."""
        return Actor(
            self.signature,
            self.staff_id,
            approves=self.may(Right.APPROVE, unit),
            edits=self.may(editing, unit),
        )

    def _line(self, unit: str) -> tuple[str, ...]:
        """The unit and those above it, as far as the root."""
        line: list[str] = []
        while unit in self.parents and unit not in line:
            line.append(unit)
            unit = self.parents[unit]

        return tuple(line)
