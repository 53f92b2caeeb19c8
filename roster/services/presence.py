"""Whether somebody must be there in person at a moment of their shift."""

from datetime import datetime, time

from roster.posts import ALL_DAY, LEADERS, SHANGHAI
from roster.rules.rulebook import Params
from roster.services.views import DutyView


def on_site_due(duty: DutyView, moment: datetime, params: Params) -> bool:
    """
    A leader may lead by telephone, by night or altogether.

    Whoever may is never absent for being away (bureau article 7, schools'
    article 7).
    """
    if duty.post not in LEADERS or duty.presence == ALL_DAY:
        return True

    if duty.presence == "电话带班":
        return False

    day = duty.start.date()
    words = str(params.get("leader_onsite_hours", day))
    first, last = (
        datetime.combine(day, time.fromisoformat(part), SHANGHAI)
        for part in words.split("-")
    )
    return first <= moment.astimezone(SHANGHAI) < last
