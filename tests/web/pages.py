"""Every address of the small county's site that answers with a page."""

from tests.offices import BUREAU, SCHOOL, SHORT
from tests.web.county import EMPTY, LATER, STUCK

UNITS = (BUREAU, SCHOOL, STUCK, EMPTY)

PAGES = (
    "/",
    f"/?term={LATER.id}",
    "/?q=没有",
    "/summary",
    "/summary?checked=on",
    "/rules/bureau",
    "/rules/schools",
    f"/rules/schools?unit={SCHOOL.id}",
    "/calendar/2026",
    "/calendar/2027",
    *(f"/units/{unit.id}" for unit in UNITS),
    *(f"/units/{unit.id}/fairness" for unit in UNITS),
    *(f"/units/{unit.id}/people" for unit in UNITS),
    *(f"/units/{unit.id}/checks" for unit in UNITS),
    *(f"/units/{unit.id}/check" for unit in UNITS),
    f"/units/{SCHOOL.id}?view=list",
    f"/units/{SCHOOL.id}?term={LATER.id}",
    *(f"/units/{unit.id}/changes" for unit in UNITS),
    *(f"/units/{unit.id}/repair" for unit in UNITS),
    f"/units/{SCHOOL.id}/repair?term={LATER.id}",
    f"/units/{SCHOOL.id}/repair?since={SHORT.first}",
    f"/units/{SCHOOL.id}/absence?staff={SCHOOL.id}-01&last=2026-10-31",
    f"/people/{SCHOOL.id}-01",
    f"/people/{BUREAU.id}-20?term={SHORT.id}",
)
