"""E-mail and everything else that Apprise knows."""

import logging
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from roster.messages.posting import NotSent

TITLE = "值班系统"

# Its lines may carry addresses; what went wrong is told by the code.
logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class Apprised:
    """A service behind an Apprise URL, which is itself the secret."""

    url: str = field(repr=False)

    def send(self, text: str) -> None:
        """Hands a text over; raises `NotSent`."""
        service = instance(self.url)
        if service is None:
            raise NotSent("bad-address", again=False)

        if not service.notify(body=text, title=TITLE):
            raise NotSent("not-taken", again=True)


def instance(url: str) -> Any:
    """Apprise's own service for a URL; None where it knows none."""
    # Imported where it is needed: half a second, and few offices do.
    import apprise

    return apprise.Apprise.instantiate(url, suppress_exceptions=True)


def mail_url(account: str, to: str) -> str:
    """The URL of a mail account with one addressee."""
    joint = "&" if urlsplit(account).query else "?"
    return f"{account}{joint}to={quote(to, safe='')}"
