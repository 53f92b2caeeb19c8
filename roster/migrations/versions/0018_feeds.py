"""Feeds with their bytes, apart from the addresses they are read at."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DOMAIN = "duty-roster.invalid"
CANCELLED = "【已取消】"
KINDS = (
    "kind IN ('person', 'unit', 'district', 'county', 'holidays',"
    " 'holidays-off', 'holidays-work')"
)


def upgrade() -> None:
    """Old addresses go on; their bytes are made when they are read."""
    addresses = _taken("feed")
    events = _taken("feed_event")
    _make_feeds()
    _make_subscriptions()
    _make_codes()
    _make_events()
    staff = sorted({row["staff"] for row in addresses})
    feeds = {who: number for number, who in enumerate(staff, 1)}
    for who, number in feeds.items():
        _put("feed", _feed(number, who, addresses))
    for row in addresses:
        _put("subscription", _subscription(row, feeds[row["staff"]]))
    for row in events:
        _put("feed_event", _event(row))

    _count_on("feed", "subscription", "feed_event")


def downgrade() -> None:
    """Back to addresses of persons; other feeds are lost."""
    op.drop_table("feed_code")
    joined = _rows(
        "SELECT s.id, s.token, f.subject AS staff, s.label, s.made_at,"
        " s.revoked_at FROM subscription s JOIN feed f ON f.id = s.feed"
        " WHERE f.kind = 'person' ORDER BY s.id"
    )
    op.drop_table("subscription")
    op.drop_table("feed")
    events = [row for row in _taken("feed_event") if row["staff"]]
    _make_old()
    for row in joined:
        _put("feed", row)
    for row in events:
        for name in ("uid", "mark", "busy", "block"):
            del row[name]
        row["summary"] = row["summary"][:80]
        _put("feed_event", row)

    _count_on("feed", "feed_event")


def _taken(table: str) -> list[dict[str, Any]]:
    """A table's rows, and the table is gone."""
    rows = _rows(f"SELECT * FROM {table} ORDER BY id")
    op.drop_table(table)
    return rows


def _rows(asked: str) -> list[dict[str, Any]]:
    found = op.get_bind().execute(sa.text(asked)).mappings()
    return [dict(row) for row in found]


def _put(table: str, row: dict[str, Any]) -> None:
    names = list(row)
    told = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(f":{name}" for name in names)
    op.get_bind().execute(
        sa.text(f"INSERT INTO {table} ({told}) VALUES ({values})"), row
    )


def _count_on(*tables: str) -> None:
    """PostgreSQL does not see that numbers were given by hand."""
    if op.get_bind().dialect.name != "postgresql":
        return

    for table in tables:
        op.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"
            f" (SELECT COALESCE(MAX(id), 0) + 1 FROM {table}), false)"
        )


def _feed(
    number: int, staff: str, addresses: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    made = max(row["made_at"] for row in addresses if row["staff"] == staff)
    return {
        "id": number,
        "kind": "person",
        "subject": staff,
        "alarms": "[720, 30]",
        "stale": True,
        "etag": "",
        "changed_at": made,
    }


def _subscription(row: dict[str, Any], feed: int) -> dict[str, Any]:
    kept = ("id", "token", "label", "made_at", "revoked_at")
    return {name: row[name] for name in kept} | {
        "feed": feed,
        "who": "",
        "client": "",
    }


def _event(row: dict[str, Any]) -> dict[str, Any]:
    words = f"{row['unit']} {row['shift']} {row['staff']}"
    opaque = sha256(words.encode()).hexdigest()[:32]
    return row | {
        "uid": f"{opaque}@{DOMAIN}",
        "mark": CANCELLED if row["cancelled"] else "",
        "busy": False,
    }


def _make_feeds() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("alarms", sa.JSON(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("etag", sa.String(length=64), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("zipped", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_feed_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint(
            "kind", "subject", name=op.f("uq_feed_kind_subject")
        ),
    )
    op.create_index(op.f("ix_feed_stale"), "feed", ["stale"])


def _make_subscriptions() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("account", sa.Integer(), nullable=True),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("wiped_until", MOMENT, nullable=True),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("client", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name=op.f("fk_subscription_account")
        ),
        sa.ForeignKeyConstraint(
            ["feed"], ["feed.id"], name=op.f("fk_subscription_feed")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("token", name=op.f("uq_subscription_token")),
    )
    for name in ("feed", "account"):
        op.create_index(
            op.f(f"ix_subscription_{name}"), "subscription", [name]
        )


def _make_codes() -> None:
    op.create_table(
        "feed_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("account", sa.Integer(), nullable=True),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name=op.f("fk_feed_code_account")
        ),
        sa.ForeignKeyConstraint(
            ["feed"], ["feed.id"], name=op.f("fk_feed_code_feed")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_code")),
        sa.UniqueConstraint("code", name=op.f("uq_feed_code_code")),
    )
    for name in ("feed", "account"):
        op.create_index(op.f(f"ix_feed_code_{name}"), "feed_code", [name])


def _make_events() -> None:
    op.create_table(
        "feed_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("shift", sa.String(length=60), nullable=False),
        sa.Column("staff", sa.String(length=60), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("modified", MOMENT, nullable=False),
        sa.Column("facts", sa.String(length=64), nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=False),
        sa.Column("mark", sa.String(length=60), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("location", sa.String(length=80), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("busy", sa.Boolean(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("block", sa.LargeBinary(), nullable=True),
        *_event_keys(),
        sa.UniqueConstraint("uid", name=op.f("uq_feed_event_uid")),
    )
    for name in ("staff", "unit"):
        op.create_index(op.f(f"ix_feed_event_{name}"), "feed_event", [name])


def _event_keys() -> Iterable[sa.Constraint]:
    yield sa.ForeignKeyConstraint(
        ["staff"], ["staff.id"], name=op.f("fk_feed_event_staff")
    )
    yield sa.ForeignKeyConstraint(
        ["unit"], ["unit.id"], name=op.f("fk_feed_event_unit")
    )
    yield sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_event"))


def _make_old() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("staff", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name=op.f("fk_feed_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("token", name=op.f("uq_feed_token")),
    )
    op.create_index(op.f("ix_feed_staff"), "feed", ["staff"])
    op.create_table(
        "feed_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("shift", sa.String(length=60), nullable=False),
        sa.Column("staff", sa.String(length=60), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("modified", MOMENT, nullable=False),
        sa.Column("facts", sa.String(length=64), nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=False),
        sa.Column("summary", sa.String(length=80), nullable=False),
        sa.Column("location", sa.String(length=80), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        *_event_keys(),
        sa.UniqueConstraint(
            "unit",
            "shift",
            "staff",
            name=op.f("uq_feed_event_unit_shift_staff"),
        ),
    )
    op.create_index(op.f("ix_feed_event_staff"), "feed_event", ["staff"])
