"""The steps of registering an activity: what is asked, in which order, and what an answer means."""

from typing import Any

from handlers import drafts
from handlers.drafts import CARD, EDIT, Choice, Question
from handlers.keyboards import button
from handlers.talk import Talk
from handlers.texts import capture as texts
from handlers.understanding.days import fold, read_days
from handlers.understanding.participants import read_participants
from handlers.understanding.quantities import read_quantity
from models import registration
from models.draft import Draft, DraftKind
from models.errors import Rejected
from models.filled import Claim, Filled
from models.programme_view import LineView, ProgrammeView, TargetView, UnitView
from models.rights import Action
from models.tally import tally

UNIT, LINE, QUANTITY, PENDING, DAYS = "unit", "line", "quantity", "pending", "days"
NARRATIVE, PEOPLE, PLACE, DOCUMENTS = "narrative", "people", "place", "documents"
NONE = "none"  # the value of «Sin participantes», «Sin lugar», «Sin oficios»


def capturable_units(talk: Talk) -> list[UnitView]:
    """The units in which the person may register, of the programme of the day on which it is said."""
    programme = talk.programmes.of(talk.today) or talk.programmes.newest()
    units = programme.units if programme else ()
    return [unit for unit in units if unit.lines and talk.member.may(Action.CAPTURE, unit.id)]


class ActivityFlow:
    """See `drafts.Flow`."""

    accept = texts.REGISTER

    def read(self, stored: dict[str, Any]) -> Filled:
        return Filled.model_validate(stored)

    def steps(self, talk: Talk, content: Filled) -> list[str]:
        several = [UNIT] if len(capturable_units(talk)) > 1 else []
        return [*several, LINE, *_target_steps(talk, content), DAYS, NARRATIVE, PEOPLE, PLACE, DOCUMENTS]

    def question(self, talk: Talk, content: Filled, step: str) -> Question:
        name, _, target_id = step.partition(".")
        if name == UNIT:
            choices = [Choice(unit.name, str(unit.id)) for unit in capturable_units(talk)]
            return Question(texts.WHICH_UNIT, choices)
        if name == LINE:
            return _ask_line(talk, content)
        unit, line = registration.find_line(talk.programmes, content)
        if name == QUANTITY:
            return _ask_quantity(unit, line, _target(line, int(target_id)))
        if name == PENDING:
            return _ask_pending(unit, line, _target(line, int(target_id)), content)
        if name == CARD:
            return _card(talk, unit, line, content)
        asked = {
            DAYS: Question(texts.which_days(unit, line), _day_choices(talk), width=2),
            NARRATIVE: Question(texts.what_was_done(unit, line)),
            PEOPLE: Question(texts.who_took_part(unit, line), [Choice(texts.NO_PEOPLE, NONE)]),
            PLACE: Question(texts.where(unit, line), [Choice(texts.NO_PLACE, NONE)]),
            DOCUMENTS: Question(texts.which_documents(unit, line), [Choice(texts.NO_DOCUMENTS, NONE)]),
        }
        return asked[name]

    def choose(self, talk: Talk, content: Filled, step: str, value: str) -> Filled:
        if value == NONE and step in (PEOPLE, PLACE, DOCUMENTS):
            empty: dict[str, Any] = {
                PEOPLE: {"people": None},
                PLACE: {"place": None},
                DOCUMENTS: {"documents": ()},
            }
            return content.answering(step, **empty[step])
        if step == UNIT:
            unit = next((each for each in capturable_units(talk) if str(each.id) == value), None)
            return _take_unit(content, unit)
        if step == LINE:
            lines = [line for line in _unit(talk, content).lines if str(line.id) == value]
            return _take_line(content, lines[0] if lines else None)
        return self.write(talk, content, step, value)

    def write(self, talk: Talk, content: Filled, step: str, text: str) -> Filled:
        name, _, target_id = step.partition(".")
        if name == UNIT:
            return _take_unit(content, _named_unit(talk, text))
        if name == LINE:
            number = text.lower().removeprefix("línea").removeprefix("linea").strip()
            return _take_line(content, _unit(talk, content).line(int(number)) if number.isdecimal() else None)
        if name in (QUANTITY, PENDING):
            _, line = registration.find_line(talk.programmes, content)
            take = _take_quantity if name == QUANTITY else _take_pending
            return take(talk, content, _target(line, int(target_id)), step, text)
        takers = {DAYS: _take_days, NARRATIVE: _take_narrative, PEOPLE: _take_people}
        takers |= {PLACE: _take_place, DOCUMENTS: _take_documents}
        return takers[name](talk, content, text)

    def finish(self, talk: Talk, draft: Draft, content: Filled) -> None:
        number = registration.register(talk.session, draft, content, talk.member, talk.today, talk.now)
        unit, line = registration.find_line(talk.programmes, content)
        undo = [[button(texts.UNDO, "undo", number)]]
        talk.edit(texts.registered(number, unit, line, content), undo, draft.id)


drafts.FLOWS[DraftKind.ACTIVITY] = ActivityFlow()


def _target_steps(talk: Talk, content: Filled) -> list[str]:
    """A quantity for each target, and what of it is pending where the target says when it counts."""
    found = talk.programmes.line(content.line_id) if content.line_id is not None else None
    steps = []
    for target in found[2].targets if found else ():
        steps.append(f"{QUANTITY}.{target.id}")
        claim = content.claim(target.id)
        if target.counts_when and claim and claim.quantity:
            steps.append(f"{PENDING}.{target.id}")
    return steps


def _unit(talk: Talk, content: Filled) -> UnitView:
    unit = next((each for each in capturable_units(talk) if each.id == content.unit_id), None)
    if unit is None:
        raise Rejected("unit_unknown")
    return unit


def _named_unit(talk: Talk, text: str) -> UnitView | None:
    said = fold(text)
    return next(
        (unit for unit in capturable_units(talk) if said in map(fold, (unit.name, unit.key, *unit.aliases))),
        None,
    )


def _target(line: LineView, target_id: int) -> TargetView:
    target = next((each for each in line.targets if each.id == target_id), None)
    if target is None:
        raise Rejected("line_gone")
    return target


def _ask_line(talk: Talk, content: Filled) -> Question:
    unit = _unit(talk, content)
    choices = [Choice(f"{line.number} · {line.title}", str(line.id)) for line in unit.lines]
    return Question(texts.which_line(unit), choices)


def _ask_quantity(unit: UnitView, line: LineView, target: TargetView) -> Question:
    choices = [Choice(str(each), str(each)) for each in (1, 2, 3, 4, 5, 0)]
    return Question(texts.how_many(unit, line, target), choices, width=6)


def _ask_pending(unit: UnitView, line: LineView, target: TargetView, content: Filled) -> Question:
    claim = content.claim(target.id)
    quantity = claim.quantity if claim else 0
    few = range(1, quantity) if target.decimals == 0 and quantity <= 6 else range(0)
    choices = [Choice(texts.NONE_PENDING, "0"), *(Choice(str(each), str(each)) for each in few)]
    choices.append(Choice(texts.all_pending(quantity, target), texts.plain(quantity, target)))
    return Question(texts.how_many_pending(unit, line, target, quantity), choices, width=4)


def _day_choices(talk: Talk) -> list[Choice]:
    return [Choice(texts.day_button(word, talk.today), word) for word in texts.DAY_WORDS]


def _card(talk: Talk, unit: UnitView, line: LineView, content: Filled) -> Question:
    programme: ProgrammeView | None = talk.programmes.of(content.ends_on or talk.today)
    so_far = tally(talk.session, programme.id, talk.today, unit.id) if programme else None
    edits = [LINE, *_target_steps(talk, content), DAYS, NARRATIVE, PEOPLE, PLACE, DOCUMENTS]
    targets = {target.id: target for target in line.targets}
    choices = [Choice(texts.edit_button(step, targets), step, EDIT) for step in edits]
    return Question(texts.card(unit, line, content, so_far), choices, width=3)


def _take_unit(content: Filled, unit: UnitView | None) -> Filled:
    if unit is None:
        raise Rejected("unit_unknown")
    if unit.id == content.unit_id:
        return content.answering(UNIT)
    return content.forgetting(LINE, QUANTITY, PENDING).answering(
        UNIT, unit_id=unit.id, line_id=None, claims=()
    )


def _take_line(content: Filled, line: LineView | None) -> Filled:
    if line is None:
        raise Rejected("line_unknown")
    if line.id == content.line_id:
        return content.answering(LINE)
    return content.forgetting(QUANTITY, PENDING).answering(LINE, line_id=line.id, claims=())


def _take_quantity(talk: Talk, content: Filled, target: TargetView, step: str, text: str) -> Filled:
    quantity = read_quantity(text, target.decimals)
    registration.check_quantity(target, quantity, talk.today)
    claims = content.with_claim(Claim(target_id=target.id, quantity=quantity))
    return content.forgetting(f"{PENDING}.{target.id}").answering(step, claims=claims)


def _take_pending(talk: Talk, content: Filled, target: TargetView, step: str, text: str) -> Filled:
    claim = content.claim(target.id)
    pending = read_quantity(text, target.decimals)
    if claim is None or pending > claim.quantity:
        raise Rejected("more_pending_than_done")
    return content.answering(step, claims=content.with_claim(claim.model_copy(update={"pending": pending})))


def _take_days(talk: Talk, content: Filled, text: str) -> Filled:
    starts_on, ends_on = read_days(text, talk.today)
    registration.check_days(talk.programmes, content.line_id or 0, starts_on, ends_on, talk.today)
    return content.answering(DAYS, starts_on=starts_on, ends_on=ends_on)


def _take_narrative(talk: Talk, content: Filled, text: str) -> Filled:
    registration.check_narrative(text)
    return content.answering(NARRATIVE, narrative=text)


def _take_people(talk: Talk, content: Filled, text: str) -> Filled:
    return content.answering(PEOPLE, people=read_participants(text))


def _take_place(talk: Talk, content: Filled, text: str) -> Filled:
    registration.check_place(text)
    return content.answering(PLACE, place=text)


def _take_documents(talk: Talk, content: Filled, text: str) -> Filled:
    return content.answering(DOCUMENTS, documents=registration.split_documents(text))
