"""
Keeps secrets in addresses out of every log.

An address with a feed's token or a one-time code in it is logged with the
first six characters of the secret's hash, by which the journal names it.
"""

import logging
import re

from roster.services.logins import hashed

SECRET = re.compile(r"(/feeds/(?=[^\s/]+/duty)|/subscribe/)([^\s/?\"']+)")
LOGGERS = ("web", "waitress", "waitress.queue", "duty_roster", "werkzeug")


def masked(words: str) -> str:
    """The same words without secrets."""
    return SECRET.sub(lambda m: f"{m[1]}[{hashed(m[2])[:6]}]", words)


class Masking(logging.Filter):
    """Says a record in words without secrets, its traceback included."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record through, masked."""
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            told = logging.Formatter().formatException(record.exc_info)
            record.exc_text = masked(told)

        return True


def mask_logs() -> None:
    """Masks what the site and its server log."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(f, Masking) for f in logger.filters):
            logger.addFilter(Masking())
