"""A week without a link, then one that drops every few seconds: everything arrives once, nothing is lost."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import numpy as np
import pytest

from firmware.clearing import Clearing
from firmware.outbox.vault import VisitVault
from firmware.screen.view import View
from firmware.uplink.link import open_http
from firmware.uplink.service import Host, keep_uploading
from firmware.uplink.settings import BackOffLimits, Uplink
from firmware.visit.phases import Phase
from firmware.workers import JobKind
from simulator.centre.centre import Centre
from simulator.inline_workers import InlineWorkers
from simulator.virtual_time import VirtualClock
from tests.centre.world import CENTRE_KEYS, KEYS
from tests.durability.watched_disk import Step, WatchedDisk
from tests.sealing_world import ADULT, NOON, save_visit, seeded_bytes, write_centre_key
from tests.uplink.dropping_link import DroppingLink
from tests.uplink.world import SETTINGS

pytestmark = pytest.mark.anyio

DAYS, VISITS = 7, 250
DAY_S = 86_400.0
BYTES_PER_S = 2_000.0  # 16 kbit/s: a record takes some seconds, so that a drop comes in the middle
BETWEEN_DROPS_S = 4.0
WEEK_SETTINGS = replace(SETTINGS, back_off=BackOffLimits(first_s=2.0, most_s=1800.0))


class ListeningToNobody:
    """A watch for a booth whose screen nobody sees."""

    def saw(self, view: View) -> None:
        """Let it pass."""


@dataclass
class Observer:
    """Looks at every change on the three disks. stored: how often the centre has stored each record."""

    state: Path
    stored: Counter[str] = field(default_factory=Counter[str])
    left: Counter[str] = field(default_factory=Counter[str])

    def booth(self, step: Step) -> None:
        """Nothing leaves the outbox that the centre does not hold and has not signed for."""
        if step.verb == "rename" and step.path.parent.name == "leaving":
            record_id = step.path.name
            assert self.stored[record_id] == 1
            assert (self.state / "receipts" / f"{record_id}.json").exists()
            assert (self.state / "acknowledged" / f"{record_id}.json").exists()
            self.left[record_id] += 1
        if step.verb == "remove":
            assert "outbox" not in step.path.parts

    def uplink(self, step: Step) -> None:
        """The uplink touches its own folders only."""
        assert step.path.relative_to(self.state).parts[0] in {"uplink", "receipts", "returned"}

    def centre(self, step: Step) -> None:
        """Count what is stored."""
        if step.verb == "rename" and step.path.parent.name == "records":
            self.stored[step.path.name] += 1


@dataclass
class Booth:
    """The booth's side of the week: visits, and clearing while nobody is there."""

    state: Path
    observer: Observer
    clock: VirtualClock
    saved: dict[str, dict[str, bytes]] = field(default_factory=dict[str, dict[str, bytes]])

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        """The booth, clearing its outbox every few minutes."""
        disk = WatchedDisk(before=self.observer.booth)
        workers = InlineWorkers({JobKind.SEAL: 0.03})
        clearing = Clearing(self.state, disk, workers, self.clock, ListeningToNobody())
        clearing.saw(View(Phase.ATTRACT, "attract"))
        async with clearing.meanwhile():
            yield

    async def serve(self, chance: np.random.Generator) -> None:
        """So many visits spread over the days, each with two to all of an adult's parts."""
        for number in range(VISITS):
            await self.clock.sleep(DAYS * DAY_S / VISITS)
            parts = ADULT[: chance.integers(2, 5)] if number % 25 else ADULT
            vault = VisitVault(self.state, KEYS.keys, self.clock, seeded_bytes(number), lambda _: 1 << 40)
            folder = save_visit(vault, f"visit-{number}", parts)
            self.saved[folder.name] = files_in(folder)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def watched_centre(folder: Path, clock: VirtualClock, observer: Observer) -> Centre:
    disk, workers = WatchedDisk(before=observer.centre), InlineWorkers({JobKind.IRIS: 0.05})
    return Centre(folder, CENTRE_KEYS, clock, seeded_bytes(9), workers, disk)


def everything_arrived(observer: Observer, booth: Booth, centre: Centre) -> bool:
    """Whether each record was stored once, left once, and is whole at the centre."""
    once = dict.fromkeys(booth.saved, 1)
    stored = {record_id: files_in(centre.archive.folder_of(record_id)) for record_id in booth.saved}
    return observer.stored == observer.left == once and stored == booth.saved


async def until_empty(folder: Path, clock: VirtualClock) -> None:
    """Wait, a week at most, until nothing is in `folder`."""
    async with asyncio.timeout(DAYS * DAY_S):
        while any(folder.iterdir()):
            await clock.sleep(60.0)


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_everything_arrives_once_over_a_link_that_drops_every_few_seconds(
    quick_folder: Path, record_testsuite_property: Callable[[str, object], None]
) -> None:
    state, clock, chance = quick_folder / "state", VirtualClock(NOON), np.random.default_rng(3)
    write_centre_key(state / "keys", KEYS)
    observer = Observer(state)
    booth = Booth(state, observer, clock)
    centre = watched_centre(quick_folder / "centre", clock, observer)
    link = DroppingLink(httpx.ASGITransport(centre.app), BYTES_PER_S, BETWEEN_DROPS_S, chance)
    link.is_up = False
    host = Host(clock, WatchedDisk(before=observer.uplink), seeded_bytes(4), state)
    begun_s = time.process_time()

    async with (
        booth.open(),
        open_http(Uplink(WEEK_SETTINGS, None), link) as http,
        asyncio.TaskGroup() as tasks,
    ):
        uplink = tasks.create_task(keep_uploading(host, WEEK_SETTINGS, http))
        await booth.serve(chance)
        assert {folder.name for folder in (state / "outbox").iterdir()} == booth.saved.keys()
        link.is_up = True
        await until_empty(state / "outbox", clock)
        uplink.cancel()

    assert everything_arrived(observer, booth, centre)
    assert link.drops > VISITS
    centre.close()
    record_testsuite_property("week_virtual_s", asyncio.get_running_loop().time())
    record_testsuite_property("week_cpu_s", time.process_time() - begun_s)
    record_testsuite_property("week_drops", link.drops)
