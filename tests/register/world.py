"""The booth's register client, the relay and a centre in one process, and a wire that remembers."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from firmware.records.claimed import Sex
from firmware.records.registered import RegisterEntry
from firmware.register.protocol import Reply
from firmware.register.sealed import SealedRegister
from firmware.uplink.look_up import Forwarder
from simulator.centre.centre import Centre
from simulator.centre.link import InProcessLink
from simulator.inline_workers import InlineWorkers
from simulator.virtual_time import VirtualClock
from tests.centre.world import CENTRE_KEYS, KEYS
from tests.sealing_world import NOON, seeded_bytes

NUMBER = "001190000123"
NAME = "Nguyễn Thị Thử Nghiệm"
PERSON = RegisterEntry(NUMBER, NAME, "1990-05-17", Sex.FEMALE)
CLOCK = VirtualClock(NOON)


@dataclass
class Wire:
    """A relay that keeps everything that passes it, in both directions."""

    forwarder: Forwarder
    seen: list[bytes] = field(default_factory=list[bytes])

    async def __call__(self, request: bytes) -> Reply:
        self.seen.append(request)
        reply = await self.forwarder(request)
        self.seen.append(reply.encode())
        return reply


@dataclass
class Ward:
    """A booth that can ask, and what it asks. link: is_up may be changed."""

    centre: Centre
    link: InProcessLink
    wire: Wire
    register: SealedRegister


@asynccontextmanager
async def ward(folder: Path) -> AsyncGenerator[Ward]:
    """A booth over a relay over a centre, without sockets; the register knows PERSON."""
    centre = Centre(folder, CENTRE_KEYS, CLOCK, seeded_bytes(3), InlineWorkers({}))
    centre.register.put(PERSON)
    link = centre.link()
    try:
        async with httpx.AsyncClient(transport=link, base_url="http://centre") as client:
            wire = Wire(Forwarder(client, CLOCK))
            register = SealedRegister(wire, KEYS.keys, "tram-17", CLOCK, seeded_bytes(4))
            yield Ward(centre, link, wire, register)
    finally:
        centre.close()
