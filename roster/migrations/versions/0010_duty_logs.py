"""Duty logs: what a shift wrote down and handed over."""

import sqlalchemy as sa
from alembic import op

from roster.migrations.triggers import allow, refuse

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the tables; what is written in a log stays as it is."""
    op.create_table(
        "duty_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("shift", sa.String(60), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("post", sa.String(20), nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["unit"], ["unit.id"], name=op.f("fk_duty_log_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_log")),
        sa.UniqueConstraint(
            "unit", "shift", name=op.f("uq_duty_log_unit_shift")
        ),
    )
    for name in ("unit", "on"):
        op.create_index(op.f(f"ix_duty_log_{name}"), "duty_log", [name])

    _entries()
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("handed_by", sa.String(60), nullable=False),
        sa.Column("handed_at", MOMENT, nullable=False),
        sa.Column("taken_by", sa.String(60), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(taken_by = '') = (taken_at IS NULL)",
            name=op.f("ck_handover_taken"),
        ),
        sa.ForeignKeyConstraint(
            ["log"], ["duty_log.id"], name=op.f("fk_handover_log")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("log", name=op.f("uq_handover_log")),
    )
    for verb in ("UPDATE", "DELETE"):
        refuse("duty_entry", verb, "1 = 1")
    refuse("handover", "DELETE", "1 = 1")
    refuse("handover", "UPDATE", "{row}.taken_at IS NOT NULL")


def _entries() -> None:
    op.create_table(
        "duty_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("done", sa.String(500), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.CheckConstraint(
            "kind IN ('entry', 'nothing', 'check', 'correction', 'closed')",
            name=op.f("ck_duty_entry_kind"),
        ),
        sa.CheckConstraint(
            "(kind IN ('correction', 'closed')) = (about IS NOT NULL)",
            name=op.f("ck_duty_entry_about"),
        ),
        sa.ForeignKeyConstraint(
            ["log"], ["duty_log.id"], name=op.f("fk_duty_entry_log")
        ),
        sa.ForeignKeyConstraint(
            ["about"], ["duty_entry.id"], name=op.f("fk_duty_entry_about")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_entry")),
    )
    for name in ("log", "about"):
        op.create_index(op.f(f"ix_duty_entry_{name}"), "duty_entry", [name])


def downgrade() -> None:
    """Drops the logs."""
    for table in ("handover", "duty_entry"):
        for verb in ("UPDATE", "DELETE"):
            allow(table, verb)
        op.drop_table(table)
    op.drop_table("duty_log")
