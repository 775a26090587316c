"""One open visit on the disk, until it is committed to the outbox or abandoned."""

from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from firmware.outbox.disk import Disk, remove_all, rename_durably, write_durably
from firmware.outbox.outcome import EarlyEnd, checked_visit_id
from firmware.outbox.store import Store, refusing
from firmware.records.refusal import SaveRefused
from firmware.sealing.manifest import MANIFEST_NAME


@dataclass(frozen=True, slots=True)
class VisitFolder:
    """The folder of a visit; every change is durable when the call returns, else SaveRefused."""

    store: Store
    disk: Disk
    visit_id: str

    @property
    def path(self) -> Path:
        """Where the visit's packets are until it is committed."""
        return self.store.visits / self.visit_id

    def keep(self, name: str, data: bytes) -> None:
        """Put a sealed packet into the folder, in place of one with the same name."""
        with refusing():
            write_durably(self.disk, self.path / name, data)

    def keep_only(self, names: AbstractSet[str]) -> None:
        """Remove everything else: packets of samples that were taken again, and rests of refused saves."""
        with refusing():
            others = [entry for entry in self.path.iterdir() if entry.name not in names]
            for entry in others:
                remove_all(self.disk, entry)
            if others:
                self.disk.sync_folder(self.path)

    def commit(self, record_id: str, manifest: bytes) -> Path:
        """Make the visit a record of the outbox; renaming its folder is the one moment of commitment."""
        saved = self.store.outbox / record_id
        try:
            self.keep(MANIFEST_NAME, manifest)
            with refusing():
                rename_durably(self.disk, self.path, saved)
        except SaveRefused:
            self._remove_manifest()
            raise
        return saved

    def _remove_manifest(self) -> None:
        """Take back what carries the key; the broken disk may not let us, then the next sweep does it."""
        with suppress(OSError):
            self.disk.remove(self.path / MANIFEST_NAME)
            self.disk.sync_folder(self.path)

    def abandon(self, outcome: EarlyEnd) -> None:
        """Remove the visit and leave its outcome, unless it has one already.

        The packets go first, which makes room on a full disk. The folder goes last: as long as it is there,
        the next sweep sees a visit that may want an outcome.
        """
        if outcome.visit_id != self.visit_id:
            raise ValueError("the outcome of another visit")
        self.keep_only(frozenset())
        file = self.store.outcomes / outcome.file_name
        with refusing():
            if not file.exists():
                write_durably(self.disk, file, outcome.encode())
            self.disk.remove(self.path)
            self.disk.sync_folder(self.store.visits)


def begin_visit(store: Store, disk: Disk, visit_id: str) -> VisitFolder:
    """A new, empty visit; when it is refused, no folder of it is left."""
    folder = VisitFolder(store, disk, checked_visit_id(visit_id))
    with refusing():
        store.lay_out(disk)
        disk.make_folder(folder.path)
        try:
            disk.sync_folder(store.visits)
        except OSError:
            disk.remove(folder.path)
            raise
    return folder
