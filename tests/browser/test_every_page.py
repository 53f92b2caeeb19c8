"""Every page fits its screen, is silent and shuts nobody out."""

import pytest

from tests.browser.conftest import DESK, PHONE, opened
from tests.browser.looking import CUT_OFF, WIDER, serious
from tests.web.pages import PAGES

OWN = ("/login", "/account", "/account/password", "/account/second-factor")
campaign = pytest.mark.campaign


SCREENS = {
    "phone-zh-dark": (PHONE, "zh", "dark"),
    "desk-en-light": (DESK, "en", "light"),
    "phone-en-light": (PHONE, "en", "light"),
    "desk-zh-dark": (DESK, "zh", "dark"),
}


@pytest.mark.parametrize(
    ("screen", "look"),
    [
        # axe-core takes its time: the other three are for the campaigns.
        pytest.param("phone-zh-dark", serious, id="closely"),
        pytest.param("desk-en-light", lambda _: [], id="quickly"),
        *(
            pytest.param(screen, serious, id=screen, marks=campaign)
            for screen in SCREENS
            if screen != "phone-zh-dark"
        ),
    ],
)
def test_every_page_fits_and_shuts_nobody_out(browser, site, screen, look):
    """A word on the console fails it, too (`opened`)."""
    size, language, colours = SCREENS[screen]
    pages = opened(browser, site, viewport=size, color_scheme=colours)
    page = next(pages)
    found = []

    for address in (*PAGES, *OWN):
        joint = "&" if "?" in address else "?"
        page.goto(f"{site}{address}{joint}lang={language}")
        if page.evaluate(WIDER):
            found.append(f"{address}: wider than the screen")
        found += [f"{address}: {cut}" for cut in page.evaluate(CUT_OFF)]
        found += look(page)

    assert found == []
    assert next(pages, None) is None
