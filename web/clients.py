"""Which calendar somebody most likely has, by what their browser says."""

from urllib.parse import quote

from flask import request

from web.pages import office

CHATS = ("MicroMessenger", "DingTalk", "Lark", "Feishu", "wxwork")
PLATFORMS = (
    ("HarmonyOS", "android"),
    ("Android", "android"),
    ("iPhone", "apple"),
    ("iPad", "apple"),
    ("Macintosh", "apple"),
    ("Windows", "outlook"),
)


def platform(agent: str) -> str:
    """apple, android or outlook; other where nothing is known."""
    return next((name for sign, name in PLATFORMS if sign in agent), "other")


def in_chat(agent: str) -> bool:
    """Whether a page is open inside a chat program, which adds nothing."""
    return any(sign in agent for sign in CHATS)


def links(address: str, name: str) -> dict[str, str]:
    """One address in the forms that calendars take."""
    webcal = "webcal://" + address.split("://", 1)[1]
    here, called = quote(address, safe=""), quote(name, safe="")
    return {
        "https": address,
        "webcal": webcal,
        "outlook": "https://outlook.live.com/calendar/0/addfromweb"
        f"?url={here}&name={called}",
        "office": "https://outlook.office.com/calendar/0/addfromweb"
        f"?url={here}&name={called}",
        "google": "https://calendar.google.com/calendar/r"
        f"?cid={quote(webcal, safe='')}",
    }


def public(path: str) -> str:
    """An address of ours, as the whole county reaches the site."""
    return (office().config.site or request.host_url.rstrip("/")) + path
