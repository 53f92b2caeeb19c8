"""What a question takes for granted."""

from dataclasses import dataclass

from roster.problem import Assignment, Problem


@dataclass(frozen=True, slots=True)
class Given:
    """
    Assignments made for the sake of a question, and others ruled out.

    Unlike a pin, a given assignment excuses nobody from any clause.
    """

    held: frozenset[Assignment] = frozenset()
    left: frozenset[Assignment] = frozenset()

    def within(self, part: Problem) -> "Given":
        """What of it lies in a part of the problem."""
        held = (cell for cell in self.held if cell.shift in part.shift)
        left = (cell for cell in self.left if cell.shift in part.shift)
        return Given(frozenset(held), frozenset(left))


NOTHING = Given()
