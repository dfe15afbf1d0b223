"""How an activity begins: guided, written, with a caption, or with files alone."""

from tests.support.persistent_people import sending
from tests.support.persistent_people.answering import ANSWERS
from tests.support.persistent_people.persistent_person import Persistent, says
from tests.support.persistent_people.work import Work

VAGUE = "Hoy avanzamos en la {named} con todo el equipo de trabajo"
CLEAR = {  # understood without a question, by the unit's Telegram ids
    101: "Ayer, en la {named}, se firmaron 1 acta y 2 acuerdos, 2 por publicar",
    102: "En la {named} se firmaron 1 acta y 1 acuerdo, 1 por publicar",
    105: "En la {named} respondimos 2 solicitudes de acceso a la información",
    106: "Hoy, {named}: dimos 2 mantenimientos a equipos",
}


async def begin(person: Persistent, work: Work) -> None:
    """Begin the activity in a random way. The bot may still be about to ask something when this returns."""
    ways = (_guided, _written, _written, _captioned, _captioned, _files_first)
    await person.rng.choice(ways)(person, work)


async def _guided(person: Persistent, work: Work) -> None:
    await person.phone.send("/registrar")
    await person.until(says("Cuénteme en un mensaje"), person.tapping(*ANSWERS))
    await _tell(person, work, work.named)


async def _written(person: Persistent, work: Work) -> None:
    await _tell(person, work, _text(person, work))


async def _captioned(person: Persistent, work: Work) -> None:
    text = _text(person, work)
    work.parts.append(text)
    work.sent += await sending.send_some(person, caption=text)
    work.told = work.sent[0].message


async def _files_first(person: Persistent, work: Work) -> None:
    work.sent += await sending.send_some(person)
    if person.rng.random() < 0.5:
        await person.until(says("¿De qué actividad"))
    await _tell(person, work, _text(person, work))


async def _tell(person: Persistent, work: Work, text: str) -> None:
    work.parts.append(text)
    work.told = await person.phone.send(text)


def _text(person: Persistent, work: Work) -> str:
    clear = person.rng.random() < 0.7
    return (CLEAR[person.phone.user_id] if clear else VAGUE).format(named=work.named)
