"""
Comp-leave (补休): earned by duty, asked for, granted, and reminded of.

`earning` holds the account against the rosters in force, `deeds` are what
people do and `waiting` what the clock does, `resting` tells who is off
when, `listing` what pages show.
"""
