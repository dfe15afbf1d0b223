"""How many codes of reports an account without a person has asked about"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stranger", sa.Column("checks", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("stranger", sa.Column("checked_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("stranger", "checked_since")
    op.drop_column("stranger", "checks")
