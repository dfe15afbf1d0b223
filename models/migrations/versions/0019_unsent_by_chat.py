"""An index of each chat's unsent messages"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NAME = "ix_outbox_unsent_of_chat"
WAITS = "sent_at IS NULL AND dropped_at IS NULL AND aside_at IS NULL"


def upgrade() -> None:
    where = sa.text(WAITS)
    op.create_index(NAME, "outbox", ["chat_id", "id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index(NAME, "outbox")
