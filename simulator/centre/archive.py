"""The records that the centre has accepted, each once, and its signed word for them."""

import sqlite3
from pathlib import Path

from firmware.clock import Clock
from firmware.outbox.disk import Disk, remove_all, rename_durably, write_durably
from firmware.records.plain import stamp
from firmware.sealing.centre_receipt import CentreReceipt
from firmware.sealing.manifest import MANIFEST_NAME, Manifest, ManifestMalformed, parse_manifest
from firmware.sealing.packet import file_name
from host_tools.sealed_record import Damage, RecordDamaged, check_record, open_record
from simulator.centre.keys import CentreKeys
from simulator.centre.uploads import Upload, Uploads


class RecordIncomplete(Exception):
    """Files of the record have not arrived whole. missing: their names."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"{len(missing)} files missing")
        self.missing = missing


class RecordUnacceptable(Exception):
    """The record will never be accepted. reason: a word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Archive:
    """One folder a record, `records/<record id>`, as a terminal's outbox holds it.

    The folder is durable before its row, and the row is what counts: a folder without one is made anew.
    """

    def __init__(
        self,
        folder: Path,
        database: sqlite3.Connection,
        disk: Disk,
        clock: Clock,
        keys: CentreKeys,
        uploads: Uploads,
    ) -> None:
        self._folder = folder
        self._database = database
        self._disk = disk
        self._clock = clock
        self._keys = keys
        self._uploads = uploads

    def accept(self, record_id: str, manifest_sha256: str) -> bytes:
        """The signed receipt of a record that has arrived; RecordIncomplete, RecordUnacceptable."""
        receipt = self._receipt_given(record_id, manifest_sha256)
        if receipt is None:
            files = self._files(record_id, manifest_sha256)
            self._store(record_id, files)
            receipt = self._give_receipt(record_id, manifest_sha256)
        self._uploads.clear(record_id)
        return receipt

    def folder_of(self, record_id: str) -> Path:
        """Where an accepted record lies."""
        return self._folder / record_id

    def __len__(self) -> int:
        """How many records the centre holds."""
        return int(self._database.execute("select count(*) from records").fetchone()[0])

    def __contains__(self, record_id: object) -> bool:
        row = self._database.execute("select 1 from records where record_id = ?", (record_id,)).fetchone()
        return row is not None

    def _receipt_given(self, record_id: str, manifest_sha256: str) -> bytes | None:
        find = "select manifest_sha256, receipt from records where record_id = ?"
        row = self._database.execute(find, (record_id,)).fetchone()
        if row is not None and row[0] != manifest_sha256:
            raise RecordUnacceptable("other_manifest")
        return None if row is None else row[1]

    def _files(self, record_id: str, manifest_sha256: str) -> dict[str, bytes]:
        """Every file of a record by its name, the manifest last."""
        upload = self._uploads.find(record_id, MANIFEST_NAME, manifest_sha256)
        if upload is None or not upload.is_whole:
            raise RecordIncomplete((MANIFEST_NAME,))
        written = self._uploads.contents(upload)
        packets = self._packets(record_id, _parsed(written))
        contents = {name: self._uploads.contents(packet) for name, packet in packets.items()}
        return {**contents, MANIFEST_NAME: written}

    def _packets(self, record_id: str, manifest: Manifest) -> dict[str, Upload]:
        if manifest.contents.record_id != record_id:
            raise RecordUnacceptable("other_record")
        if manifest.contents.device_key not in self._keys.terminals:
            raise RecordUnacceptable(Damage.DEVICE_UNKNOWN.name.lower())
        entries = {file_name(entry): entry for entry in manifest.contents.entries}
        found = {name: self._uploads.find(record_id, name, entry.sha256) for name, entry in entries.items()}
        whole = {name: upload for name, upload in found.items() if upload is not None and upload.is_whole}
        if len(whole) < len(found):
            raise RecordIncomplete(tuple(name for name in found if name not in whole))
        return whole

    def _store(self, record_id: str, files: dict[str, bytes]) -> None:
        """Put a record into its folder, once it has been opened there: what cannot be opened is no record."""
        partial = self._folder / f"{record_id}.partial"
        for leftover in (partial, self.folder_of(record_id)):
            if leftover.exists():
                remove_all(self._disk, leftover)
        self._disk.make_folder(partial)
        for name, contents in files.items():
            write_durably(self._disk, partial / name, contents)
        try:
            open_record(check_record(partial), self._keys.private)
        except RecordDamaged as error:
            remove_all(self._disk, partial)
            raise RecordUnacceptable(error.damage.name.lower()) from error
        rename_durably(self._disk, partial, self.folder_of(record_id))

    def _give_receipt(self, record_id: str, manifest_sha256: str) -> bytes:
        now = stamp(self._clock.now())
        receipt = CentreReceipt(record_id, manifest_sha256, now, self._keys.key_id)
        signed = receipt.encode(self._keys.signing.sign(receipt.signed_bytes()))
        self._database.execute("insert into records values (?, ?, ?)", (record_id, manifest_sha256, signed))
        return signed


def _parsed(data: bytes) -> Manifest:
    try:
        return parse_manifest(data)
    except ManifestMalformed as error:
        raise RecordUnacceptable(Damage.MANIFEST_MALFORMED.name.lower()) from error
