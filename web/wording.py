"""The words and the header's facts that every template may use."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask, Response, request, url_for
from flask_babel import gettext

from roster.answers import StandIn
from roster.checks.results import Result
from roster.days import CalendarDay
from roster.services import viewing
from roster.services.answering import Asked
from roster.services.views import ConflictLine
from web.access import at_this_computer, sees_personal
from web.language import CHINESE, ENGLISH
from web.pages import language, office
from web.words import office as words
from web.words.answers import (
    alternative_sentence,
    cost_sentence,
    stand_in_sentence,
)
from web.words.conflicts import conflict_sentence, post_word
from web.words.dates import full_date, month_name
from web.words.remedies import remedy_sentence

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
    "after",
    "since",
)

# A page that answers a POST is asked for again under this endpoint.
ASKED_AS = {"people.subscribe": "people.person"}


def add_words(app: Flask) -> None:
    """Puts the office's words and the header's facts into templates."""
    app.jinja_env.globals.update(
        words=words,
        word=word,
        weekday=_weekday,
        full_date=_in_language(full_date),
        month_name=_in_language(month_name),
        conflict_words=_conflict_words,
        remedy_words=_in_language(remedy_sentence),
        alternative_words=_of_problem(alternative_sentence),
        cost_words=_of_problem(cost_sentence),
        stand_in_words=_stand_in_words,
        post_word=_post_word,
        day_word=_day_word,
        festival_word=_festival_word,
        result_of=Result.__getitem__,
        result_word=_result_word,
        results_by_verdict=_results_by_verdict,
        other_language=_other_language,
        language=language,
        may_write=at_this_computer,
        _=gettext,
    )
    app.context_processor(_header)
    app.after_request(_remember)


def word(pair: tuple[str, str]) -> str:
    """The wording of a pair that the visitor reads."""
    return pair[0 if language() == CHINESE else 1]


def _in_language(say: Callable[[Any, str], str]) -> Callable[[Any], str]:
    return lambda thing: say(thing, language())


def _conflict_words(line: ConflictLine) -> str:
    return conflict_sentence(line, language(), personal=sees_personal())


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
    with here.records.reading() as session:
        every = viewing.terms(session)

    return {
        "demonstration_day": here.demonstration_day,
        "today": here.today(),
        "every_term": every,
    }


def _remember(response: Response) -> Response:
    if request.args.get("lang") in (CHINESE, ENGLISH):
        response.set_cookie(
            "lang",
            language(),
            max_age=31536000,
            httponly=True,
            samesite="Lax",
        )

    return response
