"""Which account of Telegram the bot has, and whether a person wants the keyboard"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bot_account",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bot_account")),
    )
    with op.batch_alter_table("preference") as table:
        table.add_column(sa.Column("keyboard", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("preference") as table:
        table.drop_column("keyboard")
    op.drop_table("bot_account")
