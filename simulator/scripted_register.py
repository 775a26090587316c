"""A population register that answers as a scenario says, without anything between it and the terminal."""

import asyncio
from dataclasses import replace

from firmware.records.claimed import Sex
from firmware.records.registered import LookUpRefused, RegisterEntry, RegisterSilent
from simulator.people.facts import Facts

ANSWER_S, SILENCE_S = 0.4, 5.0
OTHER_NAME = "Nguyễn Văn Khác"


class ScriptedRegister:
    """A firmware.records.registered.Register that knows one person.

    answer: found, changed (under another name), absent, failed or silent.
    """

    def __init__(self, facts: Facts, answer: str) -> None:
        self._entry = RegisterEntry(
            number=facts.number,
            name=facts.name,
            birth=facts.birth_date.isoformat(),
            sex=Sex(facts.sex.value),
            version="scripted",
        )
        self._answer = answer

    async def entry_of(self, number: str) -> RegisterEntry | None:
        """What the scenario says; nobody under another number."""
        await asyncio.sleep(SILENCE_S if self._answer == "silent" else ANSWER_S)
        match self._answer:
            case "silent":
                raise RegisterSilent("no answer")
            case "failed":
                raise LookUpRefused("the register is being maintained")
            case "changed" if number == self._entry.number:
                return replace(self._entry, name=OTHER_NAME)
            case "found" if number == self._entry.number:
                return self._entry
            case _:
                return None
