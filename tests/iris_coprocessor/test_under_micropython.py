"""The iris module's program, the same files as on the board, answers the terminal's driver."""

import asyncio
import signal
from collections.abc import AsyncIterator

import pytest

from hw.iris.faults import ModuleRefused
from hw.iris.messages import Arming, Code, Faults, State
from hw.iris.protocol import Kind
from hw.wire.serial_line import SerialLine
from tests.iris_coprocessor.bench import ARMING, PATIENCE_S, Bench, bench

pytestmark = pytest.mark.slow
WATCHDOG_S = 3.0
TEST_PAUSE_S = 1.1
SEEN_WITHIN_MS = 500
SERIAL = "e66138528350b52c"


@pytest.fixture
def anyio_backend() -> str:
    """Real time and real processes."""
    return "asyncio"


@pytest.fixture(name="bench")
async def started_bench() -> AsyncIterator[Bench]:
    async with bench() as started:
        yield started


async def answer_to(line: SerialLine, question: str, answer: str) -> bool:
    """Whether these bytes come back, events between them or not."""
    wanted = bytes.fromhex(answer)
    await line.write(bytes.fromhex(question), timeout_s=1.0)
    got = b""
    while some := await line.read_some(timeout_s=0.5):
        got += some
        if wanted and wanted in got:
            return True
        if len(got) > 200:
            break
    return wanted != b"" and wanted in got


async def test_after_power_comes_the_module_says_who_it_is(bench: Bench) -> None:
    bench.board.signal(signal.SIGKILL)

    identity = await bench.module.started(PATIENCE_S)

    assert (identity.program, identity.serial, identity.leds) == ((2, 0, 0), SERIAL, 6)
    assert await bench.module.hello() == identity


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "06 02 01 07 e1 2a 00",
            "05 02 81 07 02 01 0b 01 e6 61 38 52 83 50 b5 2c 1f 07 06 84 03 a0 0f 64 02 78 03 2e 40 00",
        ),
        ("06 02 31 09 05 71 00", "06 02 7f 09 09 31 03 a6 6d 00"),
        ("06 02 2a 05 1b 74 00", "09 02 7f 05 05 2a 06 23 71 00"),
        ("07 02 10 06 02 a0 2f 00", "09 02 7f 06 06 10 02 4b 27 00"),
        ("06 03 31 06 c3 ae 00", "09 02 7f 06 06 31 01 4e 93 00"),
    ],
    ids=["hello", "heartbeat", "unknown command", "impossible payload", "another version"],
)
async def test_golden_bytes_are_answered_by_golden_bytes(bench: Bench, question: str, answer: str) -> None:
    assert await answer_to(bench.line, question, answer)


async def test_a_wrong_crc_is_not_answered(bench: Bench) -> None:
    assert await bench.line.read_some(timeout_s=0.3) == b""

    await bench.line.write(bytes.fromhex("06 02 31 09 05 72 00"), timeout_s=1.0)

    assert await bench.line.read_some(timeout_s=0.5) == b""


async def test_noise_and_damaged_packets_do_not_hide_the_next_question(bench: Bench) -> None:
    await bench.line.write(bytes.fromhex("ff a5 00 a5 00 02 07 00 00 a5"), timeout_s=1.0)

    await bench.module.heartbeat()


async def test_a_whole_module_proves_itself(bench: Bench) -> None:
    test = await bench.module.self_test()

    assert [line.is_whole for line in test.lines] == [True] * 3
    assert 4200 <= test.one_shot_us <= 5600
    assert test.ranger_works


async def test_an_armed_module_lights_thirty_frames_a_second(bench: Bench) -> None:
    await bench.until(lambda status: not status.faults)
    async with bench.module.armed(ARMING) as lit:
        await asyncio.sleep(2.0)
        strobes, distance, ended = lit.strobes(), lit.distance(), lit.ended()

    assert ended is Faults.NONE
    assert distance is not None
    assert distance.mm == 300
    assert len(strobes) > 40
    assert [strobe.strobe.index for strobe in strobes] == list(range(len(strobes)))
    assert {strobe.strobe.on_us for strobe in strobes} == {3000}
    assert {pulse.values[0] for pulse in bench.board.around.of("pulse")[-40:]} == {3000}


async def test_after_the_session_it_rests_and_may_be_armed_again(bench: Bench) -> None:
    await bench.until(lambda status: not status.faults)
    for _ in range(2):
        async with bench.module.armed(ARMING) as lit:
            await asyncio.sleep(0.3)
            assert lit.ended() is Faults.NONE

    assert (await bench.module.status()).state is State.COOLDOWN


@pytest.mark.parametrize(
    ("arming", "code"),
    [
        (Arming(1, 30, 3400, 10, 5), Code.RANGE),  # 10.2 % of the time
        (Arming(1, 20, 4001, 10, 5), Code.RANGE),
        (Arming(1, 30, 3000, 10, 61), Code.RANGE),
        (Arming(1, 0, 3000, 10, 5), Code.RANGE),
        (Arming(1, 30, 3000, 10, 5, lines=8), Code.RANGE),
    ],
    ids=["duty", "on-time", "length", "rate", "lines"],
)
async def test_what_would_be_too_much_light_is_refused(bench: Bench, arming: Arming, code: Code) -> None:
    await bench.until(lambda status: not status.faults)

    assert await bench.module.code_of(Kind.ARM, arming.encode()) is code
    assert (await bench.module.status()).state is State.IDLE


async def test_the_on_time_changes_within_limits_only(bench: Bench) -> None:
    await bench.until(lambda status: not status.faults)
    async with bench.module.armed(ARMING) as lit:
        assert await lit.set_on_us(2000)
        assert not await lit.set_on_us(3400)
        await asyncio.sleep(0.5)

        assert lit.strobes()[-1].strobe.on_us == 2000


async def test_a_program_that_hangs_is_started_again_by_its_watchdog(bench: Bench) -> None:
    await bench.module.hello()
    bench.board.signal(signal.SIGSTOP)
    await bench.line.read_some(timeout_s=0.1)
    assert await bench.line.read_some(timeout_s=WATCHDOG_S + 0.3) == b""

    bench.board.signal(signal.SIGCONT)

    await bench.module.started(PATIENCE_S)
    assert Faults.WDT_RESET in (await bench.module.status()).faults


async def test_a_fault_stays_over_resets_until_the_service_button_or_power(bench: Bench) -> None:
    bench.board.around.set(one_shot=0)
    await bench.module.self_test()
    await bench.until(lambda status: status.state is State.FAULT)
    bench.board.around.set(one_shot=1)
    await asyncio.sleep(TEST_PAUSE_S)
    with pytest.raises(ModuleRefused, match="FORBIDDEN"):
        await bench.module.self_test()
    with pytest.raises(ModuleRefused, match="FORBIDDEN"):
        await bench.module.unlock()

    lit = len(bench.board.around.of("pulse", "test"))
    bench.board.signal(signal.SIGSTOP)
    await bench.line.read_some(timeout_s=WATCHDOG_S + 0.3)
    bench.board.signal(signal.SIGCONT)
    await bench.module.started(PATIENCE_S)
    after_reset = await bench.until(lambda status: status.up_ms > SEEN_WITHIN_MS)
    lit_by_start = len(bench.board.around.of("pulse", "test")) - lit
    bench.board.around.set(service=1)
    await bench.module.unlock()

    assert lit_by_start == 0
    assert after_reset.state is State.FAULT
    assert Faults.ONE_SHOT_FAIL in after_reset.faults
    unlocked = await bench.until(lambda status: status.state is State.IDLE)
    assert Faults.ONE_SHOT_FAIL not in unlocked.faults


async def test_a_button_that_is_closed_from_the_start_is_a_jumper_and_no_service() -> None:
    async with bench(settings={"one_shot": 0, "service": 1}) as started:
        await started.until(lambda status: status.up_ms > SEEN_WITHIN_MS)
        with pytest.raises(ModuleRefused, match="FORBIDDEN"):
            await started.module.unlock()
        started.board.around.set(service=0, one_shot=1)
        opened = (await started.module.status()).up_ms
        await started.until(lambda status: status.up_ms > opened + SEEN_WITHIN_MS)
        started.board.around.set(service=1)
        await started.module.unlock()

        await started.until(lambda status: status.state is State.IDLE)
