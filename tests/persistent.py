"""A person who captures on and on, whatever happens to the bot.

They look at their newest message and do what it asks. If nothing comes of it for a while they look again and
go on from there, which may well be the same tap once more.
"""

import random
import re
from dataclasses import dataclass, field

from tests.phone import Message, Phone

PATIENCE = 1.5  # seconds without any reaction before a person looks again

# What the newest message says, and what is done about it; the first that fits.
_TAPS = (
    ("línea de acción", "1 · "),
    ("sigue pendiente?", "Ninguno"),
    ("Toque o escriba el número", "1"),
    ("¿Qué día fue?", "Ayer"),
    ("¿Quiénes participaron?", "Sin participantes"),
    ("¿En qué lugar fue?", "Sin lugar"),
    ("oficio o memorándum", "Sin oficios"),
)
_OVER = ("ya quedó registrada", "ya estaba cancelada", "ya estaba deshecha")
_NARRATIVE = re.compile(r"«(sesión [^»]+)»")


@dataclass
class Record:
    """What one person knows of their activities, by narrative."""

    confirmed: set[str] = field(default_factory=set)  # tapped ✅
    cancelled: set[str] = field(default_factory=set)  # tapped ✖️ instead
    seen_registered: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)  # tapped «Deshacer»
    repeated: int = 0  # how often nothing came


class Persistent:
    """`live` until told to stop; then `finish` what was begun, so that the last action has its answer."""

    def __init__(self, phone: Phone, rng: random.Random) -> None:
        self.phone, self.record = phone, Record()
        self._rng, self._begun = rng, 0
        self._stopping = self._over = False

    def stop(self) -> None:
        """After the next answer."""
        self._stopping = True

    async def live(self) -> None:
        """Act, and wait for what comes of it; returns when the last action after `stop` was answered."""
        while True:
            await self._act()
            reaction = await self.phone.reaction(PATIENCE)
            self.record.repeated += reaction is None
            self._over = reaction is not None and any(words in reaction for words in _OVER)
            self._see(await self.phone.last())
            if reaction is not None and self._stopping:
                return

    async def _act(self) -> None:
        newest = await self.phone.last()
        self._see(newest)
        if self._over:
            await self.phone.send("/registrar")
        elif "Cuénteme en un mensaje" in newest.text:
            self._begun += 1
            await self.phone.send(f"sesión {self.phone.user_id}-{self._begun}")
        elif "Por registrar" in newest.text:
            await self._decide(newest)
        elif "Registrada" in newest.text and newest.rows and self._rng.random() < 0.25:
            self.record.undone.add(_narrative(newest))
            await self.phone.tap("↩️ Deshacer", newest)
        else:
            label = next((label for words, label in _TAPS if words in newest.text), None)
            if label is not None and newest.rows:
                await self.phone.tap(label, newest)
            else:
                await self.phone.send("/registrar")

    async def _decide(self, card: Message) -> None:
        """✅ or ✖️; who waits in vain taps the same again."""
        narrative = _narrative(card)
        if narrative not in self.record.confirmed | self.record.cancelled:
            chosen = self.record.cancelled if self._rng.random() < 0.2 else self.record.confirmed
            chosen.add(narrative)
        await self.phone.tap("✅" if narrative in self.record.confirmed else "✖️", card)

    def _see(self, message: Message) -> None:
        if "Registrada con" in message.text:
            self.record.seen_registered.add(_narrative(message))


def _narrative(message: Message) -> str:
    found = _NARRATIVE.search(message.text)
    assert found is not None, message
    return found[1]
