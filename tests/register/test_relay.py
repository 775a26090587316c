"""The booth and the uplink over a real Unix socket, with a centre behind it."""

import asyncio
import stat
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from firmware.clock import SystemClock
from firmware.records.registered import LookUpRefused, RegisterSilent
from firmware.register.protocol import FrameMalformed, Reply, Status, reply_head, request_length
from firmware.register.sealed import SealedRegister
from firmware.register.socket import SocketCarrier
from firmware.sealing.look_up import ANSWER_BYTES, REQUEST_BYTES
from firmware.uplink.look_up import SOCKET_MODE, relay
from firmware.workers import ThreadWorkers
from simulator.centre.centre import Centre
from simulator.centre.register import VERSION
from tests.centre.world import CENTRE_KEYS, KEYS
from tests.register.world import NUMBER, PERSON
from tests.sealing_world import seeded_bytes

LIMIT_S = 20.0


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def register_at(socket: Path) -> SealedRegister:
    return SealedRegister(SocketCarrier(socket), KEYS.keys, "tram-17", SystemClock(), seeded_bytes(4))


@asynccontextmanager
async def relayed(tmp_path: Path) -> AsyncGenerator[Path]:
    """The socket of a relay whose centre knows PERSON."""
    centre = Centre(tmp_path / "centre", CENTRE_KEYS, SystemClock(), seeded_bytes(3), ThreadWorkers(1))
    centre.register.put(PERSON)
    socket = tmp_path / "look-up.sock"
    async with httpx.AsyncClient(transport=centre.link(), base_url="http://centre") as client:
        serving = asyncio.create_task(relay(socket, client, SystemClock()))
        try:
            async with asyncio.timeout(LIMIT_S):
                while not (socket.exists() and stat.S_IMODE(socket.stat().st_mode) == SOCKET_MODE):
                    await asyncio.sleep(0)
                yield socket
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
            centre.close()


async def test_a_person_is_found_over_the_socket(tmp_path: Path) -> None:
    async with relayed(tmp_path) as socket:
        entry = await register_at(socket).entry_of(NUMBER)

    assert entry == replace(PERSON, version=VERSION)


async def test_a_booth_without_an_uplink_hears_silence(tmp_path: Path) -> None:
    with pytest.raises(RegisterSilent):
        await register_at(tmp_path / "look-up.sock").entry_of(NUMBER)


async def test_a_socket_left_by_a_killed_uplink_is_taken_over(tmp_path: Path) -> None:
    async with relayed(tmp_path):
        pass
    (tmp_path / "look-up.sock").unlink(missing_ok=True)
    left = await asyncio.start_unix_server(lambda _reader, _writer: None, tmp_path / "look-up.sock")
    left.close()

    async with relayed(tmp_path) as socket:
        assert await register_at(socket).entry_of(NUMBER) is not None


@pytest.mark.parametrize("said", [b"\x00", b"\xff\xff\xff\xff", b"\x00\x00\x00\x01x"])
async def test_a_stranger_s_frame_is_not_read_further(tmp_path: Path, said: bytes) -> None:
    async with relayed(tmp_path) as socket:
        reader, writer = await asyncio.open_unix_connection(socket)
        writer.write(said)
        writer.write_eof()
        answer = await reader.read()
        writer.close()

        assert answer == b""
        assert await register_at(socket).entry_of(NUMBER) is not None


@pytest.mark.parametrize("said", [b"\x09\x00\x00\x00\x00", b"\x00\x00\x00\x00\x05", b"\x01\xff\xff\xff\xff"])
async def test_an_uplink_that_talks_nonsense_is_refused(tmp_path: Path, said: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(4 + REQUEST_BYTES)
        writer.write(said)
        writer.close()

    server = await asyncio.start_unix_server(talk, tmp_path / "look-up.sock")
    async with server:
        with pytest.raises(LookUpRefused):
            await register_at(tmp_path / "look-up.sock").entry_of(NUMBER)


def test_a_frame_says_how_much_follows_or_is_malformed() -> None:
    assert request_length(REQUEST_BYTES.to_bytes(4, "big")) == REQUEST_BYTES
    answered = Reply(Status.ANSWERED, bytes(ANSWER_BYTES)).encode()
    assert reply_head(answered[:5]) == (Status.ANSWERED, ANSWER_BYTES)
    assert reply_head(Reply(Status.SILENT).encode()) == (Status.SILENT, 0)
    for length in (0, REQUEST_BYTES - 1, REQUEST_BYTES + 1):
        with pytest.raises(FrameMalformed):
            request_length(length.to_bytes(4, "big"))
