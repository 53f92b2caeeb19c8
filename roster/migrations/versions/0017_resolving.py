"""The rest of a draft is solved anew, and edits may be proven."""

import sqlalchemy as sa
from alembic import op

from roster.migrations.triggers import allow, refuse

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# As in 0014: the log is not rewritten, and goes with a draft alone.
SETTLED = (
    "EXISTS (SELECT 1 FROM roster WHERE roster.id = {row}.roster"
    " AND roster.state <> 'draft')"
)


def upgrade() -> None:
    """Widens requests and edits; rebuilding a table drops its triggers."""
    _kinds("'generate', 'relax', 'resolve'")
    with op.batch_alter_table("request") as batch:
        batch.add_column(sa.Column("wanted", sa.JSON(), nullable=True))

    _allow_all()
    with op.batch_alter_table("edit") as batch:
        batch.add_column(sa.Column("solution", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_edit_solution"), "solution", ["solution"], ["id"]
        )
    _refuse_all()


def downgrade() -> None:
    """Forgets what was asked for so; drafts stay as they are."""
    asked = "SELECT id FROM request WHERE kind = 'resolve'"
    op.execute(f"DELETE FROM request_unit WHERE request IN ({asked})")
    op.execute("DELETE FROM request WHERE kind = 'resolve'")
    with op.batch_alter_table("request") as batch:
        batch.drop_column("wanted")
    _kinds("'generate', 'relax'")

    _allow_all()
    # An older program knows no such edits; what they did it does.
    op.execute(
        "UPDATE edit SET verb = 'change'"
        " WHERE verb IN ('resolve', 'rebase', 'begin')"
    )
    with op.batch_alter_table("edit") as batch:
        batch.drop_constraint(op.f("fk_edit_solution"), type_="foreignkey")
        batch.drop_column("solution")
    _refuse_all()


def _kinds(names: str) -> None:
    with op.batch_alter_table("request") as batch:
        batch.drop_constraint(op.f("ck_request_kind"), type_="check")
        batch.create_check_constraint(
            op.f("ck_request_kind"), f"kind IN ({names})"
        )


def _allow_all() -> None:
    for verb in ("INSERT", "UPDATE", "DELETE"):
        allow("edit", verb)


def _refuse_all() -> None:
    refuse("edit", "UPDATE", "1 = 1")
    for verb in ("INSERT", "DELETE"):
        refuse("edit", verb, SETTLED)
