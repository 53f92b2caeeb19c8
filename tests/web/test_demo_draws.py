"""The demonstration's drawn checks on a small county."""

from datetime import datetime

from roster.posts import SHANGHAI
from roster.services.checking import checks
from roster.services.drawing.public import counts, published
from roster.services.drawing.views import every_series
from web.cli.demo_draws import demonstration_draws


def test_a_series_is_drawn_up_to_today_once_and_checks_are_recorded(here):
    here.now = lambda: datetime(2026, 10, 25, 12, tzinfo=SHANGHAI)

    demonstration_draws(here)
    demonstration_draws(here)

    with here.records.reading() as session:
        (series,) = every_series(session)
        found = counts(session, series.id, published(session, series.id))
        recorded = checks(session)
    assert found.draws == 11
    assert found.no_value <= 2
    assert found.dispatched == found.places == found.draws * series.places
    assert found.made == len(recorded) > 0
    assert all(check.drawn for check in recorded)
