"""
Problem in, Outcome out.

Knows OR-Tools and the domain's values, nothing of records or faces.
"""

from solver.solve import solve as solve
