"""
The domain: what duty is, whatever computes, stores or shows it.

Its values (``errors``, ``days``, ``people``, ``posts``, ``problem``,
``audit``, ``rules``, ``ledger``, ``checks``) import the standard library
and each other only. ``records``, ``services`` and ``papers`` stand around
them and receive solver, clock and calendar as arguments.
"""
