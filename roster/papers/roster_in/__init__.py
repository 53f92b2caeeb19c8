"""
Reads a unit's own Excel roster: a flat list or a month grid, as it comes.

Offices keep them in many shapes; what was recognised and how each cell was
read is told, so that somebody can look at it before it counts.
"""

from roster.papers.roster_in.reading import Expected as Expected
from roster.papers.roster_in.reading import read_roster as read_roster
from roster.papers.roster_in.statements import OwnRoster as OwnRoster
