"""
The kinds of channel, their addresses, and how one is opened.

Another kind is a class with `send` and a line in `open_channel`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from roster.errors import Mistake, Unusable
from roster.messages.apprised import Apprised, instance, mail_url
from roster.messages.posting import Post
from roster.messages.robots import ROBOTS

EMAIL, APPRISE = "email", "apprise"
CHANNELS = (*ROBOTS, EMAIL, APPRISE)
ADDRESS_LONGEST, SECRET_LONGEST = 500, 200

TOKEN = re.compile(r"[A-Za-z0-9_-]{8,200}")
MAIL = re.compile(r"[\w.+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,}", re.A)
# Apprise takes a refusal of these for success; we have our own.
OURS = {"wecombot", "dingtalk", "feishu", "lark"}


class Channel(Protocol):
    """A way to a group or a person."""

    def send(self, text: str) -> None:
        """Hands a text over; raises `roster.messages.posting.NotSent`."""


@dataclass(frozen=True, slots=True)
class Reach:
    """
    How the services outside are reached.

    Parameters
    ----------
    post
        `roster.messages.posting.post`, or another for tests.
    clock
        Seconds since 1970 as they truly are; signatures need them.
    bases
        Addresses of robots in place of the official ones, by kind.
    mail
        The Apprise URL of the mail account; empty for no e-mail.
    """

    post: Post
    clock: Callable[[], float]
    bases: Mapping[str, str] = field(default_factory=dict)
    mail: str = field(default="", repr=False)


def open_channel(
    kind: str, address: str, secret: str, reach: Reach
) -> Channel:
    """The channel at an address."""
    if kind == EMAIL:
        return Apprised(mail_url(reach.mail, address) if reach.mail else "")

    if kind == APPRISE:
        return Apprised(address)

    return ROBOTS[kind](
        token=address,
        post=reach.post,
        secret=secret,
        base=reach.bases.get(kind, "").rstrip("/"),
        clock=reach.clock,
    )


def read_address(kind: str, words: str, secret: str, reach: Reach) -> str:
    """
    The address to keep, from what somebody pasted.

    Raises
    ------
    Unusable
        With what is wrong, never with the address itself.
    """
    if kind not in CHANNELS:
        raise Unusable(Mistake("unknown-channel", ("kind",)))

    words = words.strip()
    if len(words) > ADDRESS_LONGEST or len(secret) > SECRET_LONGEST:
        raise Unusable(Mistake("address-too-long", ("address",)))

    if kind == EMAIL:
        return _mail(words, reach)

    return _service(words) if kind == APPRISE else _token(kind, words, reach)


def _mail(words: str, reach: Reach) -> str:
    if not reach.mail:
        raise Unusable(Mistake("no-mail-account", ("kind",)))

    if not MAIL.fullmatch(words):
        raise Unusable(Mistake("not-a-mail-address", ("address",)))

    return words


def _service(words: str) -> str:
    if words.partition(":")[0].lower() in OURS:
        raise Unusable(Mistake("take-our-robot", ("kind",)))

    if instance(words) is None:
        raise Unusable(Mistake("not-an-apprise-address", ("address",)))

    return words


def _token(kind: str, words: str, reach: Reach) -> str:
    """The token of a robot, alone or at the end of its whole address."""
    robot = ROBOTS[kind]
    if "/" in words:
        whole = urlsplit(words)
        homes = {
            urlsplit(base).netloc
            for base in (robot.official, reach.bases.get(kind, ""))
        }
        _, found, words = words.partition(robot.path)
        if whole.netloc not in homes or not found:
            raise Unusable(
                Mistake(
                    "not-this-robot",
                    ("address",),
                    {"start": robot.official + robot.path},
                )
            )

    if not TOKEN.fullmatch(words):
        raise Unusable(Mistake("not-a-robot-address", ("address",)))

    return words


def masked(kind: str, address: str) -> str:
    """An address as it may be shown: enough to tell it from another."""
    if kind == EMAIL:
        name, _, host = address.partition("@")
        return f"{name[:1]}…@{host}"

    if kind == APPRISE:
        return address.partition(":")[0] + "://…"

    return f"…{address[-4:]}"
