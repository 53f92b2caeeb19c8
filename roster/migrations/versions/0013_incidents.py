"""Incidents: the first report of something sudden, and its steps."""

import sqlalchemy as sa
from alembic import op

from roster.migrations.triggers import allow, refuse

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("incident_step", "incident")


def upgrade() -> None:
    """Makes the tables; what was reported stays as it is."""
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(100), nullable=False),
        sa.Column("people", sa.String(200), nullable=False),
        sa.Column("situation", sa.String(500), nullable=False),
        sa.Column("measures", sa.String(500), nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["unit"], ["unit.id"], name=op.f("fk_incident_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    for name in ("unit", "happened_at"):
        op.create_index(op.f(f"ix_incident_{name}"), "incident", [name])

    op.create_table(
        "incident_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('phone', 'written', 'follow', 'closed')",
            name=op.f("ck_incident_step_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["incident"],
            ["incident.id"],
            name=op.f("fk_incident_step_incident"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_step")),
    )
    op.create_index(
        op.f("ix_incident_step_incident"), "incident_step", ["incident"]
    )
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            refuse(table, verb, "1 = 1")


def downgrade() -> None:
    """Drops the reports."""
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            allow(table, verb)
        op.drop_table(table)
