"""Confirms or cancels a card, and waits until that is seen."""

import re

from tests.support.persistent_people.answering import ANSWERS, card
from tests.support.persistent_people.persistent_person import Persistent, says
from tests.support.persistent_people.work import Work


async def decide(person: Persistent, work: Work) -> None:
    """Tap ✅ in four cases of five, else ✖️."""
    if person.rng.random() < 0.2:
        await person.until(person.on_tapped("Captura cancelada"), person.tapping((card(work), "✖️"), *ANSWERS))
        return
    registered = says("Registrada con el n.º", work.named)
    work.registered = await person.until(registered, person.tapping((card(work), "✅"), *ANSWERS))
    found = re.search(r"n\.º (\d+)", work.registered.text)
    assert found is not None, work.registered
    work.number = int(found[1])
