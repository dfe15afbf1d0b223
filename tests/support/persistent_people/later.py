"""What people do about a registered activity: more files, corrections, withdrawals."""

from tests.support.persistent_people.answering import ANSWERS, card
from tests.support.persistent_people.persistent_person import Fits, Persistent, says
from tests.support.persistent_people.sending import send_some
from tests.support.persistent_people.work import Work


async def think_again(person: Persistent, work: Work) -> None:
    """Do at most two of these things; undo and withdraw come last, since nothing can be added then."""
    ways = [_reply, _reply, _choose_number, _correct, _edit]
    for way in person.rng.sample(ways, person.rng.choice((0, 1, 2))):
        await person.turn_over()
        await way(person, work)
    await person.phone.arrive()
    await person.turn_over()
    if person.rng.random() < 0.25:
        await person.rng.choice((_undo, _withdraw))(person, work)


async def _reply(person: Persistent, work: Work) -> None:
    """Send files as a reply to the registered card, or to the message that began it."""
    assert work.registered is not None and work.told is not None
    answered = person.rng.choice((work.registered, work.told))
    work.sent += await send_some(person, reply_to=answered.id)
    await person.until(says(f"es evidencia de la n.º {work.number}."))


async def _choose_number(person: Persistent, work: Work) -> None:
    """Send files alone: the bot asks which activity they belong to."""
    work.sent += await send_some(person, programs=False)
    await person.until(
        person.on_tapped(f"ya es evidencia de la n.º {work.number}."),
        person.tapping((says("¿De qué actividad"), f"n.º {work.number} · ")),
    )


async def _correct(person: Persistent, work: Work) -> None:
    """Correct the day to the day before yesterday, at times with more files; sometimes cancel that."""
    assert work.registered is not None
    opened, keeps = says(f"Corregir la n.º {work.number}"), person.rng.random() < 0.8
    await person.until(opened, person.tapping_on(work.registered, "✏️"))
    if person.rng.random() < 0.5:
        (work.sent if keeps else work.let_go).extend(await send_some(person))
    if not keeps:
        await person.until(person.on_tapped("Corrección cancelada"), person.tapping((opened, "✖️")))
        return
    moved = says(f"Corregir la n.º {work.number}", "→ lunes 18 de marzo")
    ways = ((moved, "✅"), (says("¿Qué día fue?"), "Antier"), (opened, "Día"))
    await person.until(_corrected(work), person.tapping(*ways))
    work.version += 1


async def _edit(person: Persistent, work: Work) -> None:
    """Edit the message that began it, and accept the correction that the bot offers."""
    assert work.told is not None
    work.parts[0] += ", revisado"
    await person.phone.edit(work.told, work.parts[0])
    offered = says(f"Corregir la n.º {work.number}")
    await person.until(_corrected(work), person.tapping((offered, "✅"), *ANSWERS))
    work.version += 1


async def _undo(person: Persistent, work: Work) -> None:
    assert work.registered is not None
    undone = person.on_tapped(f"La actividad n.º {work.number} quedó deshecha")
    await person.until(undone, person.tapping_on(work.registered, "↩️"))
    work.voided = work.given_back = True
    await person.until(person.on_tapped("Captura cancelada"), person.tapping((card(work), "✖️"), *ANSWERS))


async def _withdraw(person: Persistent, work: Work) -> None:
    await person.phone.send(f"/actividad_{work.number}")
    ways = (
        (says("¿Por qué se retira?"), "Duplicada"),
        (says(f"Actividad n.º {work.number}"), "🗑"),
    )
    await person.until(says(f"Retirada la n.º {work.number}:"), person.tapping(*ways))
    work.voided = True


def _corrected(work: Work) -> Fits:
    return says(f"Corregida la n.º {work.number}", f"versión {work.version + 1}")
