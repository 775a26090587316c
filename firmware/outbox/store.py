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
    """The state folder. The uplink reads `outbox` and writes `receipts` and `returned`."""

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

    @property
    def acknowledged(self) -> Path:
        """The centre's receipts for records that the booth has removed; the booth's own copies."""
        return self.state / "acknowledged"

    @property
    def leaving(self) -> Path:
        """Records with a receipt, on their way out: whatever is found here is removed."""
        return self.state / "leaving"

    @property
    def returned(self) -> Path:
        """What the centre sent back to be corrected; written by the uplink."""
        return self.state / "returned"

    def lay_out(self, disk: Disk) -> None:
        """Make the folders that are missing."""
        own = (self.visits, self.outbox, self.outcomes, self.acknowledged, self.leaving)
        for folder in (*own, self.receipts, self.returned):
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
