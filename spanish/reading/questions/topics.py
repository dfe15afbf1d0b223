"""Which topic a question has, by its interrogative and the concepts of its words. Pure.

The rules are tried in order; the first that holds decides.
"""

from collections.abc import Callable

from spanish.reading.questions import activity_topics, bot_topics, figure_topics, quarter_topics
from spanish.reading.questions.asking import Asking
from spanish.reading.questions.question import QuestionTopic

Rule = Callable[[Asking], QuestionTopic | None]
_RULES: tuple[Rule, ...] = (
    bot_topics.ordered,
    bot_topics.plea,
    bot_topics.helped,
    bot_topics.elsewhere,
    bot_topics.access,
    activity_topics.search,
    activity_topics.went,
    activity_topics.evidence,
    figure_topics.origin,
    figure_topics.compared,
    activity_topics.author,
    quarter_topics.unsigned,
    quarter_topics.waiting,
    quarter_topics.silent,
    quarter_topics.signals,
    figure_topics.counted_people,
    quarter_topics.calendar,
    activity_topics.activities,
    activity_topics.registered,
    quarter_topics.report,
    quarter_topics.duties,
    figure_topics.count,
    activity_topics.of_days,
    figure_topics.progress,
)


def topic_of(asking: Asking) -> QuestionTopic | None:
    """The topic; None where none is recognized."""
    return next((topic for rule in _RULES if (topic := rule(asking)) is not None), None)
