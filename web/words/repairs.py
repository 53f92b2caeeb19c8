"""What changed between two rosters, day by day and person by person."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from roster.answers import Comparison, ShiftChange
from roster.posts import SHANGHAI
from roster.problem import Problem, Shift
from roster.rules.articles import WISHES
from web.language import CHINESE
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
        personal: bool = True,
    ) -> None:
        self.personal = personal
        self.found = found
        self.names = names
        self.units = units
        self.language = language
        self.which = 0 if language == CHINESE else 1

    def by_day(self) -> Iterator[str]:
        """One line for each shift that changed."""
        for change in self.found.shifts:
            when = full_date(change.date, self.language)
            post = self._post(_shift(change).post)
            yield f"{when} {post}{self._colon}{self._hands(change)}"

    def by_person(self) -> Iterator[str]:
        """One line for each person whose duties changed."""
        for staff in self.found.staff:
            off = [c for c in self.found.shifts if staff in c.left]
            on = [c for c in self.found.shifts if staff in c.came]
            parts = [
                self._pick(words).format(duties=self._duties(changes))
                for words, changes in ((OFF, off), (ON, on))
                if changes
            ]
            colon, semicolon = (
                self._pick(("：", ": ")),
                self._pick(("；", "; ")),
            )
            yield f"{self._name(staff)}{colon}{semicolon.join(parts)}"

    def tiers(self) -> Iterator[str]:
        """One line for each goal that is served better or worse."""
        for tier, before, after in self.found.tiers:
            if before != after and (self.personal or tier != WISHES):
                word = self._pick(TIERS.get(tier, (str(tier), str(tier))))
                was, now = ("–" if v is None else v for v in (before, after))
                yield f"{word}{self._colon}{was} → {now}"

    def loads(self) -> Iterator[str]:
        """One line for each person who bears more or less."""
        comma = self._pick(("，", ", "))
        for change in self.found.loads:
            parts = [
                f"{self._pick(LEDGERS.get(ledger, (ledger, ledger)))} "
                f"{change.before.get(ledger, 0)} → {points}"
                for ledger, points in sorted(
                    change.after.items(), key=_by_ledger
                )
                if points != change.before.get(ledger, 0)
            ]
            if parts:
                yield f"{self._name(change.staff)}{self._colon}" + (
                    comma.join(parts)
                )

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

    def _duties(self, changes: Sequence[ShiftChange]) -> str:
        duties = [f"{c.date} {self._post(_shift(c).post)}" for c in changes]
        return self._pick(("、", ", ")).join(duties)

    def _people(self, staff: Sequence[str]) -> str:
        return self._pick(("、", ", ")).join(map(self._name, staff))

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


def _by_ledger(item: tuple[str, int]) -> int:
    """The office's ledgers in their order, others after them."""
    known = list(LEDGERS)
    return known.index(item[0]) if item[0] in known else len(known)


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
