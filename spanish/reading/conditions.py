"""Whether a text tells that what waited now counts: «ya se publicaron los 2 acuerdos del 15 de febrero»."""

import re
from datetime import date

from models.programme.view import TargetView
from spanish.reading.activity.waiting import condition_root
from spanish.reading.clauses.clause import Clause, Completion
from spanish.reading.clauses.sentences import Sentences, read_sentences
from spanish.reading.closed_words import mend
from spanish.reading.dates.phrases import find_day_phrases
from spanish.reading.dates.units import Days
from spanish.reading.numbers.digits import in_digits
from spanish.reading.spoken import Spoken
from spanish.reading.wording import words
from spanish.writing.folding import fold

# Verbs that say nothing but that it is so: «ya están publicados», «salieron en el Periódico Oficial».
_ARE = re.compile(r"(?:sali|est[au]|fue|qued|aparec|ha[ns]?\b|son\b)\w*")


def find_condition_met(text: str, target: TargetView, today: date) -> tuple[Days, ...] | None:
    """Every day that the text names; None unless all that it tells as done is that the condition is met."""
    condition = [
        condition_root(word) for word in words(Spoken.of(target.counts_when or "").text) if len(word) > 5
    ]
    if not any(root in fold(text) for root in condition):
        return None
    spoken = mend(in_digits(Spoken.of(text)))
    said = read_sentences(text, spoken, ())
    main = [each for each in said.clauses if not each.relative]
    done = [each for each in main if each.outcome is Completion.DONE]
    if not done or any(each.outcome in (Completion.NEGATED, Completion.PLANNED) for each in main):
        return None
    if not all(_is_met(said, each, condition) for each in done):
        return None
    return tuple(each.days for each in find_day_phrases(spoken.text, today) if each.days is not None)


def _is_met(said: Sentences, clause: Clause, condition: list[str]) -> bool:
    told = [token.text for token in said.tokens[clause.first : clause.last]]
    if clause.verb is None:
        return clause.participle and any(word.startswith(condition[0]) for word in told)
    verb = said.tokens[clause.verb].text
    if verb.startswith(condition[0]):
        return True
    return bool(_ARE.match(verb)) and any(word.startswith(root) for word in told for root in condition)
