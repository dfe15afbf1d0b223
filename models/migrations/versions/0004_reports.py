"""Reports: what was asked for in the chat, and what was made"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FORMATS = ("docx", "pdf", "xlsx", "pnt", "csv", "json", "png")


def _format() -> sa.Column[str]:
    kind = sa.Enum(*FORMATS, name="reportformat", native_enum=False, length=20, create_constraint=True)
    return sa.Column("format", kind, nullable=False)


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "report_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        _format(),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", moment, nullable=True),
        sa.Column("failed_at", moment, nullable=True),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_report_order_quarter_in_range")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_report_order_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_order_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_order")),
    )
    still = sa.text("done_at IS NULL AND failed_at IS NULL")
    op.create_index(
        "ix_report_order_open", "report_order", ["id"], sqlite_where=still, postgresql_where=still
    )
    op.create_table(
        "made_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        _format(),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_made_report_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_report")),
        sa.UniqueConstraint("fingerprint", "format", name=op.f("uq_made_report_fingerprint_format")),
    )
    op.create_index(op.f("ix_made_report_sha256"), "made_report", ["sha256"])


def downgrade() -> None:
    op.drop_table("made_report")
    op.drop_table("report_order")
