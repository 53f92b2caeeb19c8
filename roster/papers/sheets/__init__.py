"""
The ten sheets of the name list, each described once.

Reading, the empty template and the export all follow these.
"""

from roster.papers.sheets.duties import INSPECTORS, PAST
from roster.papers.sheets.limits import LEAVE, LIMITED, RELATIONS, WISHES
from roster.papers.sheets.members import STAFF, UNITS
from roster.papers.sheets.times import PRESENCES, TERMS

__all__ = [
    "INSPECTORS",
    "LEAVE",
    "LIMITED",
    "PAST",
    "PRESENCES",
    "RELATIONS",
    "SHEETS",
    "STAFF",
    "TERMS",
    "UNITS",
    "WISHES",
]

SHEETS = (
    UNITS,
    STAFF,
    LEAVE,
    LIMITED,
    RELATIONS,
    WISHES,
    TERMS,
    PRESENCES,
    INSPECTORS,
    PAST,
)
