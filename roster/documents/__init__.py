"""
Problem and outcome as JSON, version 1 of each: the solver's whole world.

Reading names every mistake with its path; writing is canonical, so that
the same values give the same bytes.
"""

from roster.documents.outcomes import read_outcome as read_outcome
from roster.documents.problems import read_problem as read_problem
from roster.documents.writing import write_outcome as write_outcome
from roster.documents.writing import write_problem as write_problem
