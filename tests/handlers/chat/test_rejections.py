"""Every reason of a `Rejected` has a sentence, and every sentence a reason."""

import re
from pathlib import Path

from handlers.texts.rejections import SENTENCES

ROOT = Path(__file__).parents[3]
REASON = re.compile(r'Rejected\(\s*"(\w+)"')


def test_every_rejection_has_a_sentence_and_every_sentence_a_rejection() -> None:
    paths = (
        path for room in ("models", "handlers", "bot", "spanish") for path in (ROOT / room).rglob("*.py")
    )
    code = [path.read_text() for path in paths if path.name != "rejections.py"]
    given = {reason for text in code for reason in REASON.findall(text)}
    assert given <= SENTENCES.keys()
    assert all(any(f'"{reason}"' in text for text in code) for reason in SENTENCES)


def test_no_sentence_is_too_long_for_a_tap() -> None:
    """Telegram shows at most 200 characters over a button."""
    for reason, sentence in SENTENCES.items():
        assert len(sentence) <= 190, reason
