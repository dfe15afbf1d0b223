"""Which pictures the report shows, their captions, and a line's goal in words"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BEFORE = (
    *("activity", "settlement", "correction", "withdrawal", "return", "standstill", "observation"),
    *("presentation", "signature", "reopening", "adjustment", "import", "calendar", "absence"),
    *("invitation", "name", "refusal"),
)
KINDS = (*BEFORE, "caption")
LOOK = (("width", sa.Integer()), ("height", sa.Integer()), ("brightness", sa.Integer()))


def upgrade() -> None:
    op.add_column("line", sa.Column("goal", sa.String(), nullable=True))
    for name, kind in (*LOOK, ("likeness", sa.String())):
        op.add_column("evidence", sa.Column(name, kind, nullable=True))
    op.create_table(
        "picture_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=True),
        sa.Column("caption", sa.String(), nullable=True),
        *_said("picture_choice"),
    )
    op.create_index("ix_picture_choice_evidence", "picture_choice", ["evidence_id", "id"])
    op.create_table(
        "picture_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_picture_order_quarter_in_range")),
        sa.ForeignKeyConstraint(["line_id"], ["line.id"], name=op.f("fk_picture_order_line_id_line")),
        *_said("picture_order"),
    )
    op.create_index("ix_picture_order_line", "picture_order", ["line_id", "year", "quarter", "id"])
    _allow_kinds(BEFORE, KINDS)


def _said(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Return the columns that say who decided it and when, and the table's key."""
    return (
        sa.Column("said_by", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"], name=op.f(f"fk_{table}_said_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


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
    op.execute("DELETE FROM draft WHERE kind = 'caption'")
    _allow_kinds(KINDS, BEFORE)
    for table in ("picture_order", "picture_choice"):
        op.drop_table(table)
    for name in ("likeness", "brightness", "height", "width"):
        op.drop_column("evidence", name)
    op.drop_column("line", "goal")
