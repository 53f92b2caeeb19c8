"""
What people do, one verb a module.

A service takes an open session first and receives clock, calendar and
solver as arguments; it returns plain values, never rows.
"""
