"""Questions in plain words: what is asked, and everything that a question names."""

from spanish.reading.questions.lines import same as same_word
from spanish.reading.questions.question import PeriodKind, Question, QuestionPeriod, QuestionTopic, Slot
from spanish.reading.questions.reading import LONGEST, read_question

__all__ = [
    "LONGEST",
    "PeriodKind",
    "Question",
    "QuestionPeriod",
    "QuestionTopic",
    "Slot",
    "read_question",
    "same_word",
]
