"""A text that takes back what an open card says: «no era ayer, era antier» changes that card."""

import re

from handlers.activity_form.steps import BELONGS
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.messages import quick_fix
from handlers.messages.joining import awaits_words
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from spanish.reading.amendment import takes_back
from spanish.reading.replacement import read_replacement
from spanish.writing.folding import fold
from spanish.writing.number_words import in_digits


def hear(context: TurnContext, text: str) -> bool:
    """Change the card that the text corrects; return False if it corrects none, or it is not clear which.

    That is the latest that says the old value, else the only one whose activity is decided.
    """
    instead = read_replacement(text)
    if instead is None and not takes_back(text):
        return False
    recent = drafts.recent_cards(context, context.said_at - quick_fix.CORRECTED_WITHIN)
    cards = [
        each
        for each in recent
        if each.kind in (DraftKind.ACTIVITY, DraftKind.CORRECTION) and not awaits_words(each)
    ]
    undecided = [each for each in cards if each.step == BELONGS]
    about = [each for each in cards if instead is not None and _says(each, instead.old)]
    decided = [each for each in cards if each not in undecided]
    if not about and (len(decided) != 1 or (undecided and instead is None)):
        return False
    card = (about or decided)[0]
    if not quick_fix.amend_and_show(context, card, text):
        return False
    if undecided and undecided[0] is not card:
        drafts.show(context, undecided[0], edit=False)
    return True


def _says(draft: Draft, old: str) -> bool:
    said = in_digits(fold(str(draft.content.get("narrative") or "")))
    return bool(old) and re.search(rf"(?<!\w){re.escape(old)}(?!\w)", said) is not None
