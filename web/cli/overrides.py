"""`rules overrides`, `rules end`: what is set differently, and its end."""

import argparse
from collections.abc import Iterable
from datetime import date
from typing import Any

from roster.errors import Refused
from roster.services import overriding, viewing
from roster.services.overriding import Effect, OverrideLine, TermEffect
from web.cli.rule_changes import value_words
from web.cli.terminal import (
    add_command,
    add_consent,
    agreed,
    office,
    say,
    tell,
)
from web.wiring import Office

Spans = Iterable[tuple[Any, Any, Any]]


def add_to(actions: Any) -> None:
    """Adds both to the family of `rules`."""
    listed = add_command(
        actions,
        "overrides",
        overrides,
        say("列出另定的参数和编号", "List what is set differently"),
        "duty-roster rules overrides",
    )
    listed.add_argument("--unit", default="", metavar="UNIT")

    ended = add_command(
        actions,
        "end",
        end,
        say(
            "给一项另定的参数填结束日期；还没开始的就此撤回",
            "Give an override its last day; one not begun is withdrawn",
        ),
        "duty-roster rules end 3 --last 2026-12-31",
    )
    ended.add_argument(
        "number",
        type=int,
        metavar="NUMBER",
        help=say("`rules overrides` 里的编号", "as `rules overrides` has it"),
    )
    ended.add_argument(
        "--last",
        type=date.fromisoformat,
        required=True,
        metavar="DATE",
        help=say("最后一天", "the last day it holds"),
    )
    add_consent(ended)


def overrides(asked: argparse.Namespace) -> None:
    """Every override with its number; of a unit those for it and for all."""
    with office() as here, here.records.reading() as session:
        names = {unit.id: unit.name for unit in viewing.units(session)}
        wanted = _unit(names, asked.unit)
        lines = [
            line
            for book in here.books
            for line in overriding.override_lines(session, book)
            if not wanted or line.override.unit in ("", wanted)
        ]
        for line in lines:
            print(_line(here, line, names))
        if not lines:
            tell(say("没有另定的参数。", "Nothing is set differently."))


def _unit(names: dict[str, str], word: str) -> str:
    """A unit by its id or its name; empty when none is asked for."""
    found = [id_ for id_, name in names.items() if word in (id_, name)]
    if word and not found:
        raise Refused("unknown-unit", value=word)

    return found[0] if word else ""


def _line(here: Office, line: OverrideLine, names: dict[str, str]) -> str:
    one = line.override
    param = here.books[one.book].params[one.param]
    where = names.get(one.unit, one.unit) or say("全部", "all")
    first, last = one.period.first or "", one.period.last or ""
    dates = f"{first} – {last}".strip()
    told = f"{param.label} = {value_words(one.value)}"
    return f"{line.id}  {where}  {told}  {dates}  {one.document}"


def end(asked: argparse.Namespace) -> int:
    """Shows what ending it does, asks, and ends it."""
    with office() as here:
        with here.records.reading() as session:
            line = overriding.override_line(session, asked.number)
            if line is None:
                raise Refused("gone-meanwhile")

            names = {unit.id: unit.name for unit in viewing.units(session)}
            tell(_line(here, line, names))
            effect = overriding.effect_of_ending(
                session,
                line.id,
                asked.last,
                calendar=here.calendar,
                books=here.books,
                today=here.today(),
            )
        for words in _effect(effect, names):
            tell(words)
        if not agreed(say("就此结束？", "End it?"), yes=asked.yes):
            return 1

        with here.records.writing() as session:
            overriding.end_override(
                session,
                line.id,
                asked.last,
                seen=line.seal,
                who=asked.who,
                now=here.now(),
            )
        tell(say("已结束。", "Ended."))
        return 0


def _effect(effect: Effect, names: dict[str, str]) -> Iterable[str]:
    for one in effect.params:
        yield f"{one.article.name} {one.param.label}"
        if one.same:
            yield say(
                "  不变（另有调整在起作用）",
                "  stays, for another override is at work",
            )
            continue

        yield f"  - {_spans(one.before)}"
        yield f"  + {_spans(one.after)}"
    for term in effect.terms:
        yield from _term(term, names)


def _spans(spans: Spans) -> str:
    return say("；", "; ").join(
        f"{value_words(value)}（{first} – {last}）"
        for first, last, value in spans
    )


def _term(one: TermEffect, names: dict[str, str]) -> Iterable[str]:
    if not one.units:
        yield f"{one.term.name}: {say('班次不变', 'no shift changes')}"
        return

    yield say(
        f"{one.term.name}：{one.units} 个单位，原有 {one.before} 个班次，"
        f"增加 {one.gained}，减少 {one.lost}，改时间 {one.moved}",
        f"{one.term.name}: {one.units} units with {one.before} places, "
        f"{one.gained} more, {one.lost} fewer, {one.moved} at other hours",
    )
    if one.published:
        units = say("、", ", ").join(names.get(u, u) for u in one.published)
        yield say(
            f"已发布的值班表不会自己变，要逐个调整：{units}",
            f"Published rosters stay as they are until repaired: {units}",
        )
