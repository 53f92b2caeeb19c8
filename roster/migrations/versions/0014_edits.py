"""What editors did to a draft, edit by edit."""

import sqlalchemy as sa
from alembic import op

from roster.migrations.triggers import allow, refuse

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SETTLED = (
    "EXISTS (SELECT 1 FROM roster WHERE roster.id = {row}.roster"
    " AND roster.state <> 'draft')"
)


def upgrade() -> None:
    """Makes the log; no other table is rebuilt, so their triggers stay."""
    op.create_table(
        "edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roster", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=12), nullable=False),
        sa.Column("delta", sa.JSON(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["roster"], ["roster.id"], name=op.f("fk_edit_roster")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edit")),
        sa.UniqueConstraint(
            "roster", "revision", name=op.f("uq_edit_roster_revision")
        ),
    )
    # A draft's log goes with it; what was submitted keeps its own.
    refuse("edit", "UPDATE", "1 = 1")
    for verb in ("INSERT", "DELETE"):
        refuse("edit", verb, SETTLED)


def downgrade() -> None:
    """Drops the log; rosters stay as they are."""
    for verb in ("INSERT", "UPDATE", "DELETE"):
        allow("edit", verb)
    op.drop_table("edit")
