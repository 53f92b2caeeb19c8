"""
Problem in, Outcome out.

Knows OR-Tools and the domain's values, nothing of records or faces.
"""

from solver.alternatives import Alternatives as Alternatives
from solver.covers import covers as covers
from solver.explain import explain as explain
from solver.solve import solve as solve
