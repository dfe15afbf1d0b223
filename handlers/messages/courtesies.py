"""Answers what is only polite: «hola», «gracias», «ok», 👍. What is open and not registered is said."""

from telegram.constants import ReactionEmoji

from handlers.chat import bursts
from handlers.chat.command_buttons import RunCommand
from handlers.chat.context import TurnContext
from handlers.chat.flows import OpenCards
from handlers.chat.keyboards import Keyboard, button
from handlers.messages import open_cards
from handlers.texts import courtesies as texts
from handlers.texts import help as help_texts
from handlers.texts.activities import opened
from handlers.texts.escaping import Html
from models.rights import Action
from spanish.reading.courtesy import Courtesy, courtesy_of


def answer(context: TurnContext, text: str) -> None:
    """Say one or two lines with a button: the open cards, where there are some, else what can be done."""
    answer_text = said(context, text)
    number = len(open_cards.held(context)) if context.member.may(Action.CAPTURE) else 0
    if courtesy_of(text) is Courtesy.THANKS:
        again = not number and not bursts.is_first(context, "thanks")
        context.react(ReactionEmoji.RED_HEART, otherwise=answer_text if again else None)
        if again:
            return  # thanked twice within minutes: the reaction answers
    if number:
        context.say(texts.with_open(answer_text, number), [[button(opened.SEE, OpenCards())]])
        return
    context.say(answer_text, ways_on(context))


def said(context: TurnContext, text: str) -> Html:
    """Return the answer alone, in at most two lines."""
    kind = courtesy_of(text) or Courtesy.AGREED
    local = context.said_at.astimezone(context.zone)
    return texts.said(kind, context.member.name, local.hour, context.member.may(Action.CAPTURE))


def ways_on(context: TurnContext) -> Keyboard:
    """Return what the person can do next: register or see the calendar, see the progress, get help."""
    if context.member.may(Action.CAPTURE):
        first = [button(help_texts.CAPTURE, RunCommand("registrar"))]
    else:
        first = [button(help_texts.CALENDAR, RunCommand("calendario"))]
    progress = button(help_texts.how_goes(None), RunCommand("avance"))
    return [first, [progress, button(help_texts.HELP, RunCommand("help"))]]
