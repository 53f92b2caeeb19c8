"""No log has a feed's address in it."""

import logging

from roster.services.logins import hashed
from web.masking import Masking, masked

TOKEN = "mDgNjrpSgdSfAQvYsGLIZ2bSqT_kXQ9o"


def test_addresses_are_logged_by_their_hash():
    told = masked(
        f"GET /feeds/{TOKEN}/duty.ics and /subscribe/{TOKEN}?lang=en"
    )

    mark = f"[{hashed(TOKEN)[:6]}]"
    assert told == f"GET /feeds/{mark}/duty.ics and /subscribe/{mark}?lang=en"
    assert masked("/feeds/holidays.ics") == "/feeds/holidays.ics"


def test_a_traceback_is_masked_too(caplog):
    logger = logging.getLogger("duty_roster.masked")
    logger.addFilter(Masking())

    try:
        raise ValueError(f"/feeds/{TOKEN}/duty.ics")
    except ValueError:
        logger.exception("on %s", f"/feeds/{TOKEN}/duty.ics")

    assert "ValueError" in caplog.text
    assert TOKEN not in caplog.text
