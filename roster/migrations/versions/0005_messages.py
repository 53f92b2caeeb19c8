"""Messages, their channels, quiet hours, and which jobs have been done."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = "state IN ('queued', 'sending', 'sent', 'failed', 'dropped')"
OWNER = (
    "(staff IS NULL AND unit IS NOT NULL)"
    " OR (staff IS NOT NULL AND unit IS NULL)"
)


def upgrade() -> None:
    """Makes the four tables."""
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("staff", sa.String(60), nullable=True),
        sa.Column("unit", sa.String(40), nullable=True),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("error", sa.String(60), nullable=False),
        sa.CheckConstraint(STATES, name="state"),
        sa.CheckConstraint(
            "staff IS NOT NULL OR unit IS NOT NULL", name="somebody"
        ),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"]),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    for column in ("staff", "unit", "state"):
        op.create_index(f"ix_message_{column}", "message", [column])

    op.create_table(
        "channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=True),
        sa.Column("staff", sa.String(60), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("secret", sa.String(200), nullable=False),
        sa.Column("made_by", sa.String(60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(OWNER, name="one_owner"),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"]),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("staff", "unit"):
        op.create_index(f"ix_channel_{column}", "channel", [column])

    op.create_table(
        "quiet_hours",
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("begin", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"]),
        sa.PrimaryKeyConstraint("unit"),
    )
    op.create_table(
        "job_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(40), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("job", "due"),
    )


def downgrade() -> None:
    """Drops them with what was in them."""
    for table in ("job_run", "quiet_hours", "channel", "message"):
        op.drop_table(table)
