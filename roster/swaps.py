"""
A swap (two people exchange two duties) or a cover, from word to deed.

    proposed → agreed → done
    proposed → emergency → done    after the cut-off, approved afterwards

Until it is done, either may take it back and whoever is asked may refuse;
it expires at the cut-off, and ends when its duty is moved or cancelled.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from roster.posts import SHANGHAI


class State(StrEnum):
    """Where a swap or cover stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    EMERGENCY = "emergency"  # in force, its approval outstanding
    DONE = "done"
    TAKEN_BACK = "taken back"
    REFUSED = "refused"
    EXPIRED = "expired"
    ENDED = "ended"


class Verb(StrEnum):
    """What people and the clock do with it."""

    AGREE = "agree"
    DECLINE = "decline"
    APPROVE = "approve"
    REFUSE = "refuse"
    TAKE_BACK = "take back"
    EXPIRE = "expire"
    END = "end"
    STAND_IN = "stand in"
    CONFIRM = "confirm"


OPEN = frozenset((State.PROPOSED, State.AGREED))
MADE = frozenset((State.EMERGENCY, State.DONE))

# From which states a verb may be done, and where it leads.
MOVES: Mapping[Verb, tuple[frozenset[State], State]] = {
    Verb.AGREE: (frozenset((State.PROPOSED,)), State.AGREED),
    Verb.DECLINE: (frozenset((State.PROPOSED,)), State.REFUSED),
    Verb.APPROVE: (frozenset((State.AGREED,)), State.DONE),
    Verb.REFUSE: (frozenset((State.AGREED,)), State.REFUSED),
    Verb.TAKE_BACK: (OPEN, State.TAKEN_BACK),
    Verb.EXPIRE: (OPEN, State.EXPIRED),
    Verb.END: (OPEN | MADE, State.ENDED),
    Verb.STAND_IN: (frozenset((State.AGREED,)), State.EMERGENCY),
    Verb.CONFIRM: (frozenset((State.EMERGENCY,)), State.DONE),
}


def may(verb: Verb, state: str) -> bool:
    """Whether a verb fits where it stands."""
    return state in MOVES[verb][0]


def after(verb: Verb, state: str) -> State:
    """
    Where a verb leads.

    Raises
    ------
    ValueError
        If it does not fit.
    """
    if not may(verb, state):
        raise ValueError(f"{state} does not allow to {verb}.")

    return MOVES[verb][1]


def cut_off(first: date, hour: int) -> datetime:
    """Until when a swap may be settled: an hour of the day before."""
    day_before = datetime.combine(first, time(), SHANGHAI) - timedelta(days=1)
    return day_before + timedelta(hours=hour)
