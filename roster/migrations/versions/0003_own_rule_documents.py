"""The bureau's own rule documents, version by version."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table; no other is rebuilt, so their triggers stay."""
    op.create_table(
        "rule_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("book", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_document")),
        sa.UniqueConstraint(
            "book", "version", name=op.f("uq_rule_document_book_version")
        ),
    )


def downgrade() -> None:
    """Drops the table; the shipped documents are in force again."""
    op.drop_table("rule_document")
