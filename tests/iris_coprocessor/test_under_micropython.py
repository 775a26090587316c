"""The iris module's program, the same files as on the board, answers the terminal's driver."""

import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from hw.iris.module import BAUD, IrisModule
from hw.iris.protocol import LARGEST_PAYLOAD_BYTES, LEASE_S
from hw.wire.serial_line import SerialLine, open_serial
from simulator.iris_module import ModuleBoard, iris_module

pytestmark = pytest.mark.slow
PATIENCE_S = 20.0  # of a slow machine that starts MicroPython
WATCHDOG_S = 3.0
UNIQUE = "e66138528350b52c"


@dataclass(frozen=True)
class Bench:
    """A started module: its board, the line to it, and the driver on that line."""

    board: ModuleBoard
    line: SerialLine
    module: IrisModule


@pytest.fixture
def anyio_backend() -> str:
    """Real time and real processes."""
    return "asyncio"


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with iris_module() as (path, board):
        line = open_serial(str(path), BAUD)
        module = IrisModule(line)
        await module.started(PATIENCE_S)
        yield Bench(board, line, module)
        module.close()


async def answer_to(line: SerialLine, question: str, answer_bytes: int) -> str:
    """The bytes that come back, in hex."""
    await line.write(bytes.fromhex(question), timeout_s=1.0)
    got = b""
    while len(got) < answer_bytes and (some := await line.read_some(timeout_s=1.0)):
        got += some
    return got.hex(" ")


async def test_after_power_comes_the_module_says_who_it_is(bench: Bench) -> None:
    bench.board.signal(signal.SIGKILL)

    identity = await bench.module.started(PATIENCE_S)

    assert (identity.protocol_version, identity.reset_cause, identity.unique_number) == (1, 1, UNIQUE)
    assert await bench.module.hello() == identity


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("a5 00 01 07 8f 4a", "a5 0a 81 07 01 01 e6 61 38 52 83 50 b5 2c 39 55"),
        ("a5 02 02 09 a5 5a 3f 42", "a5 02 82 09 a5 5a e2 7a"),
        ("a5 02 02 09 a5 5a 3f 43", ""),
        ("a5 00 2a 05 75 14", "a5 02 ff 05 2a 01 0c d0"),
        ("a5 01 04 06 02 a4 50", "a5 02 ff 06 04 02 40 0a"),
    ],
    ids=["hello", "ping", "wrong CRC", "unknown command", "impossible payload"],
)
async def test_golden_bytes_are_answered_by_golden_bytes(bench: Bench, question: str, answer: str) -> None:
    assert await answer_to(bench.line, question, len(bytes.fromhex(answer)) or 1) == answer


async def test_any_payload_comes_back_as_it_went(bench: Bench) -> None:
    every_byte = bytes(range(256))
    for begin in range(0, 256, LARGEST_PAYLOAD_BYTES):
        assert await bench.module.ping(every_byte[begin : begin + LARGEST_PAYLOAD_BYTES])


async def test_noise_and_damaged_packets_do_not_hide_the_next_question(bench: Bench) -> None:
    await bench.line.write(bytes.fromhex("00 ff a5 a5 00 02 07 00 00 a5"), timeout_s=1.0)

    assert await bench.module.ping(b"still there")


async def test_half_a_packet_does_not_swallow_the_next_one(bench: Bench) -> None:
    await bench.line.write(bytes.fromhex("a5 30 02"), timeout_s=1.0)

    assert await bench.module.ping(b"still there")


async def test_a_silent_terminal_leaves_the_module_dark(bench: Bench) -> None:
    await bench.module.show_lamp(is_on=True)
    lit = await bench.module.status()

    assert await bench.line.read_some(timeout_s=LEASE_S + 0.3) == b""
    dark = await bench.module.status()

    assert (lit.lamp_is_on, lit.lapses) == (True, 0)
    assert 0 < lit.lease_left_s <= LEASE_S
    assert (dark.lamp_is_on, dark.light_is_on, dark.lapses) == (False, False, 1)


async def test_a_program_that_hangs_is_started_again_by_its_watchdog(bench: Bench) -> None:
    await bench.module.hello()
    bench.board.signal(signal.SIGSTOP)
    assert await bench.line.read_some(timeout_s=WATCHDOG_S + 0.3) == b""

    bench.board.signal(signal.SIGCONT)

    assert (await bench.module.started(PATIENCE_S)).reset_cause == 3
