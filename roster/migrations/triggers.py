"""Triggers that refuse a change, in the dialect of the database."""

from alembic import op


def refuse(table: str, verb: str, condition: str) -> None:
    """
    Makes the trigger that refuses a verb where a condition holds.

    ``{row}`` in the condition is the row before, of an insert the new one;
    ``{same}`` compares so that NULL equals NULL.
    """
    lite = op.get_bind().dialect.name == "sqlite"
    name = _name(table, verb)
    row = "NEW" if verb == "INSERT" else "OLD"
    same = "IS" if lite else "IS NOT DISTINCT FROM"
    condition = condition.format(row=row, same=same)
    if lite:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table}"
            f" WHEN {condition} BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )
        return

    back = "OLD" if verb == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{name}'; END IF;"
        f" RETURN {back}; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def allow(table: str, verb: str) -> None:
    """Takes the trigger away."""
    lite = op.get_bind().dialect.name == "sqlite"
    name = _name(table, verb)
    op.execute(f"DROP TRIGGER {name}" + ("" if lite else f" ON {table}"))
    if not lite:
        op.execute(f"DROP FUNCTION {name}()")


def _name(table: str, verb: str) -> str:
    return f"{table}_no_{verb.lower()}"
