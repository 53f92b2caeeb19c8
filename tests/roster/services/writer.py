"""
Somebody who keeps writing, for tests that do something meanwhile.

``python -m tests.roster.services.writer URL NAME``: each transaction
counts a setting up and enters it into the journal, so that the two agree
wherever a copy is whole. A line is printed once it is kept.
"""

import sys
from itertools import count

from roster.records import open_records
from roster.services import settings
from tests.conftest import NOW


def main(url: str, name: str) -> None:
    """Writes until it is killed."""
    records = open_records(url)
    for number in count(1):
        with records.writing() as session:
            settings.put(session, name, str(number), who=name, now=NOW)
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
