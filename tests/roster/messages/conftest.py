"""A local receiver in place of the services outside."""

from collections.abc import Iterator

import pytest

from tests.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiving server."""
    with receiving() as opened:
        yield opened
