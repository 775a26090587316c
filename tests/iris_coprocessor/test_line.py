"""The module's line: how quick it is, and what becomes of a command when bytes are lost."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import numpy as np
import pytest

from hw.iris.faults import ModuleRefused
from hw.iris.messages import Code, State
from hw.iris.module import BAUD, IrisModule
from hw.iris.protocol import BLOCK_BYTES, Kind
from hw.iris.updating import send
from hw.wire.serial_line import open_serial
from simulator.damage import Damage, loss
from simulator.iris_module import ModuleBoard, iris_module
from simulator.iris_module_faults import LINES
from simulator.lossy_cable import lossy_cable
from tests.iris_coprocessor.bench import ARMING
from tests.iris_coprocessor.latency import STUBBORN, table

pytestmark = pytest.mark.slow
LOST = 0.05
LOST_OF_LONG_PACKETS = 0.005
TRIPS = 1_000
BLOCKS = 40
SELF_TESTS = 3
SESSIONS = 3
PULSES_A_TEST = 3


@pytest.fixture
def anyio_backend() -> str:
    """Real time and real processes."""
    return "asyncio"


Lossy = tuple[IrisModule, ModuleBoard]


@asynccontextmanager
async def behind(damage: Damage) -> AsyncGenerator[Lossy]:
    """A module behind a cable that does so both ways."""
    async with iris_module() as (path, board), lossy_cable(path, damage) as lossy_path:
        module = IrisModule(open_serial(str(lossy_path), BAUD), STUBBORN)
        await module.hello()
        yield module, board
        module.close()


def losing(share: float) -> AbstractAsyncContextManager[Lossy]:
    """A module behind a cable that loses that share of the bytes."""
    return behind(loss(np.random.default_rng(3), share))


async def test_a_thousand_round_trips_are_answered_in_milliseconds() -> None:
    idle, strobing = await table(TRIPS, 0.0)

    assert len(idle.taken_ms) + len(strobing.taken_ms) == TRIPS
    assert np.median(idle.taken_ms) < 20
    assert np.median(strobing.taken_ms) < 20


async def test_no_block_is_written_twice_or_not_at_all() -> None:
    """Blocks are appended: one too many or too few, and the sum would differ. At 5 % none would arrive."""
    noise = np.random.default_rng(4).bytes(BLOCKS * BLOCK_BYTES)
    name = b"\x09noise.mpy" + (len(noise) - 14).to_bytes(4, "little")

    async with losing(LOST_OF_LONG_PACKETS) as (module, _):
        await send(module, name + noise[: -len(name)], STUBBORN)

        assert (await module.status()).state is State.IDLE


async def test_no_self_test_is_made_twice() -> None:
    async with losing(LOST) as (module, board):
        before, done = len(board.around.of("pulse")), 0
        while done < SELF_TESTS:
            done += await _self_tested(module) is Code.SUCCESS

        assert len(board.around.of("pulse")) - before == SELF_TESTS * PULSES_A_TEST


async def _self_tested(module: IrisModule) -> Code:
    """Its answer, as a code."""
    try:
        await module.self_test()
    except ModuleRefused as refused:
        return refused.code or Code.FAIL
    return Code.SUCCESS


@pytest.mark.parametrize("fault", LINES)
async def test_a_session_is_begun_once(fault: str) -> None:
    """Begun twice, the second would be refused as INVALID_STATE."""
    codes: list[Code] = []
    async with behind(LINES[fault](np.random.default_rng(3))) as (module, _):
        while len(codes) < SESSIONS:
            code = await module.code_of(Kind.ARM, ARMING.encode())
            if code is not Code.IN_PROGRESS:
                codes.append(code)
                await module.do(Kind.DISARM)

    assert codes == [Code.SUCCESS] * SESSIONS
