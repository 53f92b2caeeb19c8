"""A device in a word or two, for the list of log-ins."""

# What user agents say, the telling ones first.
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("QQBrowser", "QQ浏览器"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device(agent: str) -> str:
    """The system and the browser, as far as they are known."""
    known = [_first(agent, SYSTEMS), _first(agent, BROWSERS)]
    return " · ".join(word for word in known if word) or "?"


def _first(agent: str, words: tuple[tuple[str, str], ...]) -> str:
    return next((word for sign, word in words if sign in agent), "")


# What calendar programs say of themselves, the telling ones first.
CALENDARS = (
    ("Google-Calendar-Importer", "Google"),
    ("GoogleCalendar", "Google"),
    ("ICSx5", "ICSx⁵"),
    ("ICSdroid", "ICSx⁵"),
    ("DAVx5", "DAVx⁵"),
    ("dataaccessd", "iPhone/iPad"),
    ("iOS/", "iPhone/iPad"),
    ("CalendarAgent", "Mac"),
    ("macOS/", "Mac"),
    ("Mac OS X/", "Mac"),
    ("Outlook", "Outlook"),
    ("Microsoft", "Outlook"),
    ("Exchange", "Outlook"),
    ("Thunderbird", "Thunderbird"),
    ("vdirsyncer", "vdirsyncer"),
    ("Xiaomi", "小米日历"),
    ("MIUI", "小米日历"),
)


def calendar_program(agent: str) -> str:
    """What reads a feed, as far as it is known."""
    return _first(agent, CALENDARS) or device(agent)[:40]
