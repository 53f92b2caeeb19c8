"""Swaps and covers; there were none."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes their table."""
    op.create_table(
        "swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("term", sa.String(40), nullable=False),
        sa.Column("shift", sa.String(60), nullable=False),
        sa.Column("staff", sa.String(60), nullable=False),
        sa.Column("partner", sa.String(60), nullable=False),
        sa.Column("back", sa.String(60), nullable=False),
        sa.Column("owed", sa.Boolean(), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("word", sa.String(500), nullable=False),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.Column("behalf", sa.String(500), nullable=False),
        sa.Column("proposed_by", sa.String(60), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.String(60), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(60), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'agreed', 'emergency', 'done',"
            " 'taken back', 'refused', 'expired', 'ended')",
            name=op.f("ck_swap_state"),
        ),
        sa.CheckConstraint(
            "staff <> partner", name=op.f("ck_swap_two_people")
        ),
        sa.CheckConstraint(
            "state NOT IN ('emergency', 'done') OR version IS NOT NULL",
            name=op.f("ck_swap_made"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap")),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{table}.id"], name=op.f(f"fk_swap_{name}")
            )
            for name, table in (
                ("unit", "unit"),
                ("term", "term"),
                ("staff", "staff"),
                ("partner", "staff"),
                ("version", "roster"),
            )
        ),
    )
    for name in ("unit", "term", "staff", "partner", "state", "version"):
        op.create_index(op.f(f"ix_swap_{name}"), "swap", [name])


def downgrade() -> None:
    """Drops the table; the versions they made stay."""
    op.drop_table("swap")
