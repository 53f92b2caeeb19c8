"""What changed between two rosters, as lines on the terminal."""

from collections.abc import Iterator

from web.cli.terminal import say
from web.words.repairs import Changes


def changed_lines(words: Changes) -> Iterator[str]:
    """By day, by person, what people bear, and how goals are served."""
    for title, lines in (
        (say("按日期：", "By day:"), words.by_day()),
        (say("按人员：", "By person:"), words.by_person()),
        (say("次数：", "Loads:"), words.by_load()),
        (say("各层级：", "Tiers:"), words.by_tier()),
    ):
        listed = [f"  {line}" for line in lines]
        yield from [title, *listed] if listed else []
