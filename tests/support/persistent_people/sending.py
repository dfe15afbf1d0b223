"""Files that people send, and how they say which activity they belong to."""

import itertools

from tests.support.files.photographs import drawn
from tests.support.persistent_people.answering import ANSWERS, card
from tests.support.persistent_people.persistent_person import Persistent
from tests.support.persistent_people.work import Sent, Work
from tests.support.phones.phone import Message

_NUMBERS = itertools.count()  # makes each file's content unique
PROGRAM = b"MZ\x90\0\3\0\0\0" + bytes(600)


async def gather(person: Persistent, work: Work) -> None:
    """Send more while the card is open, or about to open."""
    ways = (_alone, _alone, _in_reply, _in_reply_to_card, _with_words, _as_part, _edited)
    for way in person.rng.sample(ways, person.rng.choice((0, 1, 1, 2))):
        await way(person, work)


async def send_some(
    person: Persistent,
    caption: str | None = None,
    reply_to: int | None = None,
    programs: bool = True,
    albums: bool = True,
) -> list[Sent]:
    """One to ten, the caption under the first. Without one it may be a place or, where there may be
    `programs`, one that passes for a picture. Of some albums the rest waits for `phone.arrive`."""
    phone, rng = person.phone, person.rng
    kind = rng.choice(("photo", "album", "papers", "paper", "paper") if albums else ("photo", "paper"))
    if caption is None and rng.random() < 0.25:
        kind = rng.choice(("twice", "place", "program" if programs else "place"))
    match kind:
        case "photo":
            return [Sent(await phone.send_photo(_picture(), caption, reply_to=reply_to))]
        case "twice":
            picture = _picture()
            return [Sent(await phone.send_photo(picture, reply_to=reply_to)) for _ in range(2)]
        case "place":
            return [Sent(await phone.send_location(16.75, -93.12, reply_to=reply_to))]
        case "program":
            content = PROGRAM + _paper()
            sent = await phone.send_file("foto.jpg", content, reply_to=reply_to)
            return [Sent(sent, content, program=True)]
        case "paper":
            content = _paper()
            return [Sent(await phone.send_file("oficio.pdf", content, caption, reply_to=reply_to), content)]
    return await _send_album(person, kind == "papers", caption, reply_to)


async def _send_album(
    person: Persistent, papers: bool, caption: str | None, reply_to: int | None
) -> list[Sent]:
    count = person.rng.randint(2, 10 if papers else 3)
    arrive = person.rng.choice((None, person.rng.randint(1, count - 1)))
    if not papers:
        pictures = [_picture() for _ in range(count)]
        posted = await person.phone.send_album(pictures, caption, reply_to=reply_to, arrive=arrive)
        return [Sent(each) for each in posted]
    files = [(f"oficio-{place}.pdf", _paper()) for place in range(count)]
    posted = await person.phone.send_album(files, caption, as_="document", reply_to=reply_to, arrive=arrive)
    return [Sent(each, content) for each, (_, content) in zip(posted, files, strict=True)]


def _picture() -> bytes:
    number = next(_NUMBERS)
    return drawn(40 + number % 400, 30 + number // 400)


def _paper() -> bytes:
    return f"%PDF-1.7\n{next(_NUMBERS)}".encode()


async def _alone(person: Persistent, work: Work) -> None:
    """Send files without words or a reply: they belong to the only open card."""
    work.sent += await send_some(person)


async def _in_reply(person: Persistent, work: Work) -> None:
    """Send files as a reply to the message that began the activity."""
    work.sent += await send_some(person, reply_to=_told(work).id)


async def _in_reply_to_card(person: Persistent, work: Work) -> None:
    work.sent += await send_some(person, reply_to=(await _card(person, work)).id)


async def _with_words(person: Persistent, work: Work) -> None:
    """Send words and files as a reply to the card: they belong to it, and nothing is asked."""
    shown, words = await _card(person, work), "Quedó constancia de lo anterior"
    work.sent += await send_some(person, words, reply_to=shown.id)
    work.parts.append(words)
    await _card(person, work, words)


async def _as_part(person: Persistent, work: Work) -> None:
    """Send a text soon after the card: the bot asks whether it is a part of it.

    An album with a caption never is.
    """
    await _card(person, work)
    words = "También se firmó la minuta por todos los presentes"
    if person.rng.random() < 0.5:
        await person.phone.send(words)
    else:
        work.sent += await send_some(person, words, albums=False)
    work.parts.append(words)
    await _card(person, work, words)


async def _edited(person: Persistent, work: Work) -> None:
    await _card(person, work)
    work.parts[0] += ", corregido"
    await person.phone.edit(_told(work), work.parts[0])
    await _card(person, work, work.parts[0])


async def _card(person: Persistent, work: Work, *words: str) -> Message:
    return await person.until(card(work, *words), person.tapping(*ANSWERS))


def _told(work: Work) -> Message:
    assert work.told is not None
    return work.told
