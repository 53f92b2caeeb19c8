"""Until when a unit's people may say what they wish, and who has."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the rounds and their answers; there were none."""
    op.create_table(
        "wish_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("term", sa.String(40), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit"], ["unit.id"], name=op.f("fk_wish_round_unit")
        ),
        sa.ForeignKeyConstraint(
            ["term"], ["term.id"], name=op.f("fk_wish_round_term")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_round")),
        sa.UniqueConstraint(
            "unit", "term", name=op.f("uq_wish_round_unit_term")
        ),
    )
    op.create_index(op.f("ix_wish_round_term"), "wish_round", ["term"])
    op.create_table(
        "wish_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(60), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["round"], ["wish_round.id"], name=op.f("fk_wish_answer_round")
        ),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name=op.f("fk_wish_answer_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_answer")),
        sa.UniqueConstraint(
            "round", "staff", name=op.f("uq_wish_answer_round_staff")
        ),
    )
    op.create_index(op.f("ix_wish_answer_staff"), "wish_answer", ["staff"])


def downgrade() -> None:
    """Drops both; the wishes themselves stay."""
    op.drop_table("wish_answer")
    op.drop_table("wish_round")
