"""The random draw: series, frames, values, draws, dispatched places."""

import sqlalchemy as sa
from alembic import op

from roster.migrations.triggers import allow, refuse

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

# What was committed to, entered and published stays as it is.
FIXED = {
    "draw_frame": (("UPDATE", "1 = 1"), ("DELETE", "1 = 1")),
    "draw_value": (("UPDATE", "1 = 1"), ("DELETE", "1 = 1")),
    "draw_recusal": (("UPDATE", "1 = 1"), ("DELETE", "1 = 1")),
    "draw": (("UPDATE", "{row}.record <> ''"), ("DELETE", "1 = 1")),
    "draw_place": (("DELETE", "1 = 1"),),
    "draw_series": (
        ("UPDATE", "{row}.state = 'revealed'"),
        ("DELETE", "{row}.state <> 'draft'"),
    ),
}


def upgrade() -> None:
    """Makes the tables; an extra check says why it is made."""
    _series()
    _drawn()
    _people()
    with op.batch_alter_table("spot_check") as batch:
        batch.add_column(
            sa.Column(
                "reason", sa.String(200), nullable=False, server_default=""
            )
        )
    with op.batch_alter_table("spot_check") as batch:
        batch.alter_column("reason", server_default=None)
    for table, triggers in FIXED.items():
        for verb, condition in triggers:
            refuse(table, verb, condition)


def downgrade() -> None:
    """Drops the draws."""
    with op.batch_alter_table("spot_check") as batch:
        batch.drop_column("reason")
    for table, triggers in FIXED.items():
        for verb, _ in triggers:
            allow(table, verb)
    for table in (
        "inspector_away",
        "draw_recusal",
        "draw_place",
        "draw",
        "draw_value",
        "draw_frame",
        "draw_series",
    ):
        op.drop_table(table)


def _series() -> None:
    op.create_table(
        "draw_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("term", sa.String(40), nullable=False),
        sa.Column("basis", sa.String(80), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("value_at", sa.Time(), nullable=False),
        sa.Column("value_due", sa.Time(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in (
                "places",
                "by_visit",
                "by_video",
                "by_phone",
                "night",
                "on_site",
                "remote",
            )
        ),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("stopped_on", sa.Date()),
        sa.Column("made_by", sa.String(60), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("committed_at", MOMENT),
        sa.Column("revealed_at", MOMENT),
        sa.CheckConstraint(
            "state IN ('draft', 'committed', 'revealed')",
            name=op.f("ck_draw_series_state"),
        ),
        _to("draw_series", "term", "term"),
        _key("draw_series"),
    )
    op.create_index(op.f("ix_draw_series_term"), "draw_series", ["term"])
    op.create_table(
        "draw_frame",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("committed_at", MOMENT, nullable=False),
        _to("draw_frame", "series", "draw_series"),
        _one("draw_frame", "series", "version"),
        _key("draw_frame"),
    )
    op.create_table(
        "draw_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _to("draw_value", "series", "draw_series"),
        _key("draw_value"),
    )
    op.create_index(op.f("ix_draw_value_series"), "draw_value", ["series"])


def _drawn() -> None:
    op.create_table(
        "draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("frame", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint(
            "state IN ('drawn', 'cancelled')", name=op.f("ck_draw_state")
        ),
        _to("draw", "series", "draw_series"),
        _one("draw", "series", "number"),
        _key("draw"),
    )
    op.create_table(
        "draw_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("starts", MOMENT, nullable=False),
        sa.Column("inspectors", sa.JSON(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("dispatched_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT),
        sa.Column("check", sa.String(36)),
        _to("draw_place", "draw", "draw"),
        _to("draw_place", "unit", "unit"),
        _to("draw_place", "check", "spot_check"),
        _one("draw_place", "draw", "unit"),
        _one("draw_place", "check"),
        _key("draw_place"),
    )
    for name in ("unit", "starts"):
        op.create_index(op.f(f"ix_draw_place_{name}"), "draw_place", [name])


def _people() -> None:
    op.create_table(
        "draw_recusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _to("draw_recusal", "place", "draw_place"),
        _to("draw_recusal", "staff", "staff"),
        _one("draw_recusal", "place", "staff"),
        _key("draw_recusal"),
    )
    op.create_table(
        "inspector_away",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(60), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        _to("inspector_away", "staff", "staff"),
        _one("inspector_away", "staff", "on"),
        _key("inspector_away"),
    )


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _one(table: str, *columns: str) -> sa.UniqueConstraint:
    name = op.f(f"uq_{table}_{'_'.join(columns)}")
    return sa.UniqueConstraint(*columns, name=name)


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
