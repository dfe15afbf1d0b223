"""A person who captures one activity after another."""

import random

from tests.support.persistent_people import beginning, deciding, later, sending
from tests.support.persistent_people.persistent_person import Persistent
from tests.support.persistent_people.work import Work
from tests.support.phones.phone import Phone


class Clerk:
    """`live` runs until told to stop; the current activity is then finished, so that none is left open."""

    def __init__(self, phone: Phone, rng: random.Random) -> None:
        self.phone = phone
        self.works: list[Work] = []
        self._rng = rng
        self._stopping = False

    def stop(self) -> None:
        self._stopping = True

    async def live(self) -> None:
        person = Persistent(self.phone, self._rng)
        while not self._stopping:
            await person.turn_over()
            work = Work(f"{self.phone.user_id}-{len(self.works) + 1}")
            self.works.append(work)
            await beginning.begin(person, work)
            await sending.gather(person, work)
            await deciding.decide(person, work)
            await self.phone.arrive()
            if work.registered is not None:
                await later.think_again(person, work)
