"""Two administrators in two processes: exactly one of them wins."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from roster.errors import Refused
from roster.records import open_records
from roster.services.publishing import publish
from roster.services.review_history import history
from roster.services.reviewing import approve, send_back, submit
from roster.services.versions import versions
from tests.conftest import NOW
from tests.offices import BOOKS
from tests.roster.services import small
from tests.roster.services.small import CALENDAR, TERM, UNIT, everything_to

ROUNDS = 3


def one_tries(url: str, verb: str, looked_at: dict, who: str) -> str:
    """What becomes of one person's try, in a process of its own."""
    records = open_records(url)
    asked = {**looked_at, "who": who, "now": NOW}
    try:
        with records.writing() as session:
            if verb == "publish":
                publish(session, calendar=CALENDAR, books=BOOKS, **asked)
            else:
                send_back(session, remark="再看看", **asked)
    except Refused as refusal:
        return refusal.code
    finally:
        records.close()

    return verb


@contextmanager
def two_processes() -> Iterator[ProcessPoolExecutor]:
    """Two more of these programs, warm."""
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        list(pool.map(abs, range(8)))
        yield pool


TRIES = (
    (("publish", "publish"), {"cannot-publish"}),
    (("publish", "send back"), {"cannot-publish", "cannot-return"}),
)


def test_of_two_at_once_exactly_one_wins(records):
    url = records.engine.url.render_as_string(hide_password=False)
    with records.writing() as session:
        small.settle(session)

    with two_processes() as pool:
        for verbs, late in TRIES * ROUNDS:
            roster = ready(records)
            tries = [
                pool.submit(one_tries, url, verb, roster, f"审核{number}")
                for number, verb in enumerate(verbs)
            ]
            came = [one.result() for one in tries]
            assert len(set(came) & set(verbs)) == 1, came
            assert len(set(came) & late) == 1, came

    with records.reading() as session:
        said = versions(session, unit_id=UNIT, term_id=TERM)
        steps = history(session, unit_id=UNIT, term_id=TERM)
        published = [step for step in steps if step.verb == "publish"]
        assert len(published) == sum(v.state == "published" for v in said)


def ready(records) -> dict:
    """An approved draft, as somebody looks at it.

    Its revision goes on from the draft before it, if that was returned.
    """
    with records.writing() as session:
        row = small.draft(session, everything_to("anna"), who="编排", now=NOW)
        looked_at = {"roster_id": row.id, "revision": row.revision}
        asked = {**looked_at, "now": NOW}
        submit(session, calendar=CALENDAR, books=BOOKS, who="编排", **asked)
        approve(session, who="审核0", **asked)

    return looked_at
