"""
How long publishing takes, with every feed of the county subscribed to.

Ten days before the demonstration's last term its rosters are withdrawn and
generated anew; then one unit's draft and the other units' are published,
each in one transaction that audits them and writes every feed it touches.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.days import Term
from roster.people import UnitKind
from roster.records import FeedRow, RosterRow, StaffRow, UnitRow
from roster.services import settings, viewing
from roster.services.feeding.reading import FeedOf
from roster.services.publishing import publish_term, withdraw
from roster.services.served import in_force
from roster.services.subscribing import Owner, subscribe
from tests.benchmarks.page import table
from web.cli.demonstration import DAYS_BEFORE, prepare
from web.config import Config, default_url
from web.wiring import Office

WHO = {"author": "办公室", "approver": "分管局长"}


def publishing(data: Path | None, jobs: int) -> Iterator[str]:
    """The section of the page."""
    yield "## Publishing with every feed subscribed to"
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch) / "data"
        if data and data.is_dir():
            copytree(data, folder)
        here = Office(Config(folder, default_url(folder)))
        prepare(here, jobs=jobs)
        yield _measured(here, jobs)
        here.close()


def _measured(here: Office, jobs: int) -> str:
    with here.records.reading() as session:
        term = viewing.terms(session)[-1]
        units = session.scalars(select(UnitRow.id)).all()
    _turn_clock(here, term)
    _subscribe_all(here)
    _withdraw_all(here, term)
    here.generate(term_id=term.id, who=WHO["author"], jobs=jobs)
    with here.records.reading() as session:
        drafts = session.scalars(
            select(RosterRow).where(
                RosterRow.term == term.id, RosterRow.state == "draft"
            )
        ).all()
        # Units that were solved together are published together.
        alone = next(row.unit for row in drafts if row.unit != units[0])
    one = _published(here, term, [alone])
    all_others = _published(here, term, None)
    head = ("", "units", "people with other duties", "feeds written", "s")
    return table(head, [("one unit", *one), ("all others", *all_others)])


def _turn_clock(here: Office, term: Term) -> None:
    """All of the term is still to come."""
    day = term.first - timedelta(days=DAYS_BEFORE)
    key, words = settings.DEMONSTRATION_DAY, day.isoformat()
    with here.records.writing() as session:
        settings.put(session, key, words, who=WHO["author"], now=here.now())


def _subscribe_all(here: Office) -> None:
    """Each person's feed, each unit's, each district's and the county's."""
    with here.records.writing() as session:
        for feed in _feeds(session):
            subscribe(
                session,
                feed=feed,
                label="",
                owner=Owner("benchmark"),
                now=here.now(),
            )


def _feeds(session: Session) -> list[FeedOf]:
    staff = session.scalars(select(StaffRow.id)).all()
    found = [FeedOf("person", one) for one in staff]
    for row in session.scalars(select(UnitRow)):
        found.append(FeedOf("unit", row.id))
        if row.parent is None:
            found.append(FeedOf("county", row.id))
        elif row.kind is UnitKind.DISTRICT:
            found.append(FeedOf("district", row.id))

    return found


def _withdraw_all(here: Office, term: Term) -> None:
    with here.records.writing() as session:
        wanted = select(RosterRow.id).where(
            in_force(), RosterRow.term == term.id
        )
        for number in session.scalars(wanted).all():
            withdraw(
                session,
                roster_id=number,
                reason="benchmark",
                who=WHO["approver"],
                now=here.now(),
            )


def _published(
    here: Office, term: Term, unit_ids: list[str] | None
) -> tuple[str, ...]:
    """Units, people with other duties, feeds written, seconds."""
    before, start = _tags(here), perf_counter()
    with here.records.writing() as session:
        done = publish_term(
            session,
            term_id=term.id,
            unit_ids=unit_ids,
            calendar=here.calendar,
            books=here.books,
            now=here.now(),
            **WHO,
        )
    seconds = perf_counter() - start
    written = len(_tags(here) - before)
    touched = sum(version.touched for version in done)
    return str(len(done)), str(touched), str(written), f"{seconds:.1f}"


def _tags(here: Office) -> set[tuple[int, str]]:
    with here.records.reading() as session:
        found = session.execute(select(FeedRow.id, FeedRow.etag))
        return {(number, tag) for number, tag in found}
