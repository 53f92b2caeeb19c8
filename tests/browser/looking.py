"""What is looked for on every page: that it fits, and shuts nobody out."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDER = "document.documentElement.scrollWidth > innerWidth"
# A wide table is moved by finger or keyboard, and cut on paper alone.
CUT_OFF = """() => [...document.querySelectorAll('main *')]
  .filter(e => !e.matches('.wide[tabindex]') || matchMedia('print').matches)
  .filter(e => getComputedStyle(e).overflowX != 'visible'
    && e.scrollWidth > e.clientWidth + 1)
  .map(e => e.className + ': ' + e.textContent.slice(0, 40))"""
SERIOUS = {"serious", "critical"}


def serious(page: Page) -> list[str]:
    """What axe-core, which needs scripts, finds serious on an open page."""
    answer = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{page.url}: {one['id']}: {node['html'][:120]}"
        for one in answer.response["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]
