"""Half-days in words."""

from roster.comp import HalfDay
from web.language import CHINESE
from web.words.office import HALVES


def half_word(day: HalfDay, language: str = CHINESE) -> str:
    """2026-12-01上午; 2026-12-01 morning."""
    if language == CHINESE:
        return f"{day.date}{HALVES[day.half][0]}"

    return f"{day.date} {HALVES[day.half][1]}"
