"""What would make a roster possible, beside a failed attempt."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; of earlier attempts nothing is known."""
    op.add_column(
        "solution",
        sa.Column("remedies", sa.JSON(none_as_null=True), nullable=True),
    )


def downgrade() -> None:
    """Drops the column; it can be worked out anew."""
    op.drop_column("solution", "remedies")
