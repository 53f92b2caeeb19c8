"""What a restored installation shows is what the kept one showed."""

from datetime import UTC, datetime
from re import sub

from roster.services import keeping
from tests.web.accounts import log_in
from tests.web.conftest import Visitor
from tests.web.county import Frozen
from tests.web.pages import PAGES
from web import create_app
from web.config import Config

MADE = datetime(2026, 10, 6, 3, 0, tzinfo=UTC)
# Made anew for each visitor: proofs against forging, and forms' own ids.
FRESH = '(?:name="csrf_token"|type="hidden" name="id") value="[^"]+"'


def backed_up(records, folder, out) -> keeping.Manifest:
    """A backup of an installation."""
    return keeping.backup(
        records, folder=folder, out=out, program="0.1.0", now=MADE
    )


def test_pages_and_feeds_are_the_same_after_a_restore(
    here, visitor, records, tmp_path
):
    feeds = [visitor.subscribes(f"U010-0{n}") for n in range(1, 4)]
    folder, path = tmp_path / "new", tmp_path / "kept.zip"

    kept = backed_up(here.records, here.config.folder, path)
    keeping.restore(records, path=path, folder=folder)
    again = backed_up(records, folder, tmp_path / "again.zip")

    assert (again.tables, again.files) == (kept.tables, kept.files)
    url = records.engine.url.render_as_string(hide_password=False)
    opened = Frozen(Config(folder, url))
    after = Visitor(log_in(create_app(opened).test_client()))
    for page in PAGES:
        assert shown(after, page) == shown(visitor, page)
    for feed in feeds:
        assert after.client.get(feed).data == visitor.client.get(feed).data
    opened.close()


def shown(visitor: Visitor, page: str) -> str:
    """A page but for what is made anew each time."""
    return sub(FRESH, "", visitor.client.get(page).text)
