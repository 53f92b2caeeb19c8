"""The county's page: every unit, its roster and how it is proven."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from roster.rights import Right
from roster.services import viewing
from roster.services.board import county_board
from roster.services.views import UnitLine
from web.access import visitor
from web.pages import office, the_term

pages = Blueprint("county", __name__)

# What the page can be narrowed to, by where a unit stands.
STANDS: Mapping[str, Callable[[UnitLine], bool]] = {
    "none": lambda line: not line.state,
    "draft": lambda line: line.state == "draft",
    "review": lambda line: line.state in ("submitted", "approved"),
    "open": lambda line: line.open_shifts > 0,
    "unproven": lambda line: line.status != "optimal",
    "eased": lambda line: line.step not in ("", "plain"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The lines a visitor wants to see; empty words want all."""

    name: str
    district: str
    kind: str
    state: str

    @classmethod
    def asked(cls) -> "Wanted":
        """What the address asks for."""
        asked = request.args
        return cls(
            asked.get("q", "").strip(),
            asked.get("district", ""),
            asked.get("kind", ""),
            asked.get("state", ""),
        )

    def __call__(self, line: UnitLine) -> bool:
        return (
            self.name in line.unit_name
            and self.district in ("", line.district)
            and self.kind in ("", line.kind.value)
            and STANDS.get(self.state, lambda _: True)(line)
        )


@pages.get("/")
def board() -> str:
    """All units by district."""
    with office().records.reading() as session:
        term = the_term(session)
        if term is None:
            return render_template("county/empty.html")

        mine = visitor().covered(Right.READ)
        lines = [
            line
            for line in county_board(session, term_id=term.id)
            if line.unit_id in mine
        ]
        tops = [u for u in viewing.units(session) if not u.parent]

    wanted = Wanted.asked()
    return render_template(
        "county/board.html",
        term=term,
        lines=lines,
        tops=[u for u in tops if visitor().may(Right.ROSTER, u.id)],
        wanted=wanted,
        districts=_districts(filter(wanted, lines)),
        every_district=[name for name in _districts(lines) if name],
    )


def _districts(lines: Iterable[UnitLine]) -> dict[str, list[UnitLine]]:
    """By district, in the order of the records."""
    found: dict[str, list[UnitLine]] = {}
    for line in lines:
        found.setdefault(line.district, []).append(line)

    return found
