"""Statements find their shifts: what nobody asks for is passed over."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from roster.days import Term
from roster.errors import Mistake
from roster.papers.roster_in.people import People
from roster.papers.roster_in.statements import (
    Block,
    OwnRoster,
    Passed,
    Place,
    Said,
)
from roster.papers.roster_in.words import DAY, WHOLE
from roster.papers.roster_in.words import NIGHT as AT_NIGHT
from roster.posts import DUTY, GUARD, LEADERS, NIGHT, WORDS
from roster.problem import Assignment, Shift

WHOLE_DAY = timedelta(hours=24)
SHOWN = 6  # places of one mistake
# What an export writes beside days by itself.
OWN_NOTES = {"", "暂定", "学生在校"}
LONGEST = 200  # letters of a note

Held = dict[str, dict[str, Place]]  # by shift, who, and where it was read


def turns_of(shift: Shift) -> set[str]:
    """The words for a shift's turn: 夜班, or 白班, or also 全天."""
    turns = {AT_NIGHT if NIGHT in shift.tags else DAY}
    if shift.end - shift.start >= WHOLE_DAY:
        turns.add(WHOLE)

    return turns


class Placing:
    """Puts what was said onto the shifts of a unit's term."""

    def __init__(
        self, term: Term, shifts: Sequence[Shift], people: People
    ) -> None:
        self.term = term
        self.people = people
        self.mistakes: list[Mistake] = []
        self.passed: list[Passed] = []
        self.notes: dict[str, str] = {}
        self.shift = {shift.id: shift for shift in shifts}
        self.on: dict[date, list[Shift]] = {}
        for shift in shifts:
            self.on.setdefault(shift.date, []).append(shift)

    def placed(self, blocks: Sequence[Block], unread: list[str]) -> OwnRoster:
        """All blocks together, if they agree."""
        held: Held = {}
        for block in blocks:
            self._merge(held, self._block(block.said))

        self._check_room(held)
        return OwnRoster(
            tuple(blocks),
            {
                Assignment(shift, staff): place
                for shift, people in held.items()
                for staff, place in people.items()
            },
            self.notes,
            self.passed,
            unread,
        )

    def _block(self, said: Iterable[Said]) -> Held:
        held: Held = {}
        for one in said:
            shift = self._shift(one)
            if shift is None:
                continue

            people = held.setdefault(shift.id, {})
            for staff in self._staff(one):
                people.setdefault(staff, one.place)

            self._note(shift.id, one.note)

        return held

    def _shift(self, said: Said) -> Shift | None:
        """The shift meant; none for what has no place, or is a mistake."""
        if not self.term.first <= said.date <= self.term.last:
            self._wrong(
                said,
                "not-within-the-term",
                value=str(said.date),
                term=self.term.name,
            )
            return None

        here = self.on.get(said.date, [])
        if not here:
            self._check_names(said)
            self.passed.append(Passed("no-duty", said))
            return None

        if not said.post:
            if len(here) > 1:
                posts = dict.fromkeys(WORDS[shift.post] for shift in here)
                self._wrong(said, "post-unclear", allowed=list(posts))
                return None

            return here[0]

        return self._of_post(said, here)

    def _of_post(self, said: Said, here: list[Shift]) -> Shift | None:
        # One leader a day, whether they are on duty beside it or not.
        posts = LEADERS if said.post in LEADERS else (said.post,)
        found = [shift for shift in here if shift.post in posts]
        if said.turn and said.post in (DUTY, GUARD):
            fitting = [s for s in found if said.turn in turns_of(s)]
            whole = said.turn == WHOLE and len(found) == 1
            found = found if whole else fitting

        if not found:
            self._check_names(said)
            self.passed.append(Passed("no-shift", said))
            return None

        if len(found) > 1:
            word = WORDS[said.post]
            self._wrong(said, "turn-unclear", post=word)
            return None

        return found[0]

    def _check_names(self, said: Said) -> None:
        """Names are told wrong where they are, though nobody is placed."""
        list(self._staff(said))

    def _staff(self, said: Said) -> Iterable[str]:
        found: list[str] = []
        for named in said.names:
            member = self.people.find(named, said.place)
            if isinstance(member, Mistake):
                self.mistakes.append(member)
            elif member.id in found:
                self._wrong(said, "named-twice", value=member.name)
            else:
                found.append(member.id)

        return found

    def _note(self, shift: str, words: str) -> None:
        parts = [part.strip() for part in words.split("、")]
        note = "、".join(part for part in parts if part not in OWN_NOTES)
        if note and shift not in self.notes:
            self.notes[shift] = note[:LONGEST]

    def _merge(self, held: Held, block: Held) -> None:
        """Two tables may say the same, or each what the other leaves out."""
        for shift, people in block.items():
            before = held.setdefault(shift, {})
            if before and people and before.keys() != people.keys():
                self._differ(shift, before, people)
            before.update(people if not before else {})

    def _differ(
        self, shift: str, before: dict[str, Place], people: dict[str, Place]
    ) -> None:
        old, new = (next(iter(some.values())) for some in (before, people))
        when = self.shift[shift]
        facts = {
            "date": str(when.date),
            "post": WORDS[when.post],
            "other": f"{old.sheet} {old.cell}",
        }
        self.mistakes.append(Mistake("tables-differ", new.where, facts))

    def _check_room(self, held: Held) -> None:
        for id_, people in held.items():
            shift = self.shift[id_]
            if len(people) > shift.needs:
                place = list(people.values())[-1]
                facts = {
                    "date": str(shift.date),
                    "post": WORDS[shift.post],
                    "needs": shift.needs,
                    "value": len(people),
                }
                self.mistakes.append(
                    Mistake("too-many-people", place.where, facts)
                )

    def _wrong(self, said: Said, code: str, **facts: object) -> None:
        self.mistakes.append(Mistake(code, said.place.where, facts))


def folded(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """The same mistake in many cells is told once, with its places."""
    every: dict[tuple[str, ...], list[Mistake]] = {}
    for number, one in enumerate(mistakes):
        same = one.code in FOLDED
        key = (one.code, str(one.facts.get("value")), *one.where[:2])
        every.setdefault(key if same else (str(number),), []).append(one)

    return [_together(some) for some in every.values()]


FOLDED = {
    "nobody-but-perhaps",
    "nobody-here",
    "namesakes",
    "of-another-unit",
}


def _together(some: list[Mistake]) -> Mistake:
    first = some[0]
    if len(some) == 1:
        return first

    cells = list(dict.fromkeys(one.where[2] for one in some))
    told = "、".join(cells[:SHOWN]) + ("…" if len(cells) > SHOWN else "")
    where = (*first.where[:2], told)
    return Mistake(first.code, where, first.facts)
