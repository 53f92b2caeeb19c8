"""The small county's site, and a visitor at it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from re import search
from shutil import copytree

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roster.rights import Role
from tests.offices import SCHOOL
from tests.web.accounts import log_in, login_of
from tests.web.county import NOW, Frozen, build, open_office
from web import create_app


class Visitor:
    """Somebody at a browser."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def reads(self, address: str, status: int = 200) -> str:
        """A page's text; the status is what is expected of it."""
        answer = self.client.get(address)
        assert answer.status_code == status, address
        return answer.text

    def token(self, address: str) -> str:
        """The hidden proof that a form comes from our own page."""
        found = search(
            'name="csrf_token" value="([^"]+)"', self.reads(address)
        )
        assert found is not None, address
        return found[1]

    def sends(self, address: str, page: str = "", **fields) -> TestResponse:
        """A form from its page, as filled in."""
        token = self.token(page or address)
        return self.client.post(address, data={"csrf_token": token, **fields})

    def subscribes(self, staff_id: str, label: str = "手机") -> str:
        """The address of a person's new feed."""
        page = f"/people/{staff_id}/feed"
        answer = self.sends(page, f"{page}s", label=label)
        found = search("/feeds/[^/]+/duty.ics", answer.text)
        assert found is not None, answer.text
        return found[0]

    def checks(self, **changes) -> TestResponse:
        """The school's check at the present, everybody in place."""
        page = f"/units/{SCHOOL.id}/check"
        form = self.reads(page)
        duty = search('name="duty" value="([^"]+)"', form)
        assert duty is not None
        fields = {
            "id": "6d9a1a5e-9d0c-4c0e-8a52-2f6d3b1c0001",
            "moment": f"{NOW:%Y-%m-%dT%H:%M}",
            "way": "on_site",
            "reason": "接到反映",
            "inspector": "U001-10",
            "duty": duty[1],
            "result-0": "OK",
        }
        return self.sends(page, **{**fields, **changes})


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The small county's data folder; not to be written to."""
    folder = tmp_path_factory.mktemp("county")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def shown(built) -> Iterator[Visitor]:
    """A visitor who may do everything and only reads."""
    here = open_office(built)
    yield Visitor(log_in(create_app(here).test_client()))
    here.close()


@pytest.fixture
def acting(shown) -> Callable[..., Visitor]:
    """Readers by role: each has that role alone, for one unit."""

    def somebody(role: Role, unit: str = SCHOOL.id) -> Visitor:
        client = shown.client.application.test_client()
        return Visitor(log_in(client, login_of(role, unit)))

    return somebody


@pytest.fixture
def working(here) -> Callable[..., Visitor]:
    """The same at an office of its own, for a test that writes."""
    app = create_app(here)

    def somebody(role: Role, unit: str = SCHOOL.id) -> Visitor:
        return Visitor(log_in(app.test_client(), login_of(role, unit)))

    return somebody


@pytest.fixture
def here(built, tmp_path) -> Iterator[Frozen]:
    """An office of its own for a test that writes."""
    folder = tmp_path / "data"
    copytree(built, folder)
    opened = open_office(folder)
    yield opened
    opened.close()


@pytest.fixture
def visitor(here) -> Visitor:
    """A visitor who may do everything, and does."""
    return Visitor(log_in(create_app(here).test_client()))
