"""Messages that are set aside, chats that got another id, and the forum topic of a report order"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UNSENT = "sent_at IS NULL AND dropped_at IS NULL"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.drop_index("ix_outbox_unsent", "outbox")
    op.add_column("outbox", sa.Column("aside_at", moment, nullable=True))
    _index("ix_outbox_unsent", f"{UNSENT} AND aside_at IS NULL")
    _index("ix_outbox_aside", "aside_at IS NOT NULL")
    op.create_table(
        "chat_move",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("new_chat_id", sa.BigInteger(), nullable=False),
        sa.Column("moved_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chat_move")),
    )
    op.add_column("report_order", sa.Column("thread_id", sa.BigInteger(), nullable=True))


def _index(name: str, where: str) -> None:
    op.create_index(name, "outbox", ["id"], sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    op.drop_column("report_order", "thread_id")
    op.drop_table("chat_move")
    op.drop_index("ix_outbox_aside", "outbox")
    op.drop_index("ix_outbox_unsent", "outbox")
    op.drop_column("outbox", "aside_at")
    _index("ix_outbox_unsent", UNSENT)
