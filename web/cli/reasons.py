"""Why there is no roster, and what would be enough, on the terminal."""

from collections.abc import Iterable, Iterator

from roster.services.conflicts import folded
from roster.services.views import ConflictLine
from web.language import environment_language
from web.words.conflicts import conflict_sentence
from web.words.remedies import remedy_sentence


def reasons(
    conflict: Iterable[ConflictLine], remedies: Iterable[ConflictLine] = ()
) -> Iterator[str]:
    """
    A line for each demand (−) and for each way out (+).

    Whoever sits at the terminal has the records; nothing is hidden.
    """
    language = environment_language()
    for line in folded(conflict):
        said = conflict_sentence(line, language, personal=True)
        yield f"  - {said} {line.article}".rstrip()

    for line in remedies:
        yield f"  + {remedy_sentence(line, language)}"
