"""What a visit may do with its data: keep it sealed, save it whole, or leave nothing of it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from firmware.clock import Clock
from firmware.outbox.disk import Disk, PosixDisk
from firmware.outbox.outcome import EarlyEnd
from firmware.outbox.store import Store, refusing
from firmware.outbox.visit_folder import VisitFolder, begin_visit
from firmware.records.document import record_document
from firmware.records.plain import stamp
from firmware.records.problem import Problem, ProblemKind
from firmware.records.problems import problems
from firmware.records.record import EnrolmentRecord, Part, part_of
from firmware.records.refusal import Refusal, SaveRefused
from firmware.records.samples import Artefact
from firmware.sealing.canonical import canonical_json
from firmware.sealing.contents import artefact_contents
from firmware.sealing.keys import KeyRing
from firmware.sealing.manifest import ManifestContents, ManifestEntry, entry_of
from firmware.sealing.packet import SUITE, ContentType, Kind, PacketHeader, file_name
from firmware.sealing.seal import KEY_BYTES, VisitKey, sign_manifest

ID_BYTES = 16
FREE_TO_BEGIN_BYTES = 64 << 20  # ten lossless records of 6 MB
FREE_TO_SAVE_BYTES = 4 << 20  # record and manifest take some kB; the rest is for the system


@dataclass(frozen=True, slots=True)
class SavedRecord:
    """A record that is whole in the outbox and outlasts a power cut."""

    record_id: str
    folder: Path


class VisitOutOfOrder(Exception):
    """A vault was asked for something that its visit does not allow now: a bug."""


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """An artefact and the packet it lies in."""

    artefact: Artefact
    entry: ManifestEntry


@dataclass(slots=True, eq=False)
class _OpenVisit:
    """A visit between begin and its end. sequence: the last number given to a packet."""

    folder: VisitFolder
    record_id: str
    key: VisitKey
    kept: dict[Part, _Kept] = field(default_factory=dict[Part, _Kept])
    sequence: int = 0


def free_bytes_of(path: Path) -> int:
    """How much an ordinary user may still write where `path` is."""
    return shutil.disk_usage(path).free


class VisitVault:
    """Seals what one visit at a time collects. All calls may block on the disk.

    A call waits for the one before it: a cancelled task leaves its job running in a thread, and nobody may
    abandon a visit whose save is under way.
    """

    def __init__(
        self,
        state: Path,
        keys: KeyRing,
        clock: Clock,
        random_bytes: Callable[[int], bytes],
        free_bytes: Callable[[Path], int] = free_bytes_of,
        disk: Disk | None = None,
    ) -> None:
        self._store = Store(state)
        self._keys = keys
        self._clock = clock
        self._random_bytes = random_bytes
        self._free_bytes = free_bytes
        self._disk: Disk = PosixDisk() if disk is None else disk
        self._visit: _OpenVisit | None = None
        self._saved: SavedRecord | None = None
        self._one_call = Lock()

    def begin(self, visit_id: str) -> str:
        """Open a visit under a fresh key; the id for its record. SaveRefused when it could not be saved."""
        with self._one_call:
            if self._visit is not None:
                raise VisitOutOfOrder("a visit is open")
            self._check_conditions(FREE_TO_BEGIN_BYTES)
            folder = begin_visit(self._store, self._disk, visit_id)
            key = VisitKey(bytearray(self._random_bytes(KEY_BYTES)))
            self._visit = _OpenVisit(folder, self._random_bytes(ID_BYTES).hex(), key)
            self._saved = None
            return self._visit.record_id

    def keep(self, artefact: Artefact) -> None:
        """Seal an artefact at once; a later one of the same part takes its place."""
        with self._one_call:
            visit = self._opened()
            entry = self._write(visit, Kind(artefact.modality.value), artefact_contents(artefact))
            visit.kept[part_of(artefact)] = _Kept(artefact, entry)
            visit.folder.keep_only({file_name(kept.entry) for kept in visit.kept.values()})

    def save(self, record: EnrolmentRecord) -> SavedRecord:
        """Commit the visit as `record` and forget its key.

        SaveRefused leaves the visit open and nothing in the outbox: it may be saved again, or abandoned.
        """
        with self._one_call:
            visit = self._opened()
            self._check_conditions(FREE_TO_SAVE_BYTES)
            found = (*problems(record), *_unsealed(record, visit))
            if found:
                raise SaveRefused(Refusal.INVALID_RECORD, found)
            folder = visit.folder.commit(record.record_id, self._manifest(visit, record))
            self._saved = SavedRecord(record.record_id, folder)
            self._forget()
            return self._saved

    def abandon(self, outcome: EarlyEnd) -> SavedRecord | None:
        """End the visit without a record: forget its key, remove its packets, leave `outcome`.

        A visit that has been saved already stays as it is, and its record is the answer.
        SaveRefused when the disk does not let it: then the next sweep does it.
        """
        with self._one_call:
            visit = self._visit
            if visit is None:
                return self._saved
            self._forget()
            visit.folder.abandon(outcome)
            return None

    def close(self) -> None:
        """Forget the key; what was not saved can be opened by nobody, and the next sweep removes it."""
        with self._one_call:
            self._forget()

    def _forget(self) -> None:
        if self._visit is not None:
            self._visit.key.wipe()
            self._visit = None

    def _opened(self) -> _OpenVisit:
        if self._visit is None:
            raise VisitOutOfOrder("no visit is open")
        return self._visit

    def _check_conditions(self, needed_bytes: int) -> None:
        self._keys.check(self._clock.now())
        with refusing():
            free = self._free_bytes(self._store.state)
        if free < needed_bytes:
            raise SaveRefused(Refusal.DISK_FULL)

    def _write(self, visit: _OpenVisit, kind: Kind, contents: bytes) -> ManifestEntry:
        visit.sequence += 1  # before writing: a number is used once, also when the disk refuses
        header = self._header(visit, kind)
        sealed = visit.key.seal(header, contents).encode()
        visit.folder.keep(file_name(header), sealed)
        return entry_of(header, sealed)

    def _header(self, visit: _OpenVisit, kind: Kind) -> PacketHeader:
        return PacketHeader(
            record_id=visit.record_id,
            artefact_id=self._random_bytes(ID_BYTES).hex(),
            kind=kind,
            sequence=visit.sequence,
            suite=SUITE,
            created=stamp(self._clock.now()),
            content_type=ContentType.RECORD if kind is Kind.RECORD else ContentType.ARTEFACT,
        )

    def _manifest(self, visit: _OpenVisit, record: EnrolmentRecord) -> bytes:
        """Seal the record itself, and state what belongs to it."""
        ids = {part.key: kept.entry.artefact_id for part, kept in visit.kept.items()}
        own = self._write(visit, Kind.RECORD, canonical_json(record_document(record, ids)))
        artefacts = sorted((kept.entry for kept in visit.kept.values()), key=lambda entry: entry.sequence)
        entries = (*artefacts, own)
        visit.folder.keep_only({file_name(entry) for entry in entries})
        contents = ManifestContents(
            record_id=visit.record_id,
            created=stamp(self._clock.now()),
            centre_key_id=self._keys.centre.key_id,
            device_key=self._keys.device_public_key,
            entries=entries,
        )
        return sign_manifest(contents, visit.key, self._keys).encode()


def _unsealed(record: EnrolmentRecord, visit: _OpenVisit) -> tuple[Problem, ...]:
    """What stands in the record and was never sealed as it stands, and the other way round."""
    stated = {part_of(artefact): artefact for artefact in record.artefacts}
    parts = {*stated, *visit.kept}
    wrong = [part.key for part in parts if not _is_sealed(stated.get(part), visit.kept.get(part))]
    other = (Problem(ProblemKind.OTHER_VISIT),) if record.record_id != visit.record_id else ()
    return (*(Problem(ProblemKind.PART_NOT_SEALED, key) for key in sorted(wrong)), *other)


def _is_sealed(stated: Artefact | None, kept: _Kept | None) -> bool:
    return stated is not None and kept is not None and kept.artefact is stated
