"""The names of drafts in lists."""

from handlers.texts.activities import opened
from models.tables.chat.draft import DraftKind


def test_every_kind_of_draft_has_a_name() -> None:
    assert set(opened.NAMES) == set(DraftKind)
