"""Faults of the evidence folder: files altered, missing, or named by no row"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KINDS = ("altered", "missing", "unnamed")


def upgrade() -> None:
    kind = sa.Enum(*KINDS, name="faultkind", native_enum=False, length=20, create_constraint=True)
    op.create_table(
        "store_fault",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_fault")),
    )


def downgrade() -> None:
    op.drop_table("store_fault")
