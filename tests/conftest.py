"""Fixtures of every room: records on both databases."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from shutil import copy

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from psycopg import connect

from roster.records import Records, open_records
from roster.records.upgrading import upgrade
from tests.builders import SHANGHAI
from tests.postgres import binaries, cluster

NOW = datetime(2026, 8, 20, 9, 30, tzinfo=SHANGHAI)


class Compiled(BytecodeCache):
    """Templates that one application compiled, for all others of a run."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if known := self._known.get(bucket.key):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


Flask.jinja_options = {"bytecode_cache": Compiled()}


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server; it lives as long as the tests."""
    programs = binaries()
    if programs is None:
        reason = "PostgreSQL's server is not installed"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            reason
        )

    with cluster(programs) as url:
        yield url


@pytest.fixture(scope="session")
def shape(tmp_path_factory) -> Path:
    """SQLite's file of empty records at today's shape, to be copied."""
    path = tmp_path_factory.mktemp("shape") / "duty.db"
    _shaped(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def shapes(postgres) -> str:
    """A PostgreSQL server with the same as its database ``shape``."""
    _run(postgres, "CREATE DATABASE shape")
    _shaped(f"{postgres}/shape").close()
    return postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def records(request) -> Iterator[Records]:
    """Empty records at today's shape, on each database in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("lite")
        return

    server = request.getfixturevalue("shapes")
    _run(server, "DROP DATABASE IF EXISTS duty WITH (FORCE)")
    _run(server, "CREATE DATABASE duty TEMPLATE shape")
    opened = open_records(f"{server}/duty")
    yield opened
    opened.close()


@pytest.fixture
def lite(shape, tmp_path) -> Iterator[Records]:
    """Empty records on SQLite, where the database does not matter."""
    copy(shape, tmp_path)
    opened = open_records(f"sqlite:///{tmp_path / shape.name}")
    yield opened
    opened.close()


def _shaped(url: str) -> Records:
    opened = open_records(url)
    upgrade(opened)
    return opened


def _run(server: str, statement: str) -> None:
    """A statement that no transaction may hold."""
    with connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement)
