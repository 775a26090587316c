"""The way from a simulated terminal to a centre in the same process, which answers as a scenario says.

Booth's client, relay and register are the real ones; only sockets and network are missing.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from firmware.clock import Clock
from firmware.identity import load_site
from firmware.no_register import NoRegister
from firmware.records.claimed import Sex
from firmware.records.refusal import SaveRefused
from firmware.records.registered import Register, RegisterEntry
from firmware.register.sealed import SealedRegister
from firmware.sealing.keys import KeyRing, load_key_ring
from firmware.uplink.look_up import Forwarder
from simulator.centre.centre import Centre
from simulator.centre.faults import Faults
from simulator.centre.keys import load_centre_keys
from simulator.inline_workers import InlineWorkers
from simulator.people.facts import Facts

ANSWER_S, SILENCE_S = 0.4, 60.0
OTHER_NAME = "Nguyễn Văn Khác"
CENTRE = "http://centre"

_ANSWERS = Faults(only="/look-ups", delay_s=ANSWER_S)
_FAULTS = {
    "silent": replace(_ANSWERS, delay_s=SILENCE_S),
    "failed": replace(_ANSWERS, refuse_with=503),
}


@dataclass(frozen=True, slots=True)
class Ward:
    """A terminal and its centre, whose keys and data lie in `centre` beside the state folder.

    clock: the terminal's. true_clock: the centre's, which knows the date.
    """

    state: Path
    clock: Clock
    true_clock: Clock
    random_bytes: Callable[[int], bytes]

    def centre(self) -> Centre:
        """The centre; close it when done."""
        folder = self.state.parent / "centre"
        keys = load_centre_keys(folder)
        workers = InlineWorkers({})  # it is asked, and no record is sent to it
        return Centre(folder / "data", keys, self.true_clock, self.random_bytes, workers)

    def register(self, client: httpx.AsyncClient, keys: KeyRing) -> Register:
        """The register as the terminal asks it, over a relay that forwards to `client`."""
        terminal_id = load_site(self.state / "identity.toml").terminal_id
        carry = Forwarder(client, self.true_clock)
        return SealedRegister(carry, keys, terminal_id, self.clock, self.random_bytes)


@asynccontextmanager
async def scripted_register(ward: Ward, facts: Facts, answer: str) -> AsyncGenerator[Register]:
    """The register as the ward's terminal asks it.

    answer: found, changed (under another name), absent, failed or silent. It knows nobody but the person.
    """
    try:
        keys = load_key_ring(ward.state / "keys")
    except SaveRefused:
        yield NoRegister()
        return
    with closing(ward.centre()) as centre:
        tell(centre, facts, answer)
        async with httpx.AsyncClient(transport=centre.link(), base_url=CENTRE) as client:
            yield ward.register(client, keys)


def tell(centre: Centre, facts: Facts, answer: str) -> None:
    """Let the register know what the scenario wants it to know."""
    birth, sex = facts.birth_date.isoformat(), Sex(facts.sex.value)
    entry = RegisterEntry(facts.number, facts.name, birth, sex)
    centre.faults = _FAULTS.get(answer, _ANSWERS)
    if answer == "absent":
        centre.register.remove(facts.number)
    else:
        centre.register.put(replace(entry, name=OTHER_NAME) if answer == "changed" else entry)
