"""A development centre in a test's folder, a record to send to it, and the plainest way of sending."""

import base64
import hashlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from firmware.outbox.disk import Disk
from firmware.sealing.manifest import MANIFEST_NAME
from firmware.workers import ImageWorkers, JobKind
from simulator.centre.centre import Centre
from simulator.centre.keys import CentreKeys
from simulator.inline_workers import InlineWorkers
from tests.sealing_world import Centre as BothKeys
from tests.sealing_world import SetClock, make_vault, save_visit, seeded_bytes

KEYS = BothKeys()
CENTRE_KEYS = CentreKeys("test-2026", KEYS.private, KEYS.signing, frozenset({KEYS.keys.device_public_key}))
TUS = {"Tus-Resumable": "1.0.0"}
PIECE_BYTES = 600  # so that a packet takes several


@contextmanager
def opened_centre(
    folder: Path,
    *,
    clock: SetClock | None = None,
    disk: Disk | None = None,
    seed: int = 3,
    workers: ImageWorkers | None = None,
) -> Generator[Centre]:
    """A centre over `folder` that knows the terminal of these tests."""
    clock = SetClock() if clock is None else clock
    workers = InlineWorkers({JobKind.IRIS: 0.05}) if workers is None else workers
    centre = Centre(folder, CENTRE_KEYS, clock, seeded_bytes(seed), workers, disk)
    try:
        yield centre
    finally:
        centre.close()


def client_of(centre: Centre) -> httpx.AsyncClient:
    """A client whose every request goes to `centre`."""
    return httpx.AsyncClient(transport=centre.link(), base_url="http://centre")


def saved_record(state: Path, keys: BothKeys = KEYS, seed: int = 1) -> Path:
    """The folder of an invented record in a terminal's outbox."""
    state.mkdir(parents=True)
    return save_visit(make_vault(state, keys, seed=seed))


def metadata(record_id: str, name: str, contents: bytes) -> str:
    """The announcement of a file, as tus spells it."""
    values = {"record_id": record_id, "name": name, "sha256": hashlib.sha256(contents).hexdigest()}
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def checksum(piece: bytes) -> str:
    """A piece's checksum, as tus spells it."""
    return "sha256 " + base64.b64encode(hashlib.sha256(piece).digest()).decode()


def piece_headers(offset: int, piece: bytes) -> dict[str, str]:
    """The headers of a piece."""
    return {
        **TUS,
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": str(offset),
        "Upload-Checksum": checksum(piece),
    }


@dataclass(frozen=True)
class Sender:
    """Sends the files of one record, and goes on where an upload ended."""

    client: httpx.AsyncClient
    folder: Path
    piece_bytes: int = PIECE_BYTES

    @property
    def names(self) -> list[str]:
        """The files of the record."""
        return sorted(path.name for path in self.folder.iterdir())

    async def begin(self, name: str) -> httpx.Response:
        """Announce a file."""
        contents = (self.folder / name).read_bytes()
        headers = {
            **TUS,
            "Upload-Length": str(len(contents)),
            "Upload-Metadata": metadata(self.folder.name, name, contents),
        }
        return await self.client.post("/uploads", headers=headers)

    async def offset(self, place: str) -> int:
        """How much of a file the centre says it has."""
        answer = await self.client.head(place, headers=TUS)
        assert answer.status_code == 200
        return int(answer.headers["Upload-Offset"])

    async def append(self, place: str, offset: int, piece: bytes) -> httpx.Response:
        """Send a piece."""
        return await self.client.patch(place, headers=piece_headers(offset, piece), content=piece)

    async def send(self, name: str) -> None:
        """Send what is missing of a file."""
        contents = (self.folder / name).read_bytes()
        place = (await self.begin(name)).headers["Location"]
        offset = await self.offset(place)
        while offset < len(contents):
            answer = await self.append(place, offset, contents[offset : offset + self.piece_bytes])
            assert answer.status_code == 204
            offset = int(answer.headers["Upload-Offset"])

    @property
    def wish(self) -> dict[str, str]:
        """What says for which manifest a receipt is wanted."""
        return {"manifest_sha256": hashlib.sha256((self.folder / MANIFEST_NAME).read_bytes()).hexdigest()}

    async def finish(self) -> httpx.Response:
        """Ask for the receipt."""
        return await self.client.post(f"/records/{self.folder.name}/finish", json=self.wish)

    async def send_all(self) -> httpx.Response:
        """Send the whole record, and ask for the receipt."""
        for name in self.names:
            await self.send(name)
        return await self.finish()
