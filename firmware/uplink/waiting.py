"""What the outbox holds, read and never changed: which records, which files, in which order they leave."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from firmware.outbox.disk import read_regular
from firmware.sealing.manifest import (
    MANIFEST_NAME,
    MAX_MANIFEST_BYTES,
    Manifest,
    ManifestMalformed,
    parse_manifest,
)
from firmware.sealing.packet import Kind, file_name

# A record that can be read without pictures comes first, and what takes longest comes last.
_ORDER = (Kind.RECORD, Kind.FINGERPRINT, Kind.PORTRAIT, Kind.IRIS)


class RecordUnusable(Exception):
    """A folder of the outbox that cannot be sent as it is. reason: a word of the program."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """One file of a record. sha256: in hexadecimal digits, as the manifest states it."""

    path: Path
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """Its name, here and at the centre."""
        return self.path.name

    def piece(self, offset: int, size: int) -> bytes:
        """At most `size` bytes from `offset`; RecordUnusable when they are not there."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                data = os.pread(descriptor, min(size, self.size - offset), offset)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise RecordUnusable("file_unreadable") from error
        if not data:
            raise RecordUnusable("file_shorter_than_stated")
        return data


@dataclass(frozen=True, slots=True)
class WaitingRecord:
    """A record to be sent. files: in the order in which they leave; manifest_sha256: of the manifest file."""

    record_id: str
    manifest_sha256: str
    files: tuple[WaitingFile, ...]


def waiting_folders(outbox: Path) -> tuple[Path, ...]:
    """The records of the outbox, oldest first; one that vanishes meanwhile was acknowledged."""
    if not outbox.is_dir():
        return ()
    aged: list[tuple[int, str, Path]] = []
    for folder in outbox.iterdir():
        try:
            aged.append(((folder / MANIFEST_NAME).stat().st_mtime_ns, folder.name, folder))
        except OSError:
            aged.append((0, folder.name, folder))
    return tuple(folder for *_, folder in sorted(aged))


def read_record(folder: Path) -> WaitingRecord:
    """The record in a folder of the outbox; RecordUnusable when its manifest is not to be read."""
    try:
        data = read_regular(folder / MANIFEST_NAME, MAX_MANIFEST_BYTES)
        manifest = parse_manifest(data)
    except OSError as error:
        raise RecordUnusable("manifest_unreadable") from error
    except ManifestMalformed as error:
        raise RecordUnusable("manifest_malformed") from error
    if manifest.contents.record_id != folder.name:
        raise RecordUnusable("manifest_of_another_record")
    digest = hashlib.sha256(data).hexdigest()
    own = WaitingFile(folder / MANIFEST_NAME, len(data), digest)
    return WaitingRecord(folder.name, digest, (own, *_packets(folder, manifest)))


def _packets(folder: Path, manifest: Manifest) -> tuple[WaitingFile, ...]:
    entries = sorted(manifest.contents.entries, key=lambda each: (_ORDER.index(each.kind), each.size))
    return tuple(WaitingFile(folder / file_name(each), each.size, each.sha256) for each in entries)
