"""The duties that a reminder named"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notice", sa.Column("owed", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("notice", "owed")
