"""Zero reports: on a statutory day a unit says that nothing happened."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "zero_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit"], ["unit.id"], name=op.f("fk_zero_report_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zero_report")),
        sa.UniqueConstraint("unit", "on", name=op.f("uq_zero_report_unit_on")),
    )
    op.create_index(op.f("ix_zero_report_on"), "zero_report", ["on"])


def downgrade() -> None:
    """Drops the table."""
    op.drop_table("zero_report")
