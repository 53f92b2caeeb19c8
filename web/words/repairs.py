"""What changed between two rosters, day by day and person by person."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from roster.answers import Comparison, ShiftChange
from roster.posts import SHANGHAI
from roster.problem import Problem, Shift
from roster.rules.articles import WISHES
from web.language import CHINESE
from web.words.answers import is_personal_tier, tier_word
from web.words.conflicts import MEMBERS
from web.words.dates import full_date
from web.words.office import LEDGERS, POSTS, TIERS

Line = tuple[str, str]

HANDS: dict[str, Line] = {
    "new": ("新增：{came}", "added: {came}"),
    "gone": ("取消：{left}", "cancelled: {left}"),
    "handed": ("{left} → {came}", "{left} → {came}"),
    "more": ("增加 {came}", "also {came}"),
    "fewer": ("减去 {left}", "without {left}"),
    "kept": ("人员不变", "the same people"),
}
MOVED = "时间改为 {hours}", "now at {hours}"
NEXT_DAY = "次日", "next day "
OFF = "不再值 {duties}", "no longer on {duties}"
ON = "改值 {duties}", "now on {duties}"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody's duties that are theirs no longer, and those that are now."""

    name: str
    off: tuple[str, ...]
    on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadRow:
    """What somebody bears before and after, by ledger."""

    name: str
    points: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class TierRow:
    """
    A goal and how well it is served before and after.

    Where the reader may not know, ``told`` is false and both are None.
    """

    tier: int
    word: str
    before: int | None
    after: int | None
    told: bool = True


def names_of(*problems: Problem) -> dict[str, str]:
    """Everybody's name by id, with the id where two bear one name."""
    people = {p.id: p.name or p.id for found in problems for p in found.staff}
    count = Counter(people.values())
    return {
        staff: f"{name}（{staff}）" if count[name] > 1 else name
        for staff, name in people.items()
    }


class Changes:
    """
    A comparison put into words.

    Parameters
    ----------
    names, units
        Of people and of units, by id.
    problem
        By whose goals both were read; it tells what a tier is about.
    personal
        Whether the reader may know how wishes are served.
    """

    def __init__(
        self,
        found: Comparison,
        names: Mapping[str, str],
        units: Mapping[str, str],
        language: str = CHINESE,
        *,
        problem: Problem | None = None,
        personal: bool = True,
    ) -> None:
        self.found = found
        self.names = names
        self.units = units
        self.language = language
        self.problem = problem
        self.personal = personal
        self.which = 0 if language == CHINESE else 1

    def days(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Each date with its shifts that changed: the post, and how."""
        for when, some in groupby(self.found.shifts, key=lambda c: c.date):
            lines = [
                (self._post(_shift(change).post), self._hands(change))
                for change in some
            ]
            yield full_date(when, self.language), lines

    def by_day(self) -> Iterator[str]:
        """One line for each shift that changed."""
        for when, shifts in self.days():
            for post, hands in shifts:
                yield f"{when} {post}{self._colon}{hands}"

    def people(self) -> Iterator[PersonRow]:
        """Everybody whose duties changed."""
        for staff in self.found.staff:
            yield PersonRow(
                self._name(staff),
                tuple(
                    self._duty(c) for c in self.found.shifts if staff in c.left
                ),
                tuple(
                    self._duty(c) for c in self.found.shifts if staff in c.came
                ),
            )

    def by_person(self) -> Iterator[str]:
        """One line for each person whose duties changed."""
        for row in self.people():
            parts = [
                self._pick(words).format(duties=self._listed(duties))
                for words, duties in ((OFF, row.off), (ON, row.on))
                if duties
            ]
            semicolon = self._pick(("；", "; "))
            yield f"{row.name}{self._colon}{semicolon.join(parts)}"

    def ledgers(self) -> dict[str, str]:
        """The ledgers in which anybody bears more or less, and their words."""
        changed = {
            ledger
            for row in self.loads()
            for ledger, (before, after) in row.points.items()
            if before != after
        }
        return {
            ledger: self._pick(LEDGERS.get(ledger, (ledger, ledger)))
            for ledger in sorted(changed, key=_by_ledger)
        }

    def loads(self) -> Iterator[LoadRow]:
        """Everybody who bears more or less, the most changed first."""
        for change in self.found.loads:
            ledgers = sorted({*change.before, *change.after}, key=_by_ledger)
            points = {
                ledger: (
                    change.before.get(ledger, 0),
                    change.after.get(ledger, 0),
                )
                for ledger in ledgers
            }
            yield LoadRow(self._name(change.staff), points)

    def by_load(self) -> Iterator[str]:
        """One line for each person who bears more or less."""
        comma = self._pick(("，", ", "))
        words = self.ledgers()
        for row in self.loads():
            parts = [
                f"{words[ledger]} {before} → {after}"
                for ledger, (before, after) in row.points.items()
                if before != after
            ]
            yield f"{row.name}{self._colon}{comma.join(parts)}"

    def tiers(self) -> Iterator[TierRow]:
        """Every goal; what is personal only to whom it may be told."""
        for tier, before, after in self.found.tiers:
            if self.personal or not self._is_personal(tier):
                yield TierRow(tier, self._tier(tier), before, after)
            else:
                word = self._pick(MEMBERS["private-clause"])
                yield TierRow(tier, word, None, None, told=False)

    def by_tier(self) -> Iterator[str]:
        """One line for each goal that is served better or worse."""
        for row in self.tiers():
            if row.before != row.after:
                was, now = (
                    "–" if v is None else v for v in (row.before, row.after)
                )
                yield f"{row.word}{self._colon}{was} → {now}"

    def _tier(self, tier: int) -> str:
        if self.problem is not None:
            return tier_word(self.problem, tier, self.which)

        return self._pick(TIERS.get(tier, (str(tier), str(tier))))

    def _is_personal(self, tier: int) -> bool:
        if self.problem is None:
            return tier == WISHES

        return is_personal_tier(self.problem, tier)

    def _hands(self, change: ShiftChange) -> str:
        code = _code(change)
        facts = {"left": self._people(change.left)}
        facts["came"] = self._people(change.came)
        words = self._pick(HANDS[code]).format_map(facts)
        if not _moved(change):
            return words

        hours = _hours(_shift(change), self._pick(NEXT_DAY))
        moved = self._pick(MOVED).format(hours=hours)
        return f"{words}{self._pick(('，', ', '))}{moved}"

    def _duty(self, change: ShiftChange) -> str:
        return f"{change.date} {self._post(_shift(change).post)}"

    def _people(self, staff: Sequence[str]) -> str:
        return self._listed([self._name(one) for one in staff])

    def _listed(self, words: Sequence[str]) -> str:
        return self._pick(("、", ", ")).join(words)

    def _name(self, staff: str) -> str:
        return self.names.get(staff, staff)

    def _post(self, post: str) -> str:
        """A post's word; where units are joined, with its unit."""
        unit, _, name = post.rpartition("/")
        word = self._pick(POSTS.get(name, (name, name)))
        return f"{self.units.get(unit, unit)} {word}" if unit else word

    @property
    def _colon(self) -> str:
        return self._pick(("：", ": "))

    def _pick(self, pair: Line) -> str:
        return pair[self.which]


def _by_ledger(ledger: str) -> tuple[int, str]:
    """The office's ledgers in their order, others after them."""
    known = list(LEDGERS)
    place = known.index(ledger) if ledger in known else len(known)
    return place, ledger


def _shift(change: ShiftChange) -> Shift:
    found = change.after or change.before
    assert found is not None
    return found


def _code(change: ShiftChange) -> str:
    if change.before is None or change.after is None:
        return "new" if change.before is None else "gone"

    if change.left and change.came:
        return "handed"

    if not change.left and not change.came:
        return "kept"

    return "more" if change.came else "fewer"


def _moved(change: ShiftChange) -> bool:
    was, now = change.before, change.after
    if was is None or now is None:
        return False

    return (was.start, was.end) != (now.start, now.end)


def _hours(shift: Shift, next_day: str) -> str:
    start, end = (t.astimezone(SHANGHAI) for t in (shift.start, shift.end))
    later = next_day if end.date() > start.date() else ""
    return f"{start:%H:%M}–{later}{end:%H:%M}"
