"""Drafts whose card waits until others are finished, and an index of open drafts, newest first"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ENDED = "registered_at IS NULL AND cancelled_at IS NULL AND expired_at IS NULL"
OPEN = sa.text(f"{ENDED} AND waits_since IS NULL")
NOT_ENDED = sa.text(ENDED)
WAITING = sa.text(f"{ENDED} AND waits_since IS NOT NULL")


def upgrade() -> None:
    op.add_column("draft", sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_draft_open", "draft")
    columns = ["person_id", "chat_id", "touched_at", "id"]
    op.create_index("ix_draft_open", "draft", columns, sqlite_where=OPEN, postgresql_where=OPEN)
    columns = ["person_id", "chat_id", "touched_at"]
    op.create_index(
        "ix_draft_not_ended", "draft", columns, sqlite_where=NOT_ENDED, postgresql_where=NOT_ENDED
    )
    columns = ["person_id", "chat_id", "id"]
    op.create_index("ix_draft_waiting", "draft", columns, sqlite_where=WAITING, postgresql_where=WAITING)


def downgrade() -> None:
    op.drop_index("ix_draft_waiting", "draft")
    op.drop_index("ix_draft_not_ended", "draft")
    op.drop_index("ix_draft_open", "draft")
    op.drop_column("draft", "waits_since")
    where = sa.text(ENDED)
    op.create_index("ix_draft_open", "draft", ["person_id"], sqlite_where=where, postgresql_where=where)
