"""A terminal's state folder, an uplink over it, and a centre, all in this process."""

import hashlib
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from firmware.clock import Clock
from firmware.outbox.acknowledged import Cleared, clear_acknowledged
from firmware.outbox.disk import Disk, PosixDisk
from firmware.uplink.link import Link, open_http
from firmware.uplink.service import Host, make_uploader
from firmware.uplink.settings import BackOffLimits, ChunkLimits, Uplink, UplinkSettings
from firmware.uplink.uploader import Uploader
from simulator.virtual_time import VirtualClock
from tests.sealing_world import NOON, SMALL, Centre, make_vault, save_visit, seeded_bytes, write_centre_key
from tests.uplink.small_centre import SmallCentre

SETTINGS = UplinkSettings(
    base_url="http://127.0.0.1",
    poll_s=20.0,
    chunk=ChunkLimits(least_bytes=1 << 10, most_bytes=8 << 10, target_s=2.0),
    back_off=BackOffLimits(first_s=1.0, most_s=60.0),
)


@dataclass
class Ward:
    """One terminal whose booth has saved some records."""

    state: Path
    keys: Centre = field(default_factory=Centre)
    disk: Disk = field(default_factory=PosixDisk)
    clock: Clock = field(default_factory=lambda: VirtualClock(NOON))

    def __post_init__(self) -> None:
        write_centre_key(self.state / "keys", self.keys)
        self.centre = SmallCentre(self.keys.signing)

    def save(self, count: int = 1) -> tuple[str, ...]:
        """Save so many records, one after another; their ids."""
        have = len(self.waiting())
        made = (make_vault(self.state, self.keys, seed=have + number) for number in range(1, count + 1))
        return tuple(save_visit(vault, parts=SMALL).name for vault in made)

    def waiting(self) -> set[str]:
        """Ids of the records in the outbox."""
        outbox = self.state / "outbox"
        return {folder.name for folder in outbox.iterdir()} if outbox.is_dir() else set()

    def files(self, record_id: str) -> dict[str, bytes]:
        """The files of a record in the outbox."""
        return {path.name: path.read_bytes() for path in (self.state / "outbox" / record_id).iterdir()}

    def manifest_sha256(self, record_id: str) -> str:
        """What a receipt for that record has to state."""
        return hashlib.sha256(self.files(record_id)["manifest.json"]).hexdigest()

    def receipts(self) -> set[str]:
        """Ids for which there is a receipt of the uplink."""
        return {path.name.removesuffix(".json") for path in (self.state / "receipts").iterdir()}

    def clear(self) -> Cleared:
        """What the booth does while nobody is there."""
        return clear_acknowledged(self.state, self.disk)

    @asynccontextmanager
    async def uploader(self) -> AsyncGenerator[Uploader]:
        """An uplink that has just been started."""
        transport = httpx.ASGITransport(self.centre.app)
        host = Host(self.clock, self.disk, seeded_bytes(5), self.state)
        async with open_http(Uplink(SETTINGS, None), transport) as http:
            yield make_uploader(host, SETTINGS, Link(http))

    async def round(self) -> Counter[str]:
        """One round of an uplink that has just been started."""
        async with self.uploader() as uploader:
            return await uploader.round()
