"""Where the next person is drawn before they are wanted: drawn late, they would hold up every device."""

import asyncio
from collections.abc import Callable

from firmware.records.samples import EyeSide, FingerPosition
from simulator.people.person import Person
from simulator.sitter import FACES


class WaitingRoom:
    """One person at a time, drawn in a thread; new ones take some seconds, known ones come from a cache."""

    def __init__(self, next_person: Callable[[], Person]) -> None:
        self._next_person = next_person
        self._coming: asyncio.Task[Person] | None = None

    def invite(self) -> asyncio.Task[Person]:
        """The person who comes next; from now on they are drawn."""
        if self._coming is None:
            self._coming = asyncio.create_task(asyncio.to_thread(drawn, self._next_person()))
        return self._coming

    async def call(self) -> Person:
        """The next person, as soon as they are ready; they leave the waiting room."""
        person = await asyncio.shield(self.invite())
        self._coming = None
        return person


def drawn(person: Person) -> Person:
    """The person, after everything that a device may see of them was looked at once."""
    for pose in FACES.values():
        person.portrait(pose)
    for position in FingerPosition:
        person.finger(position.value)
    for side in EyeSide:
        person.iris(side)
    return person
