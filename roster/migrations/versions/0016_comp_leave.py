"""Comp-leave: requests, and an account of entries that never change."""

import sqlalchemy as sa
from alembic import op

from roster.migrations.triggers import allow, refuse

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes both tables; what duties earned is booked by the clock."""
    _make_leave()
    _make_entry()
    for verb in ("UPDATE", "DELETE"):
        refuse("comp_entry", verb, "1 = 1")


def _make_leave() -> None:
    op.create_table(
        "comp_leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("staff", sa.String(60), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("halves", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("word", sa.String(500), nullable=False),
        sa.Column("behalf", sa.String(500), nullable=False),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.Column("asked_by", sa.String(60), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("settled_by", sa.String(60), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'refused', 'taken back',"
            " 'expired')",
            name=op.f("ck_comp_leave_state"),
        ),
        sa.CheckConstraint(
            '"first" <= "last"', name=op.f("ck_comp_leave_order")
        ),
        *_keys("comp_leave", "unit", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comp_leave")),
    )
    for name in ("unit", "staff", "last", "state"):
        op.create_index(op.f(f"ix_comp_leave_{name}"), "comp_leave", [name])


def _make_entry() -> None:
    op.create_table(
        "comp_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("halves", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("half", sa.String(2), nullable=False),
        sa.Column("unit", sa.String(40), nullable=True),
        sa.Column("shift", sa.String(60), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("leave", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.CheckConstraint(
            "(kind = 'earned' AND halves > 0)"
            " OR (kind = 'corrected' AND halves <> 0)"
            " OR (kind = 'taken' AND halves = 1)"
            " OR (kind = 'given back' AND halves = -1)",
            name=op.f("ck_comp_entry_kind"),
        ),
        sa.CheckConstraint(
            "(kind IN ('earned', 'corrected'))"
            " = (unit IS NOT NULL AND expires IS NOT NULL"
            " AND leave IS NULL AND half = '')",
            name=op.f("ck_comp_entry_duty"),
        ),
        *_keys("comp_entry", "unit", "staff"),
        sa.ForeignKeyConstraint(
            ["leave"],
            ["comp_leave.id"],
            name=op.f("fk_comp_entry_leave"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comp_entry")),
    )
    for name in ("staff", "unit", "leave"):
        op.create_index(op.f(f"ix_comp_entry_{name}"), "comp_entry", [name])


def _keys(table: str, *names: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [name], [f"{name}.id"], name=op.f(f"fk_{table}_{name}")
        )
        for name in names
    ]


def downgrade() -> None:
    """Drops both, and with them what anybody has left."""
    for verb in ("UPDATE", "DELETE"):
        allow("comp_entry", verb)
    op.drop_table("comp_entry")
    op.drop_table("comp_leave")
