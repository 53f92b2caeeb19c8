"""
Swaps and covers: proposed, agreed, approved; then another version.

`deeds` are what people do and `waiting` what the clock does, in the `steps`
they share; `following` is what becomes of open ones when a version comes
into force, `listing` what pages show, `automatic` the unit's switch.
"""
