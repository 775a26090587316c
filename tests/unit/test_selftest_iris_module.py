"""The self-test's look at the iris module and the camera that it triggers: driver and twin, virtual time."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from firmware.booth import open_module
from firmware.health.findings import CheckResult, FaultCode
from firmware.health.iris_module import check_iris_module
from firmware.health.module_under_test import ModuleUnderTest
from firmware.health.trigger import check_lit_camera
from hw.wire.line import ByteLine, LineLost
from simulator.cameras import SimulatedCamera
from simulator.damage import Chunk, Damage, intact, loss
from simulator.iris_module_faults import world_of
from simulator.iris_module_twin import BAUD
from simulator.lines import DirectLine, Twin
from simulator.live.board import module_of_terminal_a
from simulator.people.eye_optics import FRAME
from simulator.people.eye_scene import EyeScene
from simulator.port import SimulatedPort
from simulator.spoiled import Garbled, Unlit
from simulator.staged_iris import LitEyes, SimulatedIrisModule

MODULE = module_of_terminal_a()
EARLIER_IDENTITY = bytes.fromhex("A5 0A 81 01 01 01 E66138528350B52C C8A1")  # of a module of version 1


class Earlier:
    """A twin of version 1: it understands nothing of ours, and says who it is whatever it hears."""

    baud = BAUD

    def receive(self, data: bytes) -> tuple[Chunk, ...]:
        del data
        return (Chunk(EARLIER_IDENTITY),)

    def power_on(self) -> Chunk:
        return Chunk(b"")

    def power_off(self) -> None:
        pass


def empty_place() -> EyeScene:
    return EyeScene(np.random.default_rng(1))


@dataclass
class Bench:
    """A module on a port with its camera, at an empty place. damage: of what it says unasked."""

    path: Path
    eyes: LitEyes = field(default_factory=empty_place)
    damage: Damage = intact

    @asynccontextmanager
    async def living(self, *faults: str) -> AsyncGenerator[tuple[SimulatedIrisModule, SimulatedPort]]:
        """The module and its port."""
        self.path.touch()
        rng = np.random.default_rng(2)
        module = SimulatedIrisModule(MODULE, self.eyes, rng, world_of(list(faults)))
        port = SimulatedPort(module.twin, BAUD)
        life = asyncio.create_task(module.live(lambda said: port.say(self.damage(Chunk(said)).data)))
        await asyncio.sleep(0.5)
        yield module, port
        life.cancel()

    def under_test(self, module: SimulatedIrisModule, port: SimulatedPort) -> ModuleUnderTest:
        """As the self-test has it."""
        leds = MODULE.leds
        return ModuleUnderTest(
            self.path, port.open, open_module, leds.frames_per_s, leds.on_us, module.camera
        )

    async def codes(self, *faults: str) -> tuple[FaultCode | None, FaultCode | None]:
        """What is wrong with a module and with its camera."""
        async with self.living(*faults) as (module, port):
            under_test = self.under_test(module, port)
            found = await check_iris_module(under_test)
            return found.fault, (await check_lit_camera(under_test, module.camera, FRAME)).fault

    async def disturbed(self, do: Callable[[SimulatedIrisModule, SimulatedPort], None]) -> CheckResult:
        """What the check says when that happens while the module is lit."""
        async with self.living() as (module, port):
            asyncio.get_running_loop().call_later(1.0, do, module, port)
            return await check_iris_module(self.under_test(module, port))

    async def with_twin(self, twin: Twin) -> CheckResult:
        """What the check says of what is at the other end of the line instead."""
        self.path.touch()

        async def opened() -> ByteLine:
            return DirectLine(twin, BAUD)

        module = ModuleUnderTest(self.path, opened, open_module, 30, 3000, None)
        return await check_iris_module(module)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "tty")


async def test_a_whole_module_shows_its_figures_and_each_frame_has_its_strobe(bench: Bench) -> None:
    async with bench.living() as (module, port):
        result = await check_iris_module(bench.under_test(module, port))

    figures = {figure.name: figure.value for figure in result.figures}
    assert result.fault is None
    assert [figures[name] for name in ("program", "left", "right", "between")] == ["2.0.0", 1000, 1000, 1000]
    assert (figures["one-shot"], figures["temperature"], figures["distance"]) == (5.0, 25.0, "nobody")
    assert figures["answer"] == pytest.approx(5.0, abs=3.0)  # 42 bytes pass in 3.6 ms
    paired, _, frames = str(figures["paired"]).split()
    assert paired == frames
    assert (figures["lost"], figures["apart"]) == (0, pytest.approx(0.0, abs=1.0))


@pytest.mark.parametrize(
    ("fault", "codes"),
    [
        ("led-dead", (FaultCode.MODULE_LED_OPEN, None)),
        ("led-short", (FaultCode.MODULE_LED_SHORT, FaultCode.IRIS_UNLIT)),
        ("led-stuck", (FaultCode.MODULE_LED_SHORT, FaultCode.IRIS_UNLIT)),
        ("one-shot-fail", (FaultCode.MODULE_ONE_SHOT, FaultCode.IRIS_UNLIT)),
        ("rail-tripped", (FaultCode.MODULE_RAIL, FaultCode.IRIS_UNLIT)),
        ("ranger-dead", (FaultCode.MODULE_RANGER, FaultCode.IRIS_UNLIT)),
        ("ranger-broken", (FaultCode.MODULE_RANGER, FaultCode.IRIS_UNLIT)),
        ("ranger-frozen", (FaultCode.MODULE_RANGER, FaultCode.IRIS_UNLIT)),
        ("over-temperature", (FaultCode.MODULE_HOT, FaultCode.IRIS_UNLIT)),
        ("trigger-lost", (FaultCode.MODULE_PULSES_LOST, FaultCode.IRIS_UNLIT)),
        ("too-close", (FaultCode.MODULE_TOO_CLOSE, FaultCode.MODULE_TOO_CLOSE)),
        ("jitter", (None, None)),
        ("drift", (None, None)),
    ],
)
async def test_each_fault_of_the_module_has_its_code_and_the_camera_is_not_blamed(
    bench: Bench, fault: str, codes: tuple[FaultCode | None, FaultCode | None]
) -> None:
    assert await bench.codes(fault) == codes


async def test_a_dead_string_of_leds_is_named(bench: Bench) -> None:
    async with bench.living("led-dead") as (module, port):
        result = await check_iris_module(bench.under_test(module, port))

    assert result.detail == "the string right"


async def test_a_camera_that_is_black_under_a_good_light_is_at_fault_itself(tmp_path: Path) -> None:
    black = Unlit(FRAME, np.random.default_rng(3))
    assert await Bench(tmp_path / "tty", black).codes() == (None, FaultCode.IRIS_BLACK)


async def test_strobes_without_frames_are_told_of_the_trigger_and_of_the_camera(bench: Bench) -> None:
    async with bench.living() as (module, port):
        module.camera.stall()
        under_test = bench.under_test(module, port)
        found = await check_iris_module(under_test)
        camera = await check_lit_camera(under_test, module.camera, FRAME)

    assert (found.fault, camera.fault) == (FaultCode.MODULE_UNANSWERED, FaultCode.IRIS_SILENT)
    assert found.detail.endswith("strobes and no frame")


async def test_a_camera_that_exposes_by_itself_does_not_follow_the_trigger(bench: Bench) -> None:
    async with bench.living() as (module, port):
        free = SimulatedCamera(empty_place(), name="iris", frames_per_s=30.0)
        under_test = replace(bench.under_test(module, port), camera=free)
        result = await check_iris_module(under_test)

    assert result.fault is FaultCode.MODULE_UNANSWERED


async def test_a_camera_that_is_not_there_is_no_fault_of_the_module(bench: Bench) -> None:
    async with bench.living() as (module, port):
        module.camera.unplug()
        under_test = bench.under_test(module, port)
        found = await check_iris_module(under_test)
        camera = await check_lit_camera(under_test, module.camera, FRAME)

    assert (found.fault, camera.fault) == (None, FaultCode.IRIS_ABSENT)


@pytest.mark.parametrize(
    ("twin", "fault"),
    [
        (Garbled(np.random.default_rng(4), answer_bytes=0), FaultCode.MODULE_SILENT),
        (Garbled(np.random.default_rng(4)), FaultCode.MODULE_GARBLED),
        (Earlier(), FaultCode.MODULE_OTHER),
    ],
    ids=["silent", "garbled", "version 1"],
)
async def test_what_answers_nothing_nonsense_or_in_another_version_is_told_apart(
    bench: Bench, twin: Twin, fault: FaultCode
) -> None:
    assert (await bench.with_twin(twin)).fault is fault


async def test_a_port_that_is_missing_or_cannot_be_opened_is_told(bench: Bench) -> None:
    async def refused() -> ByteLine:
        raise LineLost(str(bench.path)) from OSError("no serial port")

    module = ModuleUnderTest(bench.path, refused, open_module, 30, 3000, None)
    missing = await check_iris_module(module)
    bench.path.touch()
    unusable = await check_iris_module(module)

    assert (missing.fault, missing.detail) == (FaultCode.MODULE_PORT_MISSING, str(bench.path))
    assert (unusable.fault, unusable.detail) == (FaultCode.MODULE_PORT_UNUSABLE, "no serial port")


async def test_a_cable_pulled_while_it_is_tested_is_a_missing_port(bench: Bench) -> None:
    result = await bench.disturbed(lambda _, port: port.unplug())

    assert (result.fault, result.detail) == (
        FaultCode.MODULE_PORT_MISSING,
        "it went away while it was tested",
    )


async def test_a_module_that_starts_anew_meanwhile_restarts_by_itself(bench: Bench) -> None:
    result = await bench.disturbed(lambda module, port: port.say(module.twin.power_on().data))

    assert result.fault is FaultCode.MODULE_RESTARTS


async def test_a_line_that_loses_what_the_module_tells_is_garbled(bench: Bench) -> None:
    bench.damage = loss(np.random.default_rng(5), 0.01)

    assert (await bench.codes())[0] is FaultCode.MODULE_GARBLED


async def test_a_module_that_is_still_lit_from_a_booth_that_died_is_waited_for(bench: Bench) -> None:
    async with bench.living() as (module, port):
        under_test = bench.under_test(module, port)
        booth = await open_module(port.open)
        with suppress(LineLost):
            async with booth.armed(under_test.arming):
                await asyncio.sleep(0.3)
                booth.close()
                await asyncio.sleep(0.1)
        result = await check_iris_module(under_test)

    assert result.fault is None
