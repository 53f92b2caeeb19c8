"""How hard properties are tried: a third always, all in the campaigns."""

import os


def examples(most: int) -> int:
    """How many examples, of those the campaigns try."""
    whole = os.environ.get("DUTY_ROSTER_EFFORT") == "whole"
    return most if whole else most // 3
