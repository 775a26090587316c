"""Real serial ports, with a pseudo-terminal in place of the cable."""

import asyncio
import fcntl
import os
import struct
import tty
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hw.wire.line import LineLost
from hw.wire.serial_line import SerialLine, open_serial

BAUD = 57_600
TCGETS2, OUTPUT_SPEED_AT = 0x802C542A, 40  # ioctl_tty(2): any speed, in struct termios2


@pytest.fixture
def anyio_backend() -> str:
    """Real time: terminals do not exist under virtual time."""
    return "asyncio"


@dataclass(slots=True)
class Cable:
    """A pseudo-terminal: we hold its near end, the line under test opens its path."""

    near: int
    path: str

    def hang_up(self) -> None:
        """Pull it out; twice is harmless."""
        if self.near >= 0:
            os.close(self.near)
        self.near = -1


@pytest.fixture
def cable() -> Iterator[Cable]:
    near, far = os.openpty()
    tty.setraw(far)
    cable = Cable(near, os.ttyname(far))
    os.close(far)
    yield cable
    cable.hang_up()


@pytest.fixture
async def line(cable: Cable) -> AsyncIterator[SerialLine]:
    line = open_serial(cable.path, BAUD)
    yield line
    line.close()


EVERY_BYTE = bytes(range(256))


async def _read_all(line: SerialLine, size: int) -> bytes:
    """Read until `size` bytes have come, or nothing for a second."""
    heard = b""
    while len(heard) < size and (piece := await line.read_some(timeout_s=1.0)):
        heard += piece
    return heard


def _read_slowly(descriptor: int, size: int) -> bytes:
    """Read `size` bytes, few at a time."""
    heard = b""
    while len(heard) < size:
        heard += os.read(descriptor, 1000)
    return heard


async def test_every_byte_passes_both_ways_unchanged(cable: Cable, line: SerialLine) -> None:
    os.write(cable.near, EVERY_BYTE)
    await line.write(EVERY_BYTE, timeout_s=1.0)

    assert await _read_all(line, 256) == EVERY_BYTE
    assert os.read(cable.near, 4096) == EVERY_BYTE


async def test_nothing_within_the_deadline_is_no_bytes_and_no_fault(cable: Cable, line: SerialLine) -> None:
    assert await line.read_some(timeout_s=0.01) == b""
    assert await line.read_some(timeout_s=0.0) == b""


async def test_bytes_that_come_while_waiting_are_read_at_once(cable: Cable, line: SerialLine) -> None:
    asyncio.get_running_loop().call_later(0.01, os.write, cable.near, b"late")

    assert await _read_all(line, 4) == b"late"


async def test_bytes_of_a_cancelled_read_go_to_the_next_one(cable: Cable, line: SerialLine) -> None:
    reading = asyncio.create_task(line.read_some(timeout_s=5.0))
    await asyncio.sleep(0)
    os.write(cable.near, b"kept")
    reading.cancel()

    with pytest.raises(asyncio.CancelledError):
        await reading

    assert await _read_all(line, 4) == b"kept"


async def test_discarded_bytes_are_not_read(cable: Cable, line: SerialLine) -> None:
    os.write(cable.near, b"stale")
    await _read_all(line, 5)
    os.write(cable.near, b"stale too")
    line.discard_input()

    assert await line.read_some(timeout_s=0.0) == b""


@pytest.mark.parametrize("baud", [9_600, 67_200, 115_200, 921_600])
async def test_a_speed_is_set_at_the_port_itself(baud: int, cable: Cable, line: SerialLine) -> None:
    line.set_baud(baud)

    (output,) = struct.unpack_from("I", fcntl.ioctl(cable.near, TCGETS2, bytes(44)), OUTPUT_SPEED_AT)
    assert output == baud
    os.write(cable.near, EVERY_BYTE)
    assert await _read_all(line, 256) == EVERY_BYTE


async def test_a_hung_up_line_has_no_speed(cable: Cable, line: SerialLine) -> None:
    cable.hang_up()

    with pytest.raises(LineLost):
        line.set_baud(115_200)


async def test_a_peer_that_reads_nothing_is_a_time_out(line: SerialLine) -> None:
    with pytest.raises(TimeoutError):
        await line.write(bytes(1_000_000), timeout_s=0.05)


async def test_a_large_message_reaches_a_slow_peer_whole(cable: Cable, line: SerialLine) -> None:
    message = EVERY_BYTE * 400
    peer = asyncio.to_thread(_read_slowly, cable.near, len(message))

    async with asyncio.TaskGroup() as tasks:
        heard = tasks.create_task(peer)
        await line.write(message, timeout_s=5.0)

    assert heard.result() == message


async def test_a_hang_up_is_a_lost_line_to_reader_writer_and_discarder(
    cable: Cable, line: SerialLine
) -> None:
    cable.hang_up()

    with pytest.raises(LineLost):
        await line.read_some(timeout_s=5.0)
    with pytest.raises(LineLost):
        await line.write(b"anybody?", timeout_s=5.0)
    with pytest.raises(LineLost):
        line.discard_input()


async def test_a_hang_up_while_waiting_is_a_lost_line_at_once(cable: Cable, line: SerialLine) -> None:
    asyncio.get_running_loop().call_later(0.01, cable.hang_up)

    async with asyncio.timeout(2.0):
        with pytest.raises(LineLost):
            await line.read_some(timeout_s=60.0)


async def test_a_line_closed_while_it_is_read_is_lost_and_closes_twice(line: SerialLine) -> None:
    asyncio.get_running_loop().call_later(0.01, line.close)

    async with asyncio.timeout(2.0):
        with pytest.raises(LineLost):
            await line.read_some(timeout_s=60.0)


async def test_a_missing_port_is_a_lost_line_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(LineLost, match="ttyNowhere"):
        open_serial(str(tmp_path / "ttyNowhere"), BAUD)


async def test_a_port_that_another_line_holds_cannot_be_opened(cable: Cable, line: SerialLine) -> None:
    with pytest.raises(LineLost):
        open_serial(cable.path, BAUD)
