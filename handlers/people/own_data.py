"""`/misdatos`: sends a person what is stored about them, as a text file."""

import base64
import json
from datetime import date, datetime
from enum import Enum
from typing import Any

from handlers.chat.context import TurnContext
from handlers.chat.conversations import Command, Conversation
from handlers.texts.people import own_data as labels
from handlers.texts.people import privacy as texts
from models.people import own_data
from models.programme.view import unit_name
from models.rights import Action
from spanish.writing import days


def send(context: TurnContext) -> None:
    """`/misdatos`: one file with every row, and how many messages are kept."""
    found = own_data.about(context.session, context.member.person_id)
    lines = [labels.head(context.member.name, context.now.astimezone(context.zone))]
    for each in found:
        lines += ["", f"{labels.TITLES.get(each.table, each.table)} ({len(each.rows)})"]
        lines += [f"- {_row(context, row)}" for row in each.rows]
    lines += ["", labels.messages(own_data.messages(context.session, context.member.person_id)), ""]
    content = base64.b64encode("\n".join(lines).encode()).decode()
    payload = {
        "document": {"base64": content, "name": texts.FILE},
        "caption": texts.sent(sum(len(each.rows) for each in found)),
    }
    context.tell("sendDocument", payload)


def _row(context: TurnContext, row: dict[str, Any]) -> str:
    return "; ".join(
        f"{labels.LABELS[name]}: {_value(context, name, value)}"
        for name, value in row.items()
        if value is not None and name in labels.LABELS
    )


def _value(context: TurnContext, name: str, value: Any) -> str:
    if name in labels.PEOPLE:
        return labels.YOU if value == context.member.person_id else labels.somebody(value)
    if name == "unit_id":
        return unit_name(context.session, value) or str(value)
    if name == "line_id":
        found = context.programmes.line(value)
        return labels.line(found[2].number, found[2].title) if found else str(value)
    if isinstance(value, datetime):
        local = value.astimezone(context.zone)
        return f"{days.day(local.date(), 0)}, {local:%H:%M}"
    if isinstance(value, date):
        return days.day(value, 0)
    if isinstance(value, bool):
        return labels.YES if value else labels.NO
    if isinstance(value, Enum):
        return labels.WORDS.get(str(value.value), str(value.value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return labels.WORDS.get(value, value) if isinstance(value, str) else str(value)


CONVERSATION = Conversation(commands=(Command("misdatos", Action.GET_HELP, send, texts.MENU_DATA),))
