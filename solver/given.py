"""What a question takes for granted."""

from dataclasses import dataclass

from roster.problem import Assignment


@dataclass(frozen=True, slots=True)
class Given:
    """
    Assignments made for the sake of a question, and others ruled out.

    Unlike a pin, a given assignment excuses nobody from any clause.
    """

    held: frozenset[Assignment] = frozenset()
    left: frozenset[Assignment] = frozenset()


NOTHING = Given()
