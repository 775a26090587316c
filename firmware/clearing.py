"""When the booth removes what the centre has: before it invites, and while nobody is there."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from firmware.clock import Clock
from firmware.outbox.acknowledged import Cleared, clear_acknowledged
from firmware.outbox.disk import Disk
from firmware.records.refusal import SaveRefused
from firmware.screen.view import View
from firmware.visit.dialogue import Watch
from firmware.visit.phases import Phase
from firmware.workers import ImageWorkers, JobKind

_log = logging.getLogger(__name__)

CLEAR_EVERY_S = 180.0


class Clearing:
    """Clears the outbox, never while somebody is served: it is a Watch that hears which phase it is."""

    def __init__(self, state: Path, disk: Disk, workers: ImageWorkers, clock: Clock, watch: Watch) -> None:
        self._clear = partial(clear_acknowledged, state, disk)
        self._workers = workers
        self._clock = clock
        self._watch = watch
        self._nobody_there = asyncio.Event()

    def saw(self, view: View) -> None:
        """Note whether anybody is served, and pass the view on."""
        if view.phase is Phase.ATTRACT:
            self._nobody_there.set()
        else:
            self._nobody_there.clear()
        self._watch.saw(view)

    async def once(self) -> None:
        """Clear now. A disk or key that does not let it keeps the records, and is told again by the visit."""
        try:
            cleared = await self._workers.run(JobKind.SEAL, self._clear)
        except SaveRefused as refusal:
            _log.warning("acknowledged records stay: %s", refusal.reason)
            return
        if cleared != Cleared():
            _log.info("outbox: %s", cleared)

    @asynccontextmanager
    async def meanwhile(self) -> AsyncGenerator[None]:
        """Clear again and again inside this context, whenever nobody is there."""
        task = asyncio.create_task(self._again_and_again())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _again_and_again(self) -> None:
        while True:
            await self._clock.sleep(CLEAR_EVERY_S)
            await self._nobody_there.wait()
            await self.once()
