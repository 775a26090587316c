"""Round after round: every record of the outbox to the centre, its receipt to `receipts/`."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from firmware.clock import Clock
from firmware.outbox.disk import Disk, read_regular, write_durably
from firmware.outbox.store import Store
from firmware.sealing.statement import MAX_STATEMENT_BYTES
from firmware.uplink.finishing import Missing, finish, is_receipt_for
from firmware.uplink.link import Link, LinkLost
from firmware.uplink.notes import Notes, SetAside
from firmware.uplink.pace import BackOff
from firmware.uplink.sender import Sender
from firmware.uplink.waiting import RecordUnusable, WaitingRecord, read_record, waiting_folders

_log = logging.getLogger(__name__)

TRIES_WITHOUT_PROGRESS = 3  # then the next record has its turn
FINISHES = 3  # how often a record may turn out to be incomplete at the centre


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """What one record's way to the centre takes. centre: the key that signs receipts, as it is now."""

    link: Link
    sender: Sender
    back_off: BackOff
    centre: Callable[[], Ed25519PublicKey]


class Uploader:
    """Sends what waits. It reads the outbox and writes receipts; it can delete no record."""

    def __init__(self, store: Store, disk: Disk, notes: Notes, line: Line, clock: Clock) -> None:
        self._store = store
        self._disk = disk
        self._notes = notes
        self._line = line
        self._clock = clock

    async def round(self) -> Counter[str]:
        """Give each waiting record its turn, oldest first; how many went which way.

        A record that cannot be sent is set aside with its reason, and one that does not get through has to
        let the next one pass.
        """
        folders = waiting_folders(self._store.outbox)
        self._tidy({folder.name for folder in folders})
        tally = Counter[str]()
        for folder in folders:
            tally[await self._turn(folder)] += 1
        return tally

    async def _turn(self, folder: Path) -> str:
        try:
            return await self._turn_of(folder)
        except RecordUnusable as unusable:
            return self._set_aside(folder.name, unusable.reason)
        except OSError as error:
            _log.warning("record %s: the disk says %s", folder.name, error.errno)
            return "disk_fault"

    async def _turn_of(self, folder: Path) -> str:
        why = self._notes.why_set_aside(folder.name)
        if why is not None and not why.is_due_at(self._clock.now()):
            return "set_aside"
        record = read_record(folder)
        if self._has_receipt(record):
            return "acknowledged"
        return await self._send_patiently(record)

    async def _send_patiently(self, record: WaitingRecord) -> str:
        tries = 0
        while tries < TRIES_WITHOUT_PROGRESS:
            accepted = self._line.sender.accepted
            try:
                return await self._send(record)
            except LinkLost as lost:
                has_moved = self._line.sender.accepted > accepted
                tries = 1 if has_moved else tries + 1
                await self._wait_after(lost, record, has_moved=has_moved)
        return "postponed"

    async def _wait_after(self, lost: LinkLost, record: WaitingRecord, *, has_moved: bool) -> None:
        if has_moved:
            self._line.back_off.worked()
        delay_s = self._line.back_off.failed_s()
        _log.debug("record %s: %s, again in %.1f s", record.record_id, lost, delay_s)
        await self._clock.sleep(delay_s)

    async def _send(self, record: WaitingRecord) -> str:
        for _ in range(FINISHES):
            await self._line.sender.send(record)
            outcome = await finish(self._line.link, record, self._line.centre())
            if not isinstance(outcome, Missing):
                return self._acknowledge(record, outcome)
            self._line.sender.forget(record, outcome.names)
        raise RecordUnusable("incomplete_at_the_centre")

    def _acknowledge(self, record: WaitingRecord, receipt: bytes) -> str:
        write_durably(self._disk, self._receipt_file(record.record_id), receipt)
        self._line.sender.is_over(record)
        self._line.back_off.worked()
        _log.info("record %s: acknowledged, %d files", record.record_id, len(record.files))
        return "sent"

    def _set_aside(self, record_id: str, reason: str) -> str:
        _log.warning("record %s: set aside, %s", record_id, reason)
        try:
            self._notes.set_aside(record_id, SetAside(reason, self._clock.now()))
        except OSError as error:
            _log.warning("record %s: the disk says %s", record_id, error.errno)
        return "set_aside"

    def _has_receipt(self, record: WaitingRecord) -> bool:
        try:
            data = read_regular(self._receipt_file(record.record_id), MAX_STATEMENT_BYTES)
        except OSError:
            return False
        return is_receipt_for(record, data, self._line.centre())

    def _receipt_file(self, record_id: str) -> Path:
        return self._store.receipts / f"{record_id}.json"

    def _tidy(self, waiting: set[str]) -> None:
        """Forget records that the booth has removed; it keeps their receipts itself."""
        self._notes.forget_all_but(waiting)
        for file in self._store.receipts.iterdir():
            if file.name.removesuffix(".json") not in waiting:
                self._disk.remove(file)
