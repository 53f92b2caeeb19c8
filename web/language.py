"""Chinese first, English second: which of two wordings is read."""

import os
from collections.abc import Mapping

CHINESE, ENGLISH = "zh", "en"


def environment_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of a terminal; Chinese unless it asks for English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if word := environment.get(name):
            return ENGLISH if word.lower().startswith("en") else CHINESE

    return CHINESE
