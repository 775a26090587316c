"""Files on their way to the centre, kept in the pieces in which they arrive.

A piece is durable on the disk before its row counts it, and its row before anybody is told. A piece that no
row counts is written over by the next one that begins there.
"""

import hashlib
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from firmware.clock import Clock
from firmware.outbox.disk import Disk, remove_all, write_durably
from firmware.sealing.manifest import MANIFEST_NAME, MAX_MANIFEST_BYTES
from firmware.sealing.packet import MAX_PACKET_BYTES, checked_id

UPLOAD_ID_BYTES = 16
LIFETIME = timedelta(days=14)  # of an upload that nobody goes on with: two weeks without a link
MAX_OPEN_UPLOADS = 10_000  # some hundred records; a development centre needs no more at once

_NAME = re.compile(r"manifest\.json|record\.json\.sealed|[0-9]{4}-[a-z]{1,16}\.sealed", re.ASCII)
_FIND = "select * from uploads where record_id = ? and name = ? and sha256 = ?"
_GET = "select * from uploads where id = ?"
_BEGIN = "insert into uploads values (?, ?, ?, ?, ?, 0, ?)"
_COUNT = "update uploads set received = ?, expires_at = ? where id = ?"
_OPEN = "select count(*) from uploads where received < length"
_EXPIRE = "delete from uploads where expires_at <= ? and received < length"


class UploadUnknown(Exception):
    """There is no such upload."""


class UploadGone(Exception):
    """The upload was there and is not any more: nobody went on with it in time."""


class TooManyUploads(Exception):
    """The centre keeps no more unfinished files."""


class ContentsWrong(Exception):
    """The whole file is not the one that was announced; its upload is gone."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A file that somebody wants to send. sha256: of the whole, in hexadecimal digits; length: in bytes."""

    record_id: str
    name: str
    sha256: str
    length: int

    def __post_init__(self) -> None:
        checked_id(self.record_id)
        if len(checked_id(self.sha256)) != 64 or not _NAME.fullmatch(self.name) or self.length < 1:
            raise ValueError("no file of a record")

    @property
    def is_too_long(self) -> bool:
        """Whether no file of that name is ever so long."""
        return self.length > (MAX_MANIFEST_BYTES if self.name == MANIFEST_NAME else MAX_PACKET_BYTES)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has begun to arrive. received: bytes, from its beginning, that outlast a power cut."""

    upload_id: str
    announced: Announced
    received: int
    expires_at: datetime

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.received == self.announced.length


class Uploads:
    """All files that have begun to arrive, below one folder."""

    def __init__(
        self,
        folder: Path,
        database: sqlite3.Connection,
        disk: Disk,
        clock: Clock,
        random_bytes: Callable[[int], bytes],
    ) -> None:
        self._folder = folder
        self._database = database
        self._disk = disk
        self._clock = clock
        self._random_bytes = random_bytes

    def begin(self, announced: Announced) -> Upload:
        """The upload of that file: the one there is, or a new one."""
        there = self.find(announced.record_id, announced.name, announced.sha256)
        if there is not None and not self._is_over(there):
            return there
        if there is not None:
            self._forget(there)
        return self._begin_new(announced)

    def find(self, record_id: str, name: str, sha256: str) -> Upload | None:
        """The upload of that file, if it has begun."""
        row = self._database.execute(_FIND, (record_id, name, sha256)).fetchone()
        return None if row is None else _upload(row)

    def get(self, upload_id: str) -> Upload:
        """The upload with that id; UploadUnknown, UploadGone."""
        row = self._database.execute(_GET, (upload_id,)).fetchone()
        if row is None:
            raise UploadUnknown(upload_id)
        upload = _upload(row)
        if self._is_over(upload):
            raise UploadGone(upload_id)
        return upload

    def append(self, upload: Upload, piece: bytes) -> Upload:
        """The upload with a piece more, which is durable on return; ContentsWrong after a wrong last one."""
        received = upload.received + len(piece)
        if received == upload.announced.length:
            self._check_whole(upload, piece)
        write_durably(self._disk, self._piece(upload, upload.received), piece)
        self._database.execute(_COUNT, (received, self._expiry_s(), upload.upload_id))
        return self.get(upload.upload_id)

    def contents(self, upload: Upload) -> bytes:
        """Everything of a file that has been received."""
        pieces, end = list[bytes](), 0
        while end < upload.received:
            pieces.append(self._piece(upload, end).read_bytes())
            end += len(pieces[-1])
        return b"".join(pieces)

    def clear(self, record_id: str) -> None:
        """Remove the pieces of a record that is stored elsewhere; its uploads stay known as whole."""
        rows = self._database.execute("select id from uploads where record_id = ?", (record_id,))
        for (upload_id,) in rows.fetchall():
            self._remove_folder(self._folder / str(upload_id))

    def sweep(self) -> None:
        """Remove what expired and what a crash left before its row."""
        self._database.execute(_EXPIRE, (int(self._clock.now().timestamp()),))
        known = {upload_id for (upload_id,) in self._database.execute("select id from uploads")}
        for folder in list(self._folder.iterdir()):
            if folder.name not in known:
                self._remove_folder(folder)

    def _begin_new(self, announced: Announced) -> Upload:
        if self._database.execute(_OPEN).fetchone()[0] >= MAX_OPEN_UPLOADS:
            raise TooManyUploads
        upload_id = self._random_bytes(UPLOAD_ID_BYTES).hex()
        self._disk.make_folder(self._folder / upload_id)
        self._disk.sync_folder(self._folder)
        row = (upload_id, announced.record_id, announced.name, announced.sha256, announced.length)
        self._database.execute(_BEGIN, (*row, self._expiry_s()))
        return self.get(upload_id)

    def _check_whole(self, upload: Upload, last: bytes) -> None:
        digest = hashlib.sha256(self.contents(upload) + last).hexdigest()
        if digest != upload.announced.sha256:
            self._forget(upload)
            raise ContentsWrong(upload.upload_id)

    def _forget(self, upload: Upload) -> None:
        self._database.execute("delete from uploads where id = ?", (upload.upload_id,))
        self._remove_folder(self._folder / upload.upload_id)

    def _remove_folder(self, folder: Path) -> None:
        if folder.exists():
            remove_all(self._disk, folder)

    def _piece(self, upload: Upload, begin: int) -> Path:
        return self._folder / upload.upload_id / f"{begin:010d}"

    def _expiry_s(self) -> int:
        return int((self._clock.now() + LIFETIME).timestamp())

    def _is_over(self, upload: Upload) -> bool:
        return not upload.is_whole and upload.expires_at <= self._clock.now()


def _upload(row: tuple[str, str, str, str, int, int, int]) -> Upload:
    upload_id, record_id, name, sha256, length, received, expires_s = row
    announced = Announced(record_id, name, sha256, length)
    return Upload(upload_id, announced, received, datetime.fromtimestamp(expires_s, UTC))
