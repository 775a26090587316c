"""The ward's link on the stage: a centre on loopback, the cable to it, and the uplink process."""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from firmware.clock import SystemClock
from firmware.screen.loopback import LOOPBACK
from firmware.screen.server import serving
from firmware.uplink.settings import SETTINGS_NAME
from firmware.workers import ThreadWorkers
from simulator.centre.centre import Centre
from simulator.centre.keys import load_centre_keys
from simulator.live.board import LOOK_UP_SOCKET, Places
from simulator.live.supervisor import Supervisor
from simulator.people.facts import Facts
from simulator.scripted_register import tell

_UPLINK = """base_url = "{base_url}"
poll_s = 2.0
chunk = {{ least_bytes = 32768, most_bytes = 262144, target_s = 4.0 }}
back_off = {{ first_s = 0.5, most_s = 5.0 }}
"""
_BAD_GATEWAY = 502  # to the uplink as good as no answer


class LinkCable:
    """A simulator.world.Plug between terminal and centre; pulled, the centre hears of nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._is_in = True

    def plug(self) -> None:
        """Put it back."""
        self._is_in = True

    def unplug(self) -> None:
        """Pull it."""
        self._is_in = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answering = self._app if self._is_in else PlainTextResponse("no link", _BAD_GATEWAY)
        await answering(scope, receive, send)


class WardLink:
    """The centre of the stage and the cable to it."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.cable = LinkCable(centre.app)

    def register(self, facts: Facts, answer: str) -> None:
        """Let the population register know who comes; answer: as scenarios have it."""
        tell(self.centre, facts, answer)

    @property
    def records(self) -> int:
        """How many records the centre holds."""
        return len(self.centre.archive)


@asynccontextmanager
async def ward_link(places: Places) -> AsyncGenerator[WardLink]:
    """A centre that serves, and an uplink that knows where, until the end of the block."""
    keys = load_centre_keys(places.centre)
    with (
        closing(ThreadWorkers(1)) as workers,
        closing(Centre(places.centre / "data", keys, SystemClock(), os.urandom, workers)) as centre,
    ):
        link = WardLink(centre)
        async with serving(link.cable, LOOPBACK, 0) as address, _uplink(places, address):
            yield link


@asynccontextmanager
async def _uplink(places: Places, base_url: str) -> AsyncGenerator[None]:
    """The process that talks to the network, started again whenever it ends."""
    (places.state / SETTINGS_NAME).write_text(_UPLINK.format(base_url=base_url), "utf-8")
    words = (str(places.state), "--look-ups", str(places[LOOK_UP_SOCKET]))
    command = (sys.executable, "-m", "firmware.uplink", *words)
    supervising = asyncio.create_task(Supervisor("uplink", command, os.environ).run())
    try:
        yield
    finally:
        supervising.cancel()
        await asyncio.gather(supervising, return_exceptions=True)
