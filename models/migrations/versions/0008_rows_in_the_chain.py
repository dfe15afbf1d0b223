"""The audit chain says which rows each entry wrote"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit", sa.Column("rows", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("audit", "rows")
