"""Accounts, roles granted for units, and log-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROLES = (
    "bureau admin",
    "unit editor",
    "approver",
    "staff",
    "inspector",
    "school head",
    "bureau reader",
)


def upgrade() -> None:
    """Makes the three tables."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(60), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("staff", sa.String(60), nullable=True),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("totp", sa.String(300), nullable=False),
        sa.Column("totp_counter", sa.Integer(), nullable=False),
        sa.Column("recovery", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name=op.f("fk_account_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        sa.UniqueConstraint("staff", name=op.f("uq_account_staff")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                *ROLES,
                name="role",
                native_enum=False,
                length=20,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("unit", sa.String(40), nullable=True),
        sa.Column("below", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name=op.f("fk_role_grant_account")
        ),
        sa.ForeignKeyConstraint(
            ["unit"], ["unit.id"], name=op.f("fk_role_grant_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "account",
            "role",
            "unit",
            name=op.f("uq_role_grant_account_role_unit"),
        ),
    )
    op.create_index(op.f("ix_role_grant_account"), "role_grant", ["account"])
    op.create_index(op.f("ix_role_grant_unit"), "role_grant", ["unit"])
    op.create_table(
        "login",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("device", sa.String(80), nullable=False),
        sa.Column("remembered", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name=op.f("fk_login_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login")),
        sa.UniqueConstraint("secret", name=op.f("uq_login_secret")),
    )
    op.create_index(op.f("ix_login_account"), "login", ["account"])


def downgrade() -> None:
    """Drops them; accounts would be made anew."""
    op.drop_table("login")
    op.drop_table("role_grant")
    op.drop_table("account")
