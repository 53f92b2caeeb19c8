"""What a question takes for granted."""

from collections import Counter
from dataclasses import dataclass

from roster.audit import places
from roster.problem import Assignment, Problem


@dataclass(frozen=True, slots=True)
class Given:
    """
    Assignments made for the sake of a question, and others ruled out.

    Unlike a pin, a given assignment excuses nobody from any clause.
    """

    held: frozenset[Assignment] = frozenset()
    left: frozenset[Assignment] = frozenset()

    def cells(self, problem: Problem) -> tuple[Assignment, ...]:
        """The assignments that are still possible."""
        held = Counter(cell.shift for cell in self.held)
        full = {
            shift.id
            for shift in problem.shifts
            if held[shift.id] >= places(problem, shift)
        }
        fixed = self.held | problem.pinned
        return tuple(
            cell
            for cell in problem.possible
            if cell in fixed
            or (cell.shift not in full and cell not in self.left)
        )

    def within(self, part: Problem) -> "Given":
        """What of it lies in a part of the problem."""
        held = (cell for cell in self.held if cell.shift in part.shift)
        left = (cell for cell in self.left if cell.shift in part.shift)
        return Given(frozenset(held), frozenset(left))


NOTHING = Given()
