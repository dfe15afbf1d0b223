"""Evidence with its files, drafts that correct or withdraw, and indexes by day"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPEN = "registered_at IS NULL AND cancelled_at IS NULL AND expired_at IS NULL"


def upgrade() -> None:
    _allow_kinds("activity", "settlement", "correction", "withdrawal")
    with op.batch_alter_table("draft") as draft:
        draft.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        draft.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        draft.add_column(sa.Column("card_due_at", sa.DateTime(timezone=True), nullable=True))
        draft.create_foreign_key(op.f("fk_draft_merged_into_draft"), "draft", ["merged_into"], ["id"])
        draft.drop_index("ix_draft_person_id")
    _index_where("ix_draft_open", "draft", ["person_id"], OPEN)
    _index_where("ix_draft_card_due", "draft", ["card_due_at"], "card_due_at IS NOT NULL")
    op.create_table(
        "draft_message",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_message_draft_id_draft")),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_draft_message")),
    )
    op.create_index(op.f("ix_draft_message_draft_id"), "draft_message", ["draft_id"])
    with op.batch_alter_table("activity", recreate="never") as activity:
        activity.drop_index("ix_activity_line_id")
        activity.drop_index("ix_activity_unit_id")
    with op.batch_alter_table("settlement") as settlement:
        settlement.add_column(sa.Column("undone_by", sa.Integer(), nullable=True))
        settlement.create_foreign_key(op.f("fk_settlement_undone_by_person"), "person", ["undone_by"], ["id"])
    op.create_index("ix_activity_unit", "activity", ["unit_id", "ends_on", "id"])
    op.create_index("ix_activity_line", "activity", ["line_id", "ends_on", "id", "withdrawn_at", "kind"])
    op.create_index("ix_activity_author", "activity", ["registered_by", "ends_on", "id"])
    op.create_index("ix_activity_registered", "activity", ["registered_by", "registered_at"])
    op.drop_index("ix_entry_target_id", "entry")
    op.create_index("ix_entry_target", "entry", ["target_id", "activity_id", "quantity", "pending"])
    op.drop_table("evidence")  # created in 0001 and never used
    _create_evidence()


def _allow_kinds(*kinds: str) -> None:
    """Replace the CHECK: PostgreSQL gets a new one; SQLite, which cannot, a new table."""
    before = sa.Enum("activity", "settlement", name="draftkind", native_enum=False, length=20)
    after = sa.Enum(*kinds, name="draftkind", native_enum=False, create_constraint=True, length=20)
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("draft", recreate="always") as draft:
            draft.alter_column("kind", existing_type=before, type_=after, existing_nullable=False)
        return
    op.drop_constraint(op.f("ck_draft_draftkind"), "draft", type_="check")
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(op.f("ck_draft_draftkind"), "draft", f"kind IN ({listed})")


def _index_where(name: str, table: str, columns: list[str], condition: str) -> None:
    op.create_index(
        name, table, columns, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition)
    )


def _create_evidence() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "photo",
                "document",
                "voice",
                "video",
                "location",
                name="evidencekind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        *(
            sa.Column(name, sa.String(), nullable=True)
            for name in ("album", "caption", "file_id", "name", "media_type")
        ),
        sa.Column("bytes", sa.BigInteger(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("copy_sha256", sa.String(), nullable=True),
        sa.Column("received_at", moment, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        *(
            sa.Column(name, moment, nullable=True)
            for name in ("retry_at", "fetched_at", "missing_at", "refused_at")
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("removed_at", moment, nullable=True),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "activity_id IS NOT NULL OR draft_id IS NOT NULL", name=op.f("ck_evidence_belongs_to_something")
        ),
        sa.CheckConstraint(
            "(kind = 'location') = (latitude IS NOT NULL AND longitude IS NOT NULL)",
            name=op.f("ck_evidence_location_has_place"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_evidence_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_evidence_draft_id_draft")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_evidence_added_by_person")),
        sa.ForeignKeyConstraint(["removed_by"], ["person.id"], name=op.f("fk_evidence_removed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    for column in ("activity_id", "draft_id", "sha256", "copy_sha256"):
        op.create_index(op.f(f"ix_evidence_{column}"), "evidence", [column])
    op.create_index("ix_evidence_message", "evidence", ["chat_id", "message_id"])
    _index_where("ix_evidence_album", "evidence", ["chat_id", "album"], "album IS NOT NULL")
    _index_where("ix_evidence_due", "evidence", ["retry_at"], "retry_at IS NOT NULL")
