"""How the quantities of a target combine, and the other words for its measure"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# What is stored was summed, and stays so.
_COMBINE = """
ALTER TABLE {0} ADD COLUMN combine VARCHAR(20) DEFAULT 'sum' NOT NULL
CONSTRAINT ck_{0}_combine CHECK (combine IN ('sum', 'latest', 'average'))
"""


def upgrade() -> None:
    for table in ("target", "adjustment"):
        op.execute(_COMBINE.format(table))
    op.add_column("target", sa.Column("aliases", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("target", "aliases")
    for table in ("adjustment", "target"):
        op.drop_column(table, "combine")
