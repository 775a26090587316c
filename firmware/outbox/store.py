"""The folders of the store, and its errors in the project's words."""

import errno
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from firmware.outbox.disk import Disk
from firmware.records.refusal import Refusal, SaveRefused

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Store:
    """The state folder. Only `outbox` and `receipts` are shared with the uplink."""

    state: Path

    @property
    def visits(self) -> Path:
        """Open visits: one folder each, which nobody can open until it is saved."""
        return self.state / "visits"

    @property
    def outbox(self) -> Path:
        """Saved records: one folder each."""
        return self.state / "outbox"

    @property
    def outcomes(self) -> Path:
        """How visits ended that did not end with a record: one small file each."""
        return self.state / "outcomes"

    @property
    def receipts(self) -> Path:
        """What the centre answered; written by the uplink."""
        return self.state / "receipts"

    def lay_out(self, disk: Disk) -> None:
        """Make the folders that are missing."""
        for folder in (self.visits, self.outbox, self.outcomes, self.receipts):
            if not folder.is_dir():
                disk.make_folder(folder)
        disk.sync_folder(self.state)


@contextmanager
def refusing() -> Generator[None]:
    """Turn what a disk raises into SaveRefused."""
    try:
        yield
    except OSError as error:
        reason = Refusal.DISK_FULL if error.errno in _FULL else Refusal.STORE_BROKEN
        raise SaveRefused(reason) from error
