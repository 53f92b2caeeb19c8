"""A small county in the records: a bureau and two schools, one October."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import delete

from roster.county import County
from roster.people import Inspector
from roster.records import MessageRow, Records, open_records
from roster.records.upgrading import upgrade
from roster.services.generating import generate
from roster.services.importing import apply
from roster.services.publishing import publish_term
from solver import solve
from tests.conftest import NOW
from tests.offices import (
    BOOKS,
    BUREAU,
    CHINA,
    SCHOOL,
    SHORT,
    bureau_staff,
    school_staff,
)

BUREAU_STAFF = bureau_staff(30)
SCHOOL_STAFF = school_staff(12)

COUNTY = County(
    units=(BUREAU, SCHOOL),
    staff=(*BUREAU_STAFF, *SCHOOL_STAFF),
    terms=(SHORT,),
    inspectors=(
        Inspector(BUREAU_STAFF[10].id),
        Inspector(BUREAU_STAFF[11].id, recused=(SCHOOL.id,)),
    ),
)


def one_by_one(tasks, *, work, on_failure, jobs=None) -> Iterator:
    """Does the work in this process."""
    for key, task in tasks:
        yield key, work(task)


@dataclass
class Office:
    """The records with what the services need beside them."""

    records: Records
    now: datetime = NOW

    def generate(self, *unit_ids, **more):
        """Drafts for the short term."""
        return generate(
            self.records,
            term_id=SHORT.id,
            unit_ids=unit_ids or None,
            calendar=CHINA,
            books=more.pop("books", BOOKS),
            solve=more.pop("solve", solve),
            run=one_by_one,
            who="王办公室",
            now=lambda: self.now,
            **more,
        )

    def publish(self, author="王办公室", approver="李局长", **more):
        """Publishes every draft of the short term."""
        with self.records.writing() as session:
            return publish_term(
                session,
                term_id=SHORT.id,
                author=author,
                approver=approver,
                calendar=more.pop("calendar", CHINA),
                books=BOOKS,
                now=self.now,
                **more,
            )


@pytest.fixture
def office(records) -> Office:
    """The small county on each database, without rosters."""
    return imported(records)


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    """A database file with the small county's rosters published."""
    path = tmp_path_factory.mktemp("published") / "duty.db"
    opened = open_records(f"sqlite:///{path}")
    upgrade(opened)
    office = imported(opened)
    office.generate()
    office.publish()
    with opened.writing() as session:
        # Whoever looks for messages looks for their own.
        session.execute(delete(MessageRow))
    opened.close()
    return path


@pytest.fixture
def desk(published, tmp_path) -> Iterator[Office]:
    """The small county on SQLite, its rosters published."""
    path = tmp_path / "duty.db"
    copyfile(published, path)
    opened = open_records(f"sqlite:///{path}")
    yield Office(opened)
    opened.close()


def imported(records: Records, county: County = COUNTY) -> Office:
    """Records with a county in them."""
    with records.writing() as session:
        apply(session, county, who="王办公室", now=NOW)
    return Office(records)
