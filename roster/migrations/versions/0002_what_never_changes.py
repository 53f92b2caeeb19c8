"""
Published rosters and the journal never change; the database refuses it.

Rebuilding one of these tables on SQLite drops its triggers silently: a
later migration that does must call `make` again. A test looks for them.
"""

from collections.abc import Iterator

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROSTER = "{row}.state = 'published'"
SHIFT = (
    "EXISTS (SELECT 1 FROM roster WHERE roster.id = {row}.roster"
    " AND roster.state = 'published')"
)
ASSIGNMENT = (
    "EXISTS (SELECT 1 FROM shift JOIN roster ON roster.id = shift.roster"
    " WHERE shift.id = {row}.shift AND roster.state = 'published')"
)

# Table, what is refused, and when; {row} is OLD or NEW.
RULES = (
    ("journal", ("UPDATE", "DELETE"), "1 = 1"),
    ("roster", ("UPDATE", "DELETE"), ROSTER),
    ("shift", ("INSERT", "UPDATE", "DELETE"), SHIFT),
    ("assignment", ("INSERT", "UPDATE", "DELETE"), ASSIGNMENT),
)


def triggers() -> Iterator[tuple[str, str, str, str]]:
    """Name, table, verb and condition of each trigger."""
    for table, verbs, condition in RULES:
        for verb in verbs:
            row = "NEW" if verb == "INSERT" else "OLD"
            name = f"{table}_no_{verb.lower()}"
            yield name, table, verb, condition.format(row=row)


def make() -> None:
    """Makes every trigger, in the dialect of the database."""
    lite = op.get_bind().dialect.name == "sqlite"
    for name, table, verb, condition in triggers():
        if lite:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table}"
                f" WHEN {condition} BEGIN"
                f" SELECT RAISE(ABORT, '{name}'); END"
            )
            continue

        back = "NEW" if verb == "INSERT" else "OLD"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN"
            f" IF {condition} THEN RAISE EXCEPTION '{name}'; END IF;"
            f" RETURN {'NEW' if verb == 'UPDATE' else back}; END"
            " $$ LANGUAGE plpgsql"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def upgrade() -> None:
    """Makes the triggers."""
    make()


def downgrade() -> None:
    """Takes the triggers away."""
    lite = op.get_bind().dialect.name == "sqlite"
    for name, table, _, _ in triggers():
        op.execute(f"DROP TRIGGER {name}" + ("" if lite else f" ON {table}"))
        if not lite:
            op.execute(f"DROP FUNCTION {name}()")
