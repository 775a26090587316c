"""The files of one record, each continued where the centre stands."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from firmware.clock import Clock
from firmware.uplink.link import LinkLost
from firmware.uplink.notes import Notes
from firmware.uplink.pace import ChunkSize
from firmware.uplink.tus import Place, Setback, TooLarge, Tus
from firmware.uplink.waiting import RecordUnusable, WaitingFile, WaitingRecord

SETBACKS_IN_A_ROW = 5


@dataclass(frozen=True, slots=True)
class _Upload:
    """One file on its way. offset: how much of it the centre has."""

    record_id: str
    file: WaitingFile
    place: Place
    offset: int


class Sender:
    """Uploads files; after LinkLost it may be asked again and goes on where it was.

    accepted: how many pieces the centre has taken so far, for whoever wants to know whether anything moves.
    """

    def __init__(self, tus: Tus, notes: Notes, chunks: ChunkSize, clock: Clock) -> None:
        self.accepted = 0
        self._tus = tus
        self._notes = notes
        self._chunks = chunks
        self._clock = clock
        self._whole = set[tuple[str, str]]()

    async def send(self, record: WaitingRecord) -> None:
        """Upload what is not yet known to be at the centre."""
        for file in record.files:
            if (record.record_id, file.name) not in self._whole:
                await self._send_file(record.record_id, file)
                self._whole.add((record.record_id, file.name))

    def forget(self, record: WaitingRecord, names: Collection[str]) -> None:
        """These files are not at the centre after all: their uploads begin anew."""
        self._whole -= {(record.record_id, name) for name in names}
        places = self._notes.places(record.record_id)
        kept = {name: place for name, place in places.items() if name not in names}
        self._notes.remember(record.record_id, kept)

    def is_over(self, record: WaitingRecord) -> None:
        """The centre has acknowledged the record."""
        self._whole -= {(record.record_id, file.name) for file in record.files}

    async def _send_file(self, record_id: str, file: WaitingFile) -> None:
        upload = await self._resumed(record_id, file)
        setbacks = 0
        while upload.offset < file.size:
            outcome = await self._send_piece(upload)
            if isinstance(outcome, int):
                upload, setbacks = replace(upload, offset=outcome), 0
                continue
            setbacks += 1
            if setbacks == SETBACKS_IN_A_ROW:
                raise LinkLost(f"{setbacks} setbacks in a row")
            if outcome is not Setback.DAMAGED:
                upload = await self._resumed(record_id, file)

    async def _send_piece(self, upload: _Upload) -> int | Setback:
        piece = upload.file.piece(upload.offset, self._chunks.size)
        begun_s = self._clock.elapsed_s()
        try:
            outcome = await self._tus.append(upload.place, upload.offset, piece)
        except LinkLost:
            self._chunks.lost()
            raise
        if isinstance(outcome, int):
            self.accepted += 1
            self._chunks.arrived(len(piece), self._clock.elapsed_s() - begun_s)
        return outcome

    async def _resumed(self, record_id: str, file: WaitingFile) -> _Upload:
        """The upload where it can be continued, or a fresh one."""
        place = self._notes.places(record_id).get(file.name)
        if place is not None and not place.has_expired_at(self._clock.now()):
            offset = await self._tus.offset(place, file.size)
            if isinstance(offset, int):
                return _Upload(record_id, file, place, offset)
        return await self._begun(record_id, file)

    async def _begun(self, record_id: str, file: WaitingFile) -> _Upload:
        metadata = {"record_id": record_id, "name": file.name, "sha256": file.sha256}
        try:
            place, offset = await self._tus.create(file.size, metadata)
        except TooLarge as error:
            raise RecordUnusable("file_too_large") from error
        self._notes.remember(record_id, {**self._notes.places(record_id), file.name: place})
        return _Upload(record_id, file, place, offset)
