"""A progress bar over units: how many, how long still."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from roster.services.views import UnitDone


def counted(things: Sequence[str], title: str) -> Iterator[str]:
    """The things one by one, with a bar that counts them."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield from progress.track(things, description=title)


@contextmanager
def units_bar(title: str) -> Iterator[Callable[[UnitDone], None]]:
    """A bar that is told of each unit as it ends."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[unit]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task(title, total=None, unit="")

        def advance(done: UnitDone) -> None:
            progress.update(
                bar, completed=done.done, total=done.total, unit=done.unit_name
            )

        yield advance
