"""A new program over the line: proved, started on trial, kept when greeted, else gone."""

import signal
from binascii import crc32
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from host_tools.flash.program import compiled
from hw.iris.faults import ModuleRefused
from hw.iris.messages import Code, Faults, ModuleStatus, State
from hw.iris.protocol import Kind
from hw.iris.updating import activate, bundle, send
from simulator.iris_module import PROGRAM
from tests.iris_coprocessor.bench import ARMING, PATIENCE_S, UNHURRIED, Bench, bench

pytestmark = pytest.mark.slow
NEXT = 3
WATCHDOG_S = 3.0


@pytest.fixture
def anyio_backend() -> str:
    """Real time and real processes."""
    return "asyncio"


@pytest.fixture(name="bench")
async def started_bench() -> AsyncIterator[Bench]:
    async with bench() as started:
        yield started


@pytest.fixture(scope="module")
def next_program(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The program of now, but for its version."""
    return bundled(tmp_path_factory.mktemp("next"), "limits.py", "(2, 0, 0)", f"({NEXT}, 0, 0)")


def bundled(folder: Path, name: str, written: str, instead: str) -> bytes:
    for file in PROGRAM.glob("*.py"):
        text = file.read_text("utf-8")
        (folder / file.name).write_text(
            text.replace(written, instead) if file.name == name else text, "utf-8"
        )
    return bundle({file.name: file.data for file in compiled(folder) if file.name != "main.py"})


async def test_a_new_program_is_proved_started_and_kept(bench: Bench, next_program: bytes) -> None:
    await send(bench.module, next_program, UNHURRIED)
    identity = await activate(bench.module, UNHURRIED)
    bench.board.signal(signal.SIGKILL)
    after_power_came = await bench.module.started(PATIENCE_S)

    assert identity.program == (NEXT, 0, 0)
    assert after_power_came.program == (NEXT, 0, 0)
    await bench.until(lambda status: status.state is State.IDLE and not status.faults)


async def test_a_program_that_is_not_greeted_is_gone_after_a_reset(bench: Bench, next_program: bytes) -> None:
    await send(bench.module, next_program, UNHURRIED)
    await bench.module.do(Kind.UPDATE_ACTIVATE)
    on_trial = await bench.module.started(PATIENCE_S)

    bench.board.signal(signal.SIGKILL)

    assert on_trial.program == (NEXT, 0, 0)
    assert (await bench.module.started(PATIENCE_S)).program == (2, 0, 0)


async def test_a_program_that_does_not_start_is_gone_at_once(bench: Bench, tmp_path: Path) -> None:
    broken = bundled(tmp_path, "module.py", "BAUD = ", "import nothing_of_that_name\nBAUD = ")
    await send(bench.module, broken, UNHURRIED)
    await bench.module.do(Kind.UPDATE_ACTIVATE)

    assert (await bench.module.started(PATIENCE_S)).program == (2, 0, 0)


async def test_a_program_that_lacks_a_module_does_not_borrow_the_one_before(
    bench: Bench, tmp_path: Path
) -> None:
    """Half a program, as limits alone, would else run with the rest of another."""
    for file in PROGRAM.glob("*.py"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    limits = (tmp_path / "limits.py").read_text("utf-8").replace("(2, 0, 0)", f"({NEXT}, 0, 0)")
    (tmp_path / "limits.py").write_text(limits, "utf-8")
    half = bundle({file.name: file.data for file in compiled(tmp_path) if file.name == "limits.mpy"})

    await send(bench.module, half, UNHURRIED)
    await bench.module.do(Kind.UPDATE_ACTIVATE)

    assert (await bench.module.started(PATIENCE_S)).program == (2, 0, 0)


async def test_on_trial_the_program_to_go_back_to_is_not_overwritten(
    bench: Bench, next_program: bytes
) -> None:
    await send(bench.module, next_program, UNHURRIED)
    await activate(bench.module, UNHURRIED)
    await send(bench.module, next_program, UNHURRIED)
    await bench.module.do(Kind.UPDATE_ACTIVATE)
    await bench.module.started(PATIENCE_S)

    with pytest.raises(ModuleRefused, match="INVALID_STATE"):
        await bench.module.do(Kind.UPDATE_BEGIN, (1000).to_bytes(4, "little"))


async def test_a_damaged_bundle_is_refused_and_changes_nothing(bench: Bench, next_program: bytes) -> None:
    damaged = next_program[:5000] + b"?" + next_program[5001:]

    with pytest.raises(ModuleRefused) as refused:
        await send_with_sum_of(bench, next_program, damaged)

    assert (refused.value.command, refused.value.code) == (Kind.UPDATE_VERIFY, Code.FAIL)
    with pytest.raises(ModuleRefused):
        await bench.module.do(Kind.UPDATE_ACTIVATE)


async def send_with_sum_of(bench: Bench, whole: bytes, damaged: bytes) -> None:
    """Damage that neither side's packets have noticed."""
    module = bench.module
    await module.do(Kind.UPDATE_BEGIN, len(whole).to_bytes(4, "little"))
    for number in range((len(whole) + 127) // 128):
        block = damaged[number * 128 : number * 128 + 128]
        await module.do(Kind.UPDATE_BLOCK, number.to_bytes(2, "little") + block)
    await module.do(Kind.UPDATE_VERIFY, crc32(whole).to_bytes(4, "little"), UNHURRIED.slower(10.0))


@pytest.mark.parametrize("name", ["../main.mpy", "main.py", "a/b.mpy", ".mpy", "UP.mpy"])
async def test_a_name_that_could_leave_its_folder_is_refused(bench: Bench, name: str) -> None:
    with pytest.raises(ModuleRefused) as refused:
        await send(bench.module, bundle({name: b"x"}), UNHURRIED)

    assert refused.value.code is Code.FAIL


async def test_memory_that_rots_brings_back_what_the_cable_brought(bench: Bench, next_program: bytes) -> None:
    await send(bench.module, next_program, UNHURRIED)
    await activate(bench.module, UNHURRIED)
    rotten = bench.board.files / "slot_a" / "core.mpy"
    rotten.write_bytes(rotten.read_bytes()[:-1] + b"?")

    bench.board.signal(signal.SIGKILL)
    identity = await bench.module.started(PATIENCE_S)

    assert identity.program == (2, 0, 0)
    for status in (await bench.module.status(), await after_watchdog(bench)):
        assert status.state is State.FAULT
        assert Faults.CFG_CRC in status.faults


async def after_watchdog(bench: Bench) -> ModuleStatus:
    """The status of a program that had to be started again."""
    bench.board.signal(signal.SIGSTOP)
    await bench.line.read_some(timeout_s=WATCHDOG_S + 0.3)
    bench.board.signal(signal.SIGCONT)
    await bench.module.started(PATIENCE_S)
    return await bench.module.status()


async def test_an_armed_module_takes_no_update(bench: Bench) -> None:
    await bench.until(lambda status: not status.faults)
    async with bench.module.armed(ARMING):
        code = await bench.module.code_of(Kind.UPDATE_BEGIN, (1000).to_bytes(4, "little"))

    assert code is Code.INVALID_STATE
