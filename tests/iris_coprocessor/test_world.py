"""What goes wrong around the module, by name, under the real MicroPython: what it tells, how it is dark."""

import asyncio
import signal
import time

import pytest

from hw.iris.faults import ModuleBroken, ModuleRestarted
from hw.iris.messages import Code, Faults, State
from hw.iris.protocol import Kind
from simulator.iris_module_faults import NAMES, UnknownModuleFault, world_of
from tests.iris_coprocessor.bench import ARMING, WITH_DARK, bench

SESSION_S = 1.0
HEARTBEAT_US = 500_000
MARGIN_US = 50_000
PULSE_US = 3_000
LATE_US = (
    100_000  # of a machine that does other things too: between hearing a packet and being told of a pulse
)
ENDS = {
    "too-close": Faults.TOO_CLOSE,
    "touching": Faults.TOO_CLOSE,
    "ranger-dead": Faults.TOF_FAIL,
    "ranger-frozen": Faults.TOF_STALE,
    "ranger-broken": Faults.TOF_STALE,
    "over-temperature": Faults.OVERTEMP,
    "trigger-lost": Faults.TRIGGER_LOST,
}
BREAKS = {
    "led-short": Faults.LED_SHORT,
    "led-stuck": Faults.LED_SHORT,
    "one-shot-fail": Faults.ONE_SHOT_FAIL,
    "rail-tripped": Faults.RAIL_TRIPPED,
}
GOES_ON = ("jitter", "dropouts", "spectacles", "nobody", "drift", "led-dead")


@pytest.fixture
def anyio_backend() -> str:
    """Real time and real processes."""
    return "asyncio"


def now_us() -> int:
    """Of the machine's clock, as the board's world tells it."""
    return time.time_ns() // 1000


@pytest.mark.slow
@pytest.mark.parametrize("name", ENDS)
async def test_light_ends_within_the_session_and_the_reason_is_told(name: str) -> None:
    async with bench() as started:
        await started.until(lambda status: not status.faults)
        async with started.module.armed(ARMING) as lit:
            started.board.around.set(**world_of([name]))
            async with asyncio.timeout(10):
                while not lit.ended():
                    await asyncio.sleep(0.02)
            assert ENDS[name] in lit.ended()
            dark_from_us = now_us() + LATE_US
            await asyncio.sleep(0.5)

        assert [pulse for pulse in started.board.around.of("pulse") if pulse.at_us > dark_from_us] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", BREAKS)
async def test_a_broken_module_is_dark_from_the_start(name: str) -> None:
    async with bench(settings=world_of([name])) as started:
        status = await started.module.status()
        with pytest.raises(ModuleBroken):
            async with started.module.armed(ARMING):
                pass

        assert status.state is State.FAULT
        assert BREAKS[name] in status.faults
        assert status.strobes == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", GOES_ON)
async def test_a_nuisance_does_not_end_a_session(name: str) -> None:
    async with bench(settings=world_of([name])) as started:
        await started.until(lambda status: not status.faults & ~Faults.LED_OPEN)
        async with started.module.armed(WITH_DARK) as lit:
            await asyncio.sleep(SESSION_S)

            assert not lit.ended()
            strobes = lit.strobes()
    assert len(strobes) > 15
    assert {strobe.is_dark for strobe in strobes} == {True, False}
    assert all(strobe.is_dark == (strobe.strobe.index % 4 == 3) for strobe in strobes)


@pytest.mark.slow
async def test_a_tripped_fuse_within_a_session_is_a_fault_that_stays() -> None:
    async with bench() as started:
        await started.until(lambda status: not status.faults)
        async with started.module.armed(ARMING):
            started.board.around.set(rail=0)
            status = await started.until(lambda status: status.state is State.FAULT)
        started.board.around.set(rail=1)

        assert Faults.RAIL_TRIPPED in status.faults
        assert (await started.module.status()).state is State.FAULT


@pytest.mark.slow
async def test_leds_that_stay_on_within_a_session_are_a_fault_that_stays() -> None:
    async with bench() as started:
        await started.until(lambda status: not status.faults)
        async with started.module.armed(ARMING):
            await asyncio.sleep(0.3)
            started.board.around.set(**world_of(["led-stuck"]))
            status = await started.until(lambda status: status.state is State.FAULT)
        rail_off = started.board.around.of("dark")

    assert Faults.LED_SHORT in status.faults
    assert rail_off


@pytest.mark.slow
async def test_a_reset_within_a_session_ends_it_and_leaves_it_dark() -> None:
    async def session() -> None:
        async with started.module.armed(ARMING):
            started.board.signal(signal.SIGKILL)
            await asyncio.sleep(20)

    async with bench() as started:
        await started.until(lambda status: not status.faults)
        with pytest.raises(ModuleRestarted):
            await session()

        assert (await started.module.status()).state is State.IDLE


@pytest.mark.slow
async def test_a_terminal_that_falls_silent_leaves_it_dark_within_50_ms_after_500() -> None:
    async with bench() as started:
        await started.until(lambda status: not status.faults)
        code = await started.module.code_of(Kind.ARM, ARMING.encode())
        silent_from_us = now_us()
        await asyncio.sleep(1.5)
        pulses = [pulse.at_us for pulse in started.board.around.of("pulse")]
        status = await started.module.status()

    assert code is Code.SUCCESS
    assert pulses[-1] - silent_from_us > HEARTBEAT_US / 2
    assert pulses[-1] + PULSE_US - silent_from_us <= HEARTBEAT_US + MARGIN_US
    assert Faults.HOST_LOST in status.faults


def test_every_name_is_a_fault_and_no_other() -> None:
    assert all(isinstance(world_of([name]), dict) for name in NAMES)
    with pytest.raises(UnknownModuleFault, match="no fault 'rust'; it has jitter"):
        world_of(["rust"])
