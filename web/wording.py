"""The words and the header's facts that every template may use."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import Flask, Response, request, url_for
from flask_babel import gettext

from roster.answers import StandIn
from roster.checks.results import Result
from roster.days import CalendarDay
from roster.deadlines import Deadline
from roster.posts import SHANGHAI
from roster.rights import Right
from roster.services import message_views, viewing
from roster.services.answering import Asked
from roster.services.punctuality import Kept
from roster.services.readiness import Broken
from roster.services.views import ConflictLine
from web.access import may, sees_personal, visitor
from web.language import CHINESE, ENGLISH
from web.pages import language, office
from web.words import office as words
from web.words import refusal_sentence
from web.words.answers import (
    alternative_sentence,
    cost_sentence,
    stand_in_sentence,
)
from web.words.comp import half_word
from web.words.conflicts import conflict_sentence, post_word
from web.words.dates import full_date, month_name
from web.words.deadlines import span_word, standing_word
from web.words.draws import RECUSALS
from web.words.draws import STATES as SERIES_STATES
from web.words.duty import CLOCK, INCIDENT_STEPS, KINDS, ZERO
from web.words.foreseen import foreseen_sentence
from web.words.messages import error_words, message_sentence
from web.words.papers import plain_name
from web.words.remedies import patches_sentence, remedy_sentence
from web.words.requests import (
    error_sentence,
    goals_sentence,
    left_sentence,
    tier_sentence,
)
from web.words.review import DECISIONS, broken_sentence

# What the link to the other language keeps of the query.
KEPT = (
    "term",
    "view",
    "unit",
    "moment",
    "q",
    "district",
    "kind",
    "state",
    "checked",
    "shift",
    "staff",
    "other",
    "first",
    "last",
    "before",
    "partner",
    "back",
    "after",
    "since",
    "aim",
    "pick",
    "still",
    "all",
    "below",
    "month",
    "day",
)

# A page that answers a POST is asked for again under this endpoint.
ASKED_AS = {
    "editing.edit": "editing.draft",
    "reviews.submit": "reviews.unit",
    "reviews.take_back": "reviews.unit",
    "reviews.approve": "reviews.unit",
    "reviews.send_back": "reviews.unit",
    "reviews.publish": "reviews.unit",
    "reviews.withdraw": "reviews.unit",
    "comp.ask": "comp.person",
    "comp.take_back": "swaps.own",
    "comp.decide": "swaps.own",
    "subscriptions.person_add": "subscriptions.person",
    "subscriptions.person_code": "subscriptions.person",
    "subscriptions.alarms": "subscriptions.person",
    "subscriptions.unit_add": "subscriptions.unit",
    "subscriptions.unit_code": "subscriptions.unit",
    "offers.use": "offers.look",
    "channels.add": "channels.unit",
    "channels.quiet": "channels.unit",
    "channels.own_add": "channels.own",
    "duty.write": "duty.log",
    "drawn.look": "drawn.own",
    "drawn.record": "drawn.own",
    "drawn.recuse": "drawn.own",
    "drawn.days": "drawn.own",
    "series.commit": "series.one",
    "series.value": "series.one",
    "series.stop": "series.one",
    "series.reveal": "series.one",
    "series.cancel": "series.one",
    "series.remove": "series.one",
    "incidents.step": "incidents.every",
    "logs.add": "logs.one",
    "accounts.make": "accounts.unit",
    "accounts.reset": "accounts.one",
    "accounts.grant": "accounts.one",
    "accounts.active": "accounts.one",
    "accounts.take_back": "accounts.one",
    "generating.queue": "generating.ask",
    "generating.relax": "rosters.unit",
    "generating.cancel": "generating.one",
    "redrafting.begin_draft": "rosters.unit",
}


def add_words(app: Flask) -> None:
    """Puts the office's words and the header's facts into templates."""
    app.jinja_env.globals.update(
        words=words,
        word=word,
        weekday=_weekday,
        full_date=_in_language(full_date),
        month_name=_in_language(month_name),
        plain_name=plain_name,
        conflict_words=_conflict_words,
        remedy_words=_in_language(remedy_sentence),
        patches_words=_in_language(patches_sentence),
        left_words=_in_language(left_sentence),
        tier_words=_in_language(tier_sentence),
        goals_words=_in_language(goals_sentence),
        error_words=_in_language(error_sentence),
        alternative_words=_of_problem(alternative_sentence),
        cost_words=_of_problem(cost_sentence),
        stand_in_words=_stand_in_words,
        post_word=_post_word,
        broken_words=_broken_words,
        foreseen_words=_in_language(foreseen_sentence),
        half_word=_in_language(half_word),
        refusal_words=_in_language(refusal_sentence),
        decisions=DECISIONS,
        log_kinds=KINDS,
        series_states=SERIES_STATES,
        recusal_words=RECUSALS,
        zero_words=ZERO,
        incident_steps=INCIDENT_STEPS,
        clock_words=CLOCK,
        span_words=_span_words,
        standing_words=_standing_words,
        day_word=_day_word,
        festival_word=_festival_word,
        result_of=Result.__getitem__,
        result_word=_result_word,
        results_by_verdict=_results_by_verdict,
        other_language=_other_language,
        language=language,
        may=may,
        visitor=visitor,
        unit_name=_unit_name,
        moment=_moment,
        message_words=_in_language(message_sentence),
        message_error=_in_language(error_words),
        _=gettext,
    )
    app.context_processor(_header)
    app.after_request(_remember)


def word(pair: tuple[str, str]) -> str:
    """The wording of a pair that the visitor reads."""
    return pair[0 if language() == CHINESE else 1]


def _unit_name(unit_id: str) -> str:
    """A unit's name by its id; without one it is the county."""
    if not unit_id:
        return gettext("全县")

    with office().records.reading() as session:
        found = viewing.unit(session, unit_id)

    return found.name if found else unit_id


def _moment(when: datetime) -> str:
    """A moment on the office's clock."""
    return f"{when.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _broken_words(broken: Broken) -> str:
    return broken_sentence(broken, language(), personal=sees_personal())


def _span_words(deadline: Deadline) -> str:
    return span_word(deadline.span, deadline.first, deadline.name, language())


def _standing_words(kept: Kept) -> str:
    return standing_word(kept.standing, kept.days, language())


def _in_language(say: Callable[[Any, str], str]) -> Callable[[Any], str]:
    return lambda thing: say(thing, language())


def _conflict_words(line: ConflictLine, unit: str = "") -> str:
    """A conflict's member, its reasons by the right in its unit."""
    personal = may(Right.PREPARE, unit) if unit else sees_personal()
    return conflict_sentence(line, language(), personal=personal)


def _of_problem(say: Callable[..., str]) -> Callable[[Any, Any], str]:
    """Sentences about a problem, personal reasons by the visitor's right."""
    return lambda problem, thing: say(
        problem, thing, language(), personal=sees_personal()
    )


def _stand_in_words(asked: Asked, found: StandIn) -> str:
    return stand_in_sentence(asked, found, language())


def _post_word(post: str) -> str:
    """A post's word; joint problems name the unit before it."""
    return post_word(
        post.rpartition("/")[2], 0 if language() == CHINESE else 1
    )


def _weekday(when: date) -> str:
    return word(words.WEEKDAYS[when.weekday()])


def _festival_word(names: str) -> str:
    """A festival's name, or two that share their days."""
    said = [
        word(words.FESTIVALS.get(name, (name, name)))
        for name in names.split("、")
    ]
    return ("、" if language() == CHINESE else ", ").join(said)


def _day_word(day: CalendarDay) -> str:
    """The festival that falls on a day, else the kind of day."""
    if day.festival:
        return _festival_word(day.festival)

    return word(words.DAY_KINDS[day.kind])


def _result_word(code: str) -> str:
    return word((Result[code].word, words.RESULTS_ENGLISH[code]))


def _results_by_verdict() -> dict[str, list[Result]]:
    """The results an inspector chooses from, under what they count as."""
    return {
        verdict: [r for r in Result if r.verdict.value == verdict]
        for verdict in words.VERDICTS
    }


def _other_language() -> str:
    endpoint = request.endpoint or "county.board"
    kept = {key: request.args[key] for key in KEPT if key in request.args}
    asked = {
        **kept,
        **(request.view_args or {}),
        "lang": ENGLISH if language() == CHINESE else CHINESE,
    }
    return url_for(ASKED_AS.get(endpoint, endpoint), **asked)


def _header() -> dict[str, Any]:
    here = office()
    staff_id = visitor().staff_id
    with here.records.reading() as session:
        every = viewing.terms(session)
        fresh = staff_id and message_views.unread(
            session, staff_id=staff_id, now=here.now()
        )

    return {
        "unread_messages": fresh or 0,
        "demonstration_day": here.demonstration_day,
        "today": here.today(),
        "every_term": every,
    }


def _remember(response: Response) -> Response:
    # A feed is the same to everybody, whatever is added to its address.
    asked = request.args.get("lang") in (CHINESE, ENGLISH)
    if asked and request.blueprint != "feeds":
        response.set_cookie(
            "lang",
            language(),
            max_age=31536000,
            httponly=True,
            samesite="Lax",
        )

    return response
