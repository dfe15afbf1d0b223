"""Forgotten people, accepted privacy notices, requests to reopen, and three more kinds of drafts"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BEFORE = (
    *("activity", "settlement", "correction", "withdrawal", "return", "standstill", "observation"),
    *("presentation", "signature", "reopening", "adjustment", "import", "calendar", "absence"),
)
KINDS = (*BEFORE, "invitation", "name", "refusal")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("person", sa.Column("forgotten_at", moment, nullable=True))
    op.create_table(
        "privacy_acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("notice_sha256", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("shown_at", moment, nullable=False),
        sa.Column("accepted_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_privacy_acceptance_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_acceptance")),
        sa.UniqueConstraint(
            "person_id", "notice_sha256", name=op.f("uq_privacy_acceptance_person_id_notice_sha256")
        ),
    )
    _create_requests(moment)
    _allow_kinds(BEFORE, KINDS)


def _create_requests(moment: sa.DateTime) -> None:
    op.create_table(
        "reopening_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("reopening_id", sa.Integer(), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_reopening_request_quarter_in_range")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_reopening_request_{column}_{table}")
            )
            for column, table in (
                ("unit_id", "unit"),
                ("asked_by", "person"),
                ("answered_by", "person"),
                ("reopening_id", "reopening"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopening_request")),
    )
    op.create_index("ix_reopening_request_quarter", "reopening_request", ["unit_id", "year", "quarter"])


def _allow_kinds(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Replace the CHECK of draft kinds, as in 0002."""
    kinds = [
        sa.Enum(*each, name="draftkind", native_enum=False, create_constraint=True, length=20)
        for each in (before, after)
    ]
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("draft", recreate="always") as draft:
            draft.alter_column("kind", existing_type=kinds[0], type_=kinds[1], existing_nullable=False)
        return
    op.drop_constraint(op.f("ck_draft_draftkind"), "draft", type_="check")
    listed = ", ".join(f"'{kind}'" for kind in after)
    op.create_check_constraint(op.f("ck_draft_draftkind"), "draft", f"kind IN ({listed})")


def downgrade() -> None:
    op.execute("DELETE FROM draft WHERE kind IN ('invitation', 'name', 'refusal')")
    _allow_kinds(KINDS, BEFORE)
    op.drop_index("ix_reopening_request_quarter", "reopening_request")
    op.drop_table("reopening_request")
    op.drop_table("privacy_acceptance")
    op.drop_column("person", "forgotten_at")
