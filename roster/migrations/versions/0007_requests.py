"""Rosters asked for, and how far the work on them is."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the tables; no other is rebuilt, so their triggers stay."""
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("term", sa.String(length=40), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("solution", sa.Integer(), nullable=True),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("cancelling", sa.Boolean(), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=True),
        sa.Column("beat_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')",
            name=op.f("ck_request_state"),
        ),
        sa.CheckConstraint(
            "kind IN ('generate', 'relax')", name=op.f("ck_request_kind")
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{name}.id"], name=op.f(f"fk_request_{name}")
            )
            for name in ("unit", "term", "solution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
    )
    for name in ("unit", "term", "state"):
        op.create_index(op.f(f"ix_request_{name}"), "request", [name])

    op.create_table(
        "request_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("helpers", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("solution", sa.Integer(), nullable=True),
        sa.Column("replaces", sa.String(length=64), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'found', 'failed', 'kept')",
            name=op.f("ck_request_unit_state"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{name}.id"], name=op.f(f"fk_request_unit_{name}")
            )
            for name in ("request", "unit", "solution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_unit")),
        sa.UniqueConstraint(
            "request", "unit", name=op.f("uq_request_unit_request_unit")
        ),
    )
    for name in ("request", "unit"):
        op.create_index(
            op.f(f"ix_request_unit_{name}"), "request_unit", [name]
        )


def downgrade() -> None:
    """Drops the tables; rosters that were made stay."""
    op.drop_table("request_unit")
    op.drop_table("request")
