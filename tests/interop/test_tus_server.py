"""Our uploads against the official Node tus server, unmodified: whole files, whoever dies in the middle.

It has no checksum extension, so that there a damaged piece is found at the end of a record only; that pieces
carry their checksum is shown with the centres of tests/uplink and tests/centre.
"""

import hashlib
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import numpy as np
import pytest

from firmware.clock import SystemClock
from firmware.outbox.disk import PosixDisk
from firmware.uplink.link import Link, LinkLost, open_http
from firmware.uplink.notes import Notes
from firmware.uplink.pace import ChunkSize
from firmware.uplink.sender import Sender
from firmware.uplink.settings import BackOffLimits, ChunkLimits, Uplink, UplinkSettings
from firmware.uplink.tus import Tus
from firmware.uplink.waiting import WaitingFile, WaitingRecord
from tests.interop.tus_server import HERE, BreakingWire, TusServer

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

CHUNKS = ChunkLimits(32 << 10, 256 << 10, 0.05)
SIZES = (300, 200_000, 3_000_000)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def server(tmp_path: Path) -> Generator[TusServer]:
    if not (HERE / "node_modules").is_dir():
        pytest.skip("no tus server in tests/interop/tus/node_modules; `make test` installs it")
    (tmp_path / "received").mkdir()
    running = TusServer(tmp_path / "received")
    yield running
    running.kill()


@pytest.fixture
def record(tmp_path: Path) -> WaitingRecord:
    """A record of three files, the last one of many pieces."""
    chance = np.random.default_rng(1)
    files: list[WaitingFile] = []
    for number, size in enumerate(SIZES):
        path = tmp_path / f"{number:04d}-iris.sealed"
        path.write_bytes(chance.bytes(size))
        files.append(WaitingFile(path, size, hashlib.sha256(path.read_bytes()).hexdigest()))
    return WaitingRecord("ab" * 16, files[0].sha256, tuple(files))


@asynccontextmanager
async def sender_to(
    server: TusServer, notes: Path, wire: httpx.AsyncBaseTransport | None = None
) -> AsyncGenerator[Sender]:
    """The files' way to that server, as the uplink goes it."""
    settings = UplinkSettings(server.address, 1.0, CHUNKS, BackOffLimits(1.0, 1.0))
    async with open_http(Uplink(settings, None), wire) as http:
        yield Sender(Tus(Link(http)), Notes(notes, PosixDisk()), ChunkSize(CHUNKS), SystemClock())


def assert_arrived(server: TusServer, record: WaitingRecord) -> None:
    assert sorted(server.files(), key=len) == [file.path.read_bytes() for file in record.files]


async def test_files_arrive_as_they_were(tmp_path: Path, server: TusServer, record: WaitingRecord) -> None:
    async with sender_to(server, tmp_path / "notes") as sender:
        await sender.send(record)

    assert_arrived(server, record)


async def test_an_upload_goes_on_after_the_server_was_killed_in_the_middle(
    tmp_path: Path, server: TusServer, record: WaitingRecord
) -> None:
    async def dies() -> None:
        server.restart()

    wire = BreakingWire(at=8, happens=dies)
    async with sender_to(server, tmp_path / "notes", wire) as sender:
        with pytest.raises(LinkLost):
            await sender.send(record)
        await sender.send(record)

    assert_arrived(server, record)
    assert wire.asked.count("POST") == len(SIZES)


async def test_an_upload_goes_on_after_the_client_was_killed_in_the_middle(
    tmp_path: Path, server: TusServer, record: WaitingRecord
) -> None:
    async def nothing() -> None:
        return

    first, second = (BreakingWire(at, happens=nothing) for at in (8, 1_000))
    async with sender_to(server, tmp_path / "notes", first) as sender:
        with pytest.raises(LinkLost):
            await sender.send(record)
    async with sender_to(server, tmp_path / "notes", second) as another:
        await another.send(record)

    assert_arrived(server, record)
    assert "POST" not in second.asked


async def test_an_upload_that_the_server_has_lost_is_begun_anew(
    tmp_path: Path, server: TusServer, record: WaitingRecord
) -> None:
    async def loses_everything() -> None:
        for path in (tmp_path / "received").iterdir():
            path.unlink()

    async with sender_to(server, tmp_path / "notes", BreakingWire(8, loses_everything)) as sender:
        with pytest.raises(LinkLost):
            await sender.send(record)
        sender.forget(record, {file.name for file in record.files})
        await sender.send(record)

    assert_arrived(server, record)
