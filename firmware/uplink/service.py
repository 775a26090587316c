"""The uplink put together, and its life: rounds until it is stopped."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from firmware.clock import Clock
from firmware.outbox.disk import Disk
from firmware.outbox.store import Store
from firmware.records.refusal import SaveRefused
from firmware.sealing.keys import load_centre_key
from firmware.uplink.link import Link, LinkLost
from firmware.uplink.notes import Notes
from firmware.uplink.pace import BackOff, ChunkSize
from firmware.uplink.returned import fetch_returned, keep_returned
from firmware.uplink.sender import Sender
from firmware.uplink.settings import UplinkSettings
from firmware.uplink.tus import Tus
from firmware.uplink.uploader import Line, Uploader

_log = logging.getLogger(__name__)

OWN_FOLDER = "uplink"
RETURNED_EVERY_S = 900.0  # a returned record waits for its person anyway


@dataclass(frozen=True, slots=True)
class Host:
    """What the uplink runs on: time, disk, chance, and the terminal's state folder."""

    clock: Clock
    disk: Disk
    random_bytes: Callable[[int], bytes]
    state: Path

    def centre_key(self) -> Ed25519PublicKey:
        """The centre's key of this moment, since keys may be replaced while the uplink runs."""
        try:
            return load_centre_key(self.state / "keys").signing_key
        except SaveRefused as refused:
            raise LinkLost("no key of the centre") from refused


def make_uploader(host: Host, settings: UplinkSettings, link: Link) -> Uploader:
    """An uploader over the state folder of `host`, with its own notes below it."""
    store = Store(host.state)
    for folder in (store.receipts, store.returned):
        if not folder.is_dir():
            host.disk.make_folder(folder)
    notes = Notes(host.state / OWN_FOLDER, host.disk)
    sender = Sender(Tus(link), notes, ChunkSize(settings.chunk), host.clock)
    back_off = BackOff(settings.back_off, host.random_bytes)
    return Uploader(store, host.disk, notes, Line(link, sender, back_off, host.centre_key), host.clock)


async def keep_uploading(host: Host, settings: UplinkSettings, http: httpx.AsyncClient) -> None:
    """Round after round, for ever; a disk that fails is asked again in the next round."""
    link = Link(http)
    uploader = make_uploader(host, settings, link)
    last, asked_s = Counter[str](), -RETURNED_EVERY_S
    while True:
        tally = await _guarded(uploader)
        if tally != last:
            _log.info("records: %s", ", ".join(f"{way} {count}" for way, count in sorted(tally.items())))
        last = tally
        if host.clock.elapsed_s() - asked_s >= RETURNED_EVERY_S:
            asked_s = host.clock.elapsed_s()
            await ask_for_returned(host, link)
        await host.clock.sleep(settings.poll_s)


async def ask_for_returned(host: Host, link: Link) -> None:
    """Keep what the centre sent back; without an answer the notices stay as they are."""
    try:
        notices = await fetch_returned(link, host.centre_key())
        keep_returned(host.disk, Store(host.state).returned, notices)
    except LinkLost as lost:
        _log.debug("returned records: %s", lost)
    except OSError as error:
        _log.warning("the disk says %s", error.errno)


async def _guarded(uploader: Uploader) -> Counter[str]:
    try:
        return await uploader.round()
    except OSError as error:
        _log.warning("the disk says %s", error.errno)
        return Counter(disk_fault=1)
