"""
Drafts are submitted, approved and published; a version may be withdrawn.

A published version still never changes, but for being withdrawn, once.
What people decided is kept in ``review``, which only grows.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from roster.migrations.triggers import allow, refuse

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEPT = (
    "id",
    "unit",
    "term",
    "number",
    "solution",
    "author",
    "editor",
    "approver",
    "base",
    "revision",
    "drafted_at",
    "published_at",
    "digest",
)

# Who holds what stands from the moment it is submitted.
SETTLED = "roster.state <> 'draft'"
PUBLISHED = "roster.state = 'published'"
WITHDRAWING = " AND ".join(
    (
        "OLD.state = 'published'",
        "NEW.state = 'withdrawn'",
        "NEW.withdrawn_at IS NOT NULL",
        *(f"NEW.{name} {{same}} OLD.{name}" for name in KEPT),
    )
)
ISSUED = "{row}.state IN ('published', 'withdrawn')"

MARK = "withdrawn "

ROSTER = sa.table(
    "roster",
    sa.column("id", sa.Integer()),
    sa.column("state", sa.String()),
    sa.column("digest", sa.String()),
    sa.column("withdrawn_at", sa.DateTime(timezone=True)),
)
SHIFT = sa.table(
    "shift",
    sa.column("id", sa.Integer()),
    sa.column("roster", sa.Integer()),
    sa.column("shift", sa.String()),
)
ASSIGNMENT = sa.table(
    "assignment",
    sa.column("shift", sa.Integer()),
    sa.column("staff", sa.String()),
)


def rules(settled: str) -> Iterator[tuple[str, str, str]]:
    """Table, verb and condition of what shifts and their holders refuse."""
    shift = (
        "EXISTS (SELECT 1 FROM roster WHERE roster.id = {row}.roster"
        f" AND {settled})"
    )
    assignment = (
        "EXISTS (SELECT 1 FROM shift JOIN roster ON roster.id ="
        f" shift.roster WHERE shift.id = {{row}}.shift AND {settled})"
    )
    for verb in ("INSERT", "UPDATE", "DELETE"):
        yield "shift", verb, shift
        yield "assignment", verb, assignment


def upgrade() -> None:
    """Adds what a review needs, and makes the triggers anew."""
    _allow_all()
    with op.batch_alter_table("roster") as batch:
        batch.drop_constraint(op.f("ck_roster_state"), type_="check")
        batch.drop_constraint(op.f("ck_roster_two_people"), type_="check")
        batch.add_column(sa.Column("editor", sa.String(60)))
        batch.add_column(sa.Column("base", sa.Integer()))
        batch.add_column(sa.Column("revision", sa.Integer()))
        batch.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True)))

    _fill()
    with op.batch_alter_table("roster") as batch:
        for name in ("editor", "base", "revision"):
            batch.alter_column(name, nullable=False)

        batch.create_check_constraint(
            op.f("ck_roster_state"),
            "state IN ('draft', 'submitted', 'approved', 'published',"
            " 'withdrawn')",
        )
        batch.create_check_constraint(
            op.f("ck_roster_two_people"),
            "state IN ('draft', 'submitted') OR (approver <> ''"
            " AND approver <> author AND approver <> editor)",
        )
        batch.create_check_constraint(
            op.f("ck_roster_withdrawn"),
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)",
        )

    _review()
    for table, verb, condition in rules(SETTLED):
        refuse(table, verb, condition)
    refuse("roster", "UPDATE", f"{ISSUED} AND NOT ({WITHDRAWING})")
    refuse("roster", "DELETE", ISSUED)


def _allow_all() -> None:
    """Rebuilding a table would drop or break its triggers."""
    for table in ("roster", "shift", "assignment"):
        for verb in ("INSERT", "UPDATE", "DELETE"):
            if (table, verb) != ("roster", "INSERT"):
                allow(table, verb)


def _fill() -> None:
    """What older rows are: numbers follow publication."""
    op.execute("UPDATE roster SET editor = author, revision = 0")
    op.execute(
        "UPDATE roster SET base = coalesce((SELECT max(one.number)"
        " FROM roster AS one WHERE one.unit = roster.unit"
        " AND one.term = roster.term AND one.state = 'published'"
        " AND one.number < roster.number), 0)"
    )
    bind = op.get_bind()
    marked = sa.select(ROSTER).where(ROSTER.c.digest.startswith(MARK))
    for row in bind.execute(marked).all():
        _change(
            row.id,
            state="withdrawn",
            digest=_digest(row.id),
            withdrawn_at=datetime.fromisoformat(row.digest[len(MARK) :]),
        )


def _change(roster: int, **values: object) -> None:
    wanted = sa.update(ROSTER).where(ROSTER.c.id == roster)
    op.get_bind().execute(wanted.values(**values))


def _digest(roster: int) -> str:
    """What a roster says, as a digest."""
    held = (
        sa.select(SHIFT.c.shift, ASSIGNMENT.c.staff)
        .join_from(SHIFT, ASSIGNMENT, ASSIGNMENT.c.shift == SHIFT.c.id)
        .where(SHIFT.c.roster == roster)
    )
    cells = sorted(tuple(cell) for cell in op.get_bind().execute(held))
    text = "\n".join(f"{shift} {staff}" for shift, staff in cells)
    return sha256(text.encode()).hexdigest()


def _review() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("term", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(12), nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remark", sa.String(500), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit"], ["unit.id"], name=op.f("fk_review_unit")
        ),
        sa.ForeignKeyConstraint(
            ["term"], ["term.id"], name=op.f("fk_review_term")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_unit"), "review", ["unit"])
    op.create_index(op.f("ix_review_term"), "review", ["term"])
    for verb in ("UPDATE", "DELETE"):
        refuse("review", verb, "1 = 1")


def downgrade() -> None:
    """
    What is under review is a draft again, and the history is gone.

    The older shape knows no withdrawal. A withdrawn version becomes a
    draft that cannot be published, for its digest says since when it is
    withdrawn; going forth makes it what it was.
    """
    for verb in ("UPDATE", "DELETE"):
        allow("review", verb)
    op.drop_table("review")
    _allow_all()
    withdrawn = sa.select(ROSTER).where(ROSTER.c.state == "withdrawn")
    for row in op.get_bind().execute(withdrawn).all():
        moment = row.withdrawn_at.replace(
            tzinfo=row.withdrawn_at.tzinfo or UTC
        )
        _change(row.id, digest=f"{MARK}{moment.isoformat()}")

    with op.batch_alter_table("roster") as batch:
        for name in ("state", "two_people", "withdrawn"):
            batch.drop_constraint(op.f(f"ck_roster_{name}"), type_="check")

    op.execute("UPDATE roster SET state = 'draft' WHERE state <> 'published'")
    with op.batch_alter_table("roster") as batch:
        for name in ("editor", "base", "revision", "withdrawn_at"):
            batch.drop_column(name)

        batch.create_check_constraint(
            op.f("ck_roster_state"), "state IN ('draft', 'published')"
        )
        batch.create_check_constraint(
            op.f("ck_roster_two_people"),
            "state = 'draft' OR (approver <> '' AND approver <> author)",
        )

    for table, verb, condition in rules(PUBLISHED):
        refuse(table, verb, condition)
    for verb in ("UPDATE", "DELETE"):
        refuse("roster", verb, "{row}.state = 'published'")
