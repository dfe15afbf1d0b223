"""`/observacion`: what the report says beside a line's percentage.

«obsu:7:2024-T1» lists the lines of unit 7, «obs:12:2024-T1» asks for the words about line 12.
"""

from handlers.chat import paging
from handlers.chat.drafts import CARD, EDIT, Choice, Question
from handlers.chat.keyboards import button
from handlers.chat.talk import Talk
from handlers.progress import quarter_query
from handlers.progress.quarter_query import Asked
from handlers.quarter_end import stating
from handlers.quarter_end.stating import TAKE_OFF, TEXT
from handlers.texts.progress import progress as progress_texts
from handlers.texts.quarter_end import statements as texts
from models.errors import Rejected
from models.programme.view import UnitView
from models.progress.progress import progress
from models.progress.standing import LineStanding
from models.quarter import Quarter
from models.quarter_end import statements
from models.quarter_end.statements import Stating
from models.storage.draft import Draft
from models.tables.draft import DraftKind
from models.tables.statement import Observation


def ask(talk: Talk) -> None:
    """`/observacion [unidad] [línea] [trimestre]`; what is not said is asked with buttons."""
    asked = quarter_query.read(talk)
    if asked is None:
        return
    units = stating.writable(talk, asked)
    if asked.line is not None:
        _ask_numbered(talk, asked, units, asked.line)
    elif len(units) == 1:
        _ask_line(talk, units[0], asked.quarter)
    else:
        choices = [button(unit.name, "obsu", unit.id, asked.quarter.key) for unit in units]
        paging.choose(talk, texts.WHICH_UNIT, choices)


def choose(talk: Talk) -> None:
    """A unit, or another quarter of it, was chosen."""
    quarter = stating.pressed_quarter(talk)
    unit = statements.find_unit(talk.session, talk.argument(1), quarter)
    talk.member.require(statements.SORTS[Observation].action, unit.id)
    _ask_line(talk, unit, quarter)


def begin(talk: Talk) -> None:
    stating.begin(talk, DraftKind.OBSERVATION, talk.argument(1), stating.pressed_quarter(talk))


def _ask_numbered(talk: Talk, asked: Asked, units: list[UnitView], number: int) -> None:
    having = [(unit, line) for unit in units if (line := unit.line(number))]
    if not having:
        raise Rejected("line_unknown")
    if len(having) == 1:
        stating.begin(talk, DraftKind.OBSERVATION, having[0][1].id, asked.quarter)
        return
    choices = [button(unit.name, "obs", line.id, asked.quarter.key) for unit, line in having]
    paging.choose(talk, texts.WHICH_UNIT, choices)


def _ask_line(talk: Talk, unit: UnitView, quarter: Quarter) -> None:
    known = statements.observations(talk.session, [line.id for line in unit.lines], quarter)
    choices = [
        button(texts.line_button(line, line.id in known), "obs", line.id, quarter.key) for line in unit.lines
    ]
    quarters = [
        button(progress_texts.quarter_button(each.number, each == quarter), "obsu", unit.id, each.key)
        for each in Quarter.all_of(quarter.year)
    ]
    paging.choose(talk, texts.which_line(unit, quarter), choices, [quarters])


class ObservationFlow(stating.StatingFlow):
    """See `drafts.Flow`."""

    accept = texts.SAVE

    def question(self, talk: Talk, content: Stating, step: str) -> Question:
        unit, line = _standing_of(talk, content)
        if step == CARD:
            text = texts.observation_card(unit, line, content.when, content.text)
            return Question(text, [Choice(texts.TEXT, TEXT, EDIT)])
        stands = stating.standing(talk, DraftKind.OBSERVATION, content)
        choices = [Choice(texts.TAKE_OFF, TAKE_OFF)] if stands else []
        shown = stating.shown(talk, stands)
        return Question(texts.ask_observation(unit, line, content.when, shown), choices)

    def choose(self, talk: Talk, content: Stating, step: str, value: str) -> Stating:
        if (step, value) != (TEXT, TAKE_OFF):
            raise Rejected("stale_button")
        return content.answering(TEXT, text="")

    def write(self, talk: Talk, content: Stating, step: str, text: str) -> Stating:
        statements.check_words(Observation, text)
        return content.answering(TEXT, text=text)

    def finish(self, talk: Talk, draft: Draft, content: Stating) -> None:
        statements.state(talk.session, Observation, content, talk.member, talk.today, talk.now, draft)
        unit, line = statements.find_line(talk.session, content.owner_id, content.when)
        text = texts.observed(unit, line, content.when, content.text)
        talk.edit(text, stating.owed(unit.id, content.when), draft.id)


def _standing_of(talk: Talk, content: Stating) -> tuple[UnitView, LineStanding]:
    unit, line = statements.find_line(talk.session, content.owner_id, content.when)
    programme = talk.programmes.years[content.when.year]
    found = progress(talk.session, programme, content.when, talk.today, unit).units[0]
    return unit, next(each for each in found.lines if each.line.id == line.id)
