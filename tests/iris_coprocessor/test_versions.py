"""Terminal and module of this version and the one before it: all four pairings work, or say what to do."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from hw.faults import DeviceFault
from hw.iris.conversation import Patience
from hw.iris.faults import ModuleForeign
from hw.iris.messages import Faults
from hw.iris.module import BAUD, IrisModule
from hw.wire.serial_line import SerialLine, open_serial
from simulator.iris_module import ModuleBoard, iris_module
from tests.iris_coprocessor.bench import ARMING, PATIENCE_S, UNHURRIED
from tests.iris_coprocessor.version_1.terminal import module as earlier

pytestmark = pytest.mark.slow
EARLIER_PROGRAM = Path(__file__).parent / "version_1" / "board"
ATTEMPTS = 60  # half a second each, while the board starts


@pytest.fixture
def anyio_backend() -> str:
    """Real time and real processes."""
    return "asyncio"


Board = AbstractAsyncContextManager[tuple[Path, ModuleBoard]]


async def started(board: Board) -> AsyncIterator[SerialLine]:
    """A line to a board that answers its own version's terminal."""
    async with board as (path, _):
        line = open_serial(str(path), BAUD)
        yield line
        line.close()


@pytest.fixture(name="line")
async def line_to_now() -> AsyncIterator[SerialLine]:
    async for line in started(iris_module()):
        await IrisModule(line, UNHURRIED).started(PATIENCE_S)
        yield line


@pytest.fixture
async def earlier_line() -> AsyncIterator[SerialLine]:
    async for line in started(iris_module(EARLIER_PROGRAM)):
        await earlier.IrisModule(line).started(PATIENCE_S)
        yield line


async def test_both_of_now_work(line: SerialLine) -> None:
    module = IrisModule(line, UNHURRIED)

    assert (await module.hello()).program[0] == 2
    async with module.armed(ARMING) as lit:
        assert Faults.HOST_LOST not in lit.ended()


async def test_a_terminal_of_now_says_which_version_an_earlier_module_has(earlier_line: SerialLine) -> None:
    with pytest.raises(ModuleForeign, match=r"version 1 .* flash its program"):
        await IrisModule(earlier_line, Patience(reply_s=0.5, attempts=2)).hello()


async def test_a_starting_module_of_the_version_before_is_known_too() -> None:
    async with iris_module(EARLIER_PROGRAM) as (path, _):
        line = open_serial(str(path), BAUD)
        with pytest.raises(ModuleForeign, match="version 1"):
            await IrisModule(line, UNHURRIED).started(PATIENCE_S)
        line.close()


async def test_an_earlier_terminal_says_which_version_a_module_of_now_has(line: SerialLine) -> None:
    with pytest.raises(DeviceFault, match=r"speaks version 2 .* flash its program"):
        await earlier.IrisModule(line).hello()


async def test_an_earlier_terminal_never_makes_a_module_of_now_light_up(line: SerialLine) -> None:
    old = earlier.IrisModule(line)
    with pytest.raises(DeviceFault):
        await old.show_lamp(is_on=True)

    status = await IrisModule(line, UNHURRIED).status()

    assert (status.state, status.strobes) == (1, 0)


async def test_both_of_the_version_before_work(earlier_line: SerialLine) -> None:
    assert await earlier.IrisModule(earlier_line).ping(b"as ever")
