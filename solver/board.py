"""
The wall board: one Boolean cell for each person who may hold a shift.

A pair that is not eligible has no cell, so it cannot be assigned.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy

from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar

from roster.auditors.reading import selects_person, selects_shift
from roster.problem import Assignment, Person, Problem, Shift
from roster.rules.clauses import Selection


class Board:
    """
    The cells of a problem in a model.

    Parameters
    ----------
    cells
        The assignments that may be thought of; those possible by default.
    """

    def __init__(
        self,
        problem: Problem,
        model: CpModel,
        cells: Iterable[Assignment] | None = None,
    ) -> None:
        self.problem = problem
        self.model = model
        self.cells: dict[tuple[str, str], IntVar] = {}
        self.names: dict[int, Assignment] = {}  # by the cell's index
        self._rows: defaultdict[str, list[Shift]] = defaultdict(list)
        self._columns: defaultdict[str, list[IntVar]] = defaultdict(list)
        self._any: dict[tuple[int, ...], IntVar] = {}
        self._looked_at: dict[Selection, dict[str, list[Shift]]] = {}
        # In a conflict search: true where a shift is asked to be filled.
        self.asked: dict[str, IntVar] = {}

        for cell in problem.possible if cells is None else cells:
            self._add(cell)

    def onto(self, model: CpModel) -> "Board":
        """The same cells on a copy of the model."""
        other = copy(self)
        vars(other).update(model=model, _any=dict(self._any))
        return other

    def _add(self, cell: Assignment) -> None:
        literal = self.model.new_bool_var(f"{cell.staff}@{cell.shift}")
        self.cells[cell.staff, cell.shift] = literal
        self.names[literal.index] = cell
        self._columns[cell.shift].append(literal)
        self._rows[cell.staff].append(self.problem.shift[cell.shift])

    def cell(self, staff: str, shift: str) -> IntVar | None:
        """Whether somebody holds a shift; None where they may not."""
        return self.cells.get((staff, shift))

    def row(self, person: Person) -> Sequence[Shift]:
        """The shifts a person has a cell for, in the problem's order."""
        return self._rows[person.id]

    def column(self, shift: Shift) -> list[IntVar]:
        """The cells of a shift."""
        return self._columns[shift.id]

    def selected_row(self, select: Selection, person: Person) -> list[Shift]:
        """The shifts of a person's row that a clause looks at."""
        if select not in self._looked_at:
            self._looked_at[select] = self._look(select)

        return self._looked_at[select][person.id]

    def _look(self, select: Selection) -> dict[str, list[Shift]]:
        seen = {
            shift.id
            for shift in self.problem.shifts
            if selects_shift(select, shift)
        }
        return {
            person.id: [
                shift
                for shift in self.row(person)
                if shift.id in seen
                and selects_person(select, person, shift.date)
            ]
            for person in self.problem.staff
        }

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
