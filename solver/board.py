"""
The wall board: one Boolean cell for each person who may hold a shift.

A pair that is not eligible has no cell, so it cannot be assigned.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar

from roster.auditors.reading import selects_person, selects_shift
from roster.problem import Assignment, Person, Problem, Shift
from roster.rules.clauses import Selection


class Board:
    """
    The cells of a problem in a model.

    Parameters
    ----------
    ignore_leave
        Give cells to people who are away too; the conflict search
        decides itself whose leave counts.
    """

    def __init__(
        self, problem: Problem, model: CpModel, *, ignore_leave: bool = False
    ) -> None:
        self.problem = problem
        self.model = model
        self.cells: dict[tuple[str, str], IntVar] = {}
        self._rows: defaultdict[str, list[Shift]] = defaultdict(list)
        self._any: dict[tuple[int, ...], IntVar] = {}
        # In a conflict search: true where a shift is asked to be filled.
        self.asked: dict[str, IntVar] = {}

        for shift in problem.shifts:
            for person in problem.staff:
                if self._has_cell(person, shift, ignore_leave=ignore_leave):
                    self._add(person, shift)

    def _has_cell(
        self, person: Person, shift: Shift, *, ignore_leave: bool
    ) -> bool:
        if Assignment(shift.id, person.id) in self.problem.past:
            return True

        return person.has_post(shift.post, shift.date) and (
            ignore_leave or not person.away(shift.date)
        )

    def _add(self, person: Person, shift: Shift) -> None:
        cell = self.model.new_bool_var(f"{person.id}@{shift.id}")
        self.cells[person.id, shift.id] = cell
        self._rows[person.id].append(shift)

    def cell(self, staff: str, shift: str) -> IntVar | None:
        """Whether somebody holds a shift; None where they may not."""
        return self.cells.get((staff, shift))

    def row(self, person: Person) -> Sequence[Shift]:
        """The shifts a person has a cell for, in the problem's order."""
        return self._rows[person.id]

    def column(self, shift: Shift) -> list[IntVar]:
        """The cells of a shift."""
        return [
            self.cells[person.id, shift.id]
            for person in self.problem.staff
            if (person.id, shift.id) in self.cells
        ]

    def selected_row(self, select: Selection, person: Person) -> list[Shift]:
        """The shifts of a person's row that a clause looks at."""
        return [
            shift
            for shift in self.row(person)
            if selects_shift(select, shift)
            and selects_person(select, person, shift.date)
        ]

    def selected(
        self, select: Selection
    ) -> Iterator[tuple[Person, Shift, IntVar]]:
        """All cells a clause looks at."""
        for person in self.problem.staff:
            for shift in self.selected_row(select, person):
                yield person, shift, self.cells[person.id, shift.id]

    def any_of(self, cells: Iterable[IntVar]) -> IntVar:
        """A literal that is true exactly when one of the cells is."""
        cells = sorted(set(cells), key=lambda cell: cell.index)
        if len(cells) == 1:
            return cells[0]

        key = tuple(cell.index for cell in cells)
        if key not in self._any:
            some = self.model.new_bool_var("")
            self.model.add_max_equality(some, cells)
            self._any[key] = some

        return self._any[key]

    def filled(self, shifts: Iterable[Shift]) -> tuple[IntVar, ...]:
        """What must be true for these shifts to be filled at all."""
        return tuple(
            self.asked[shift.id] for shift in shifts if shift.id in self.asked
        )

    def pinned(self, staff: str, shift: str) -> bool:
        """Whether that assignment must stand."""
        return Assignment(shift, staff) in self.problem.pinned

    def read(self, solver: CpSolver) -> tuple[Assignment, ...]:
        """The assignments of the solver's roster."""
        return tuple(
            sorted(
                Assignment(shift, staff)
                for (staff, shift), cell in self.cells.items()
                if solver.boolean_value(cell)
            )
        )
