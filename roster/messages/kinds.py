"""
The kinds of message: another one is a line here and its words.

The words stand in ``web/words/messages.py``; a test holds both together.
"""

from dataclasses import dataclass
from datetime import timedelta

TEST = "test"
DUTY_TOMORROW = "duty-tomorrow"
DUTIES_CHANGED = "duties-changed"
CALENDAR_PROVISIONAL = "calendar-provisional"
ROSTER_DUE = "roster-due"
INCIDENT = "incident"
ZERO_REPORT_DUE = "zero-report-due"
WISH_ROUND = "wish-round"
ROUND_CLOSING = "wish-round-closing"
COMP_EXPIRING = "comp-expiring"
COMP_SHORT = "comp-short"

# Facts under these names are ids of people and of units, told by name.
PEOPLE = ("staff", "partner", "other", "stand_in", "by")
UNITS = ("unit", "units")


@dataclass(frozen=True, slots=True)
class Kind:
    """
    How a kind of message is sent.

    Parameters
    ----------
    urgent
        Sent in quiet hours, too.
    lasts
        How long after it was due it is still worth sending.
    """

    urgent: bool = False
    lasts: timedelta | None = None


KINDS: dict[str, Kind] = {
    TEST: Kind(urgent=True),
    DUTY_TOMORROW: Kind(lasts=timedelta(hours=15)),
    DUTIES_CHANGED: Kind(),
    CALENDAR_PROVISIONAL: Kind(),
    INCIDENT: Kind(urgent=True),
    ZERO_REPORT_DUE: Kind(urgent=True, lasts=timedelta(hours=6)),
    # drafts on their way to publication
    ROSTER_DUE: Kind(),
    "roster-submitted": Kind(),
    "roster-returned": Kind(),
    "roster-published": Kind(),
    "roster-withdrawn": Kind(),
    WISH_ROUND: Kind(),
    ROUND_CLOSING: Kind(lasts=timedelta(days=1)),
    # swaps and covers
    "swap-proposed": Kind(),
    "swap-agreed": Kind(),
    "swap-declined": Kind(),
    "swap-taken-back": Kind(),
    "swap-waiting": Kind(),
    "swap-approved": Kind(),
    "swap-refused": Kind(),
    "swap-ended": Kind(),
    "swap-moved": Kind(),
    "cover-urgent": Kind(urgent=True),
    # drawn checks
    "draw-dispatched": Kind(urgent=True, lasts=timedelta(hours=12)),
    "draw-cancelled": Kind(urgent=True, lasts=timedelta(hours=12)),
    "draw-short": Kind(urgent=True, lasts=timedelta(hours=12)),
    "draw-value": Kind(urgent=True, lasts=timedelta(hours=2)),
    # comp-leave
    "comp-asked": Kind(),
    "comp-asked-for": Kind(),
    "comp-granted": Kind(),
    "comp-refused": Kind(),
    "comp-taken-back": Kind(),
    "comp-late": Kind(),
    COMP_EXPIRING: Kind(),
    COMP_SHORT: Kind(),
}
