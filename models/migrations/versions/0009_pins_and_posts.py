"""PINs, keyed invitations that can be revoked, and the posts that a deputyship is based on"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_DIRECTOR = """
UPDATE stand_in SET director_post = (
    SELECT max(membership.id) FROM membership
    WHERE membership.person_id = stand_in.person_id AND membership.unit_id = stand_in.unit_id
    AND membership.role = 'director' AND membership.ended_at IS NULL
    AND membership.granted_at <= stand_in.made_at
)
"""
_DEPUTY = """
UPDATE stand_in SET deputy_post = coalesce(
    (SELECT min(membership.id) FROM membership
     WHERE membership.person_id = stand_in.deputy_id AND membership.unit_id = stand_in.unit_id
     AND membership.ended_at IS NULL AND membership.granted_at <= stand_in.made_at),
    (SELECT min(membership.id) FROM membership
     WHERE membership.person_id = stand_in.deputy_id AND membership.role IN ('director', 'planning')
     AND membership.ended_at IS NULL AND membership.granted_at <= stand_in.made_at)
)
"""


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("invitation") as invitation:
        invitation.add_column(sa.Column("key_id", sa.String(), nullable=True))
        invitation.add_column(sa.Column("revoked_at", moment, nullable=True))
        invitation.add_column(sa.Column("revoked_by", sa.Integer(), nullable=True))
        invitation.create_foreign_key(
            op.f("fk_invitation_revoked_by_person"), "person", ["revoked_by"], ["id"]
        )
    with op.batch_alter_table("stand_in") as stand_in:
        for post in ("director_post", "deputy_post"):
            stand_in.add_column(sa.Column(post, sa.Integer(), nullable=True))
            stand_in.create_foreign_key(op.f(f"fk_stand_in_{post}_membership"), "membership", [post], ["id"])
    op.execute(_DIRECTOR)
    op.execute(_DEPUTY)
    op.create_table(
        "code_guesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("refused_until", moment, nullable=True),
        sa.Column("told_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_guesses")),
    )
    _create_pins(moment)


def _create_pins(moment: sa.DateTime) -> None:
    op.create_table(
        "person_pin",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("set_at", moment, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", moment, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_pin_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_pin")),
    )
    op.create_table(
        "pin_question",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("act", sa.JSON(), nullable=True),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("hash", sa.String(), nullable=True),
        sa.Column("asked_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pin_question_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_pin_question")),
    )


def downgrade() -> None:
    op.drop_table("pin_question")
    op.drop_table("person_pin")
    op.drop_table("code_guesses")
    with op.batch_alter_table("stand_in") as stand_in:
        for post in ("director_post", "deputy_post"):
            stand_in.drop_constraint(op.f(f"fk_stand_in_{post}_membership"), type_="foreignkey")
            stand_in.drop_column(post)
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_constraint(op.f("fk_invitation_revoked_by_person"), type_="foreignkey")
        for column in ("key_id", "revoked_at", "revoked_by"):
            invitation.drop_column(column)
