"""Fixtures of every room: records on both databases."""

import os
from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import text

from roster.records import Records, open_records
from roster.records.upgrading import upgrade
from tests.builders import SHANGHAI
from tests.postgres import binaries, cluster

NOW = datetime(2026, 8, 20, 9, 30, tzinfo=SHANGHAI)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the tests."""
    programs = binaries()
    if programs is None:
        reason = "PostgreSQL's server is not installed"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            reason
        )

    with cluster(programs) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def records(request, tmp_path) -> Iterator[Records]:
    """Empty records at today's shape, on each database in turn."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'duty.db'}"
    else:
        url = request.getfixturevalue("postgres")
        _empty(url)

    opened = open_records(url)
    upgrade(opened)
    yield opened
    opened.close()


@pytest.fixture
def lite(tmp_path) -> Iterator[Records]:
    """Empty records on SQLite, where the database does not matter."""
    opened = open_records(f"sqlite:///{tmp_path / 'duty.db'}")
    upgrade(opened)
    yield opened
    opened.close()


def _empty(url: str) -> None:
    opened = open_records(url)
    with opened.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    opened.close()
