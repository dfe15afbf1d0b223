"""Queues in the inbox for updates of people who send many at once"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UNHANDLED = "handled_at IS NULL"
FAILED = sa.text(f"{UNHANDLED} AND queued_by IS NULL")
QUEUED = sa.text("queued_by IS NOT NULL")


def upgrade() -> None:
    op.add_column("inbox", sa.Column("queued_by", sa.BigInteger(), nullable=True))
    op.add_column("inbox", sa.Column("queue_place", sa.BigInteger(), nullable=True))
    op.drop_index("ix_inbox_unhandled", "inbox")
    op.create_index("ix_inbox_unhandled", "inbox", ["retry_at"], sqlite_where=FAILED, postgresql_where=FAILED)
    columns = ["queued_by", "queue_place"]
    op.create_index("ix_inbox_queued", "inbox", columns, sqlite_where=QUEUED, postgresql_where=QUEUED)


def downgrade() -> None:
    op.drop_index("ix_inbox_queued", "inbox")
    op.drop_index("ix_inbox_unhandled", "inbox")
    op.drop_column("inbox", "queue_place")
    op.drop_column("inbox", "queued_by")
    where = sa.text(UNHANDLED)
    op.create_index("ix_inbox_unhandled", "inbox", ["retry_at"], sqlite_where=where, postgresql_where=where)
