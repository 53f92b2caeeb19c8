"""What the clock does for feeds each minute; most minutes write nothing."""

from roster.services.feeding import upkeep
from web.wiring import Office


def care_for_feeds(here: Office) -> None:
    """Ends leavers' feeds, repairs what failed, notes who read what."""
    now, calendar, site = here.now(), here.calendar, here.config.site
    with here.records.reading() as session:
        needed = upkeep.needs_care(
            session, calendar=calendar, site=site, now=now
        )

    uses = here.uses.take()
    if not needed and not uses:
        return

    with here.records.writing() as session:
        upkeep.write_down(session, uses)
        if needed:
            upkeep.care(session, calendar=calendar, site=site, now=now)
