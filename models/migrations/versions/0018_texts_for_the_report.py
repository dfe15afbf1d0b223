"""The text of an activity for the report, and the summing sentences of lines"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("activity", sa.Column("report_text", sa.String(), nullable=True))
    op.create_table(
        "line_summary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("activities", sa.JSON(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_line_summary_quarter_in_range")),
        sa.ForeignKeyConstraint(["line_id"], ["line.id"], name=op.f("fk_line_summary_line_id_line")),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"], name=op.f("fk_line_summary_said_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_summary")),
    )
    op.create_index("ix_line_summary_line", "line_summary", ["line_id", "year", "quarter", "id"])


def downgrade() -> None:
    op.drop_table("line_summary")
    op.drop_column("activity", "report_text")
