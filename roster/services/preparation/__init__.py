"""Units, people and what limits them, changed one at a time."""
