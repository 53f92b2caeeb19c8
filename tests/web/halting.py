"""
`duty-roster work`, halting after its first unit.

``python -m tests.web.halting`` is a worker to be killed in the middle, or
told to stop there; nothing depends on how quick the machine is.
"""

import sys
from collections.abc import Callable, Iterator
from time import sleep
from typing import Any

import web.wiring
from solver.parallel import run
from web.cli import main


def halting(
    tasks: Any, *, watch: Callable[[], object], **more: Any
) -> Iterator[Any]:
    """Hands out the first answer; then only looks round."""
    for number, found in enumerate(run(tasks, watch=watch, **more)):
        while number:
            watch()
            sleep(0.05)
        yield found


if __name__ == "__main__":
    web.wiring.run = halting
    sys.exit(main(["work", *sys.argv[1:]]))
