"""
A unit's own Excel roster becomes a draft, once somebody has looked at it.

It rests on today's problem, as a generated one does; what it breaks is
told, stays marked in the draft, and is refused when it is submitted.
"""
