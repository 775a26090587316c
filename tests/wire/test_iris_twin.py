"""Driver and twin of the iris module on one line, under virtual time: whole sessions in no time."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from hw.iris.faults import ModuleBroken
from hw.iris.messages import Arming, Faults, Pattern
from hw.iris.module import IrisModule
from hw.iris.pairing import Window, pairing
from simulator.damage import Chunk, loss
from simulator.iris_module_faults import world_of
from simulator.iris_module_twin import BAUD, IrisModuleTwin, TwinWorld
from simulator.lines import DirectLine

ARMING = Arming(1, 30, 3000, 900, 30, pattern=Pattern.EVERY_FOURTH_DARK)
WINDOW = Window(269, 291)


@dataclass
class Scene:
    """One twin on one line, and the frames that it exposed."""

    distance_mm: float | None = 280.0
    exposed_s: list[float] = field(default_factory=list[float])
    lit_us: list[int] = field(default_factory=list[int])

    def expose(self, at_s: float, on_us: int, lines: int) -> None:
        self.exposed_s.append(at_s)
        self.lit_us.append(on_us)

    def plugged(self, *faults: str) -> tuple[IrisModuleTwin, DirectLine]:
        world = TwinWorld(lambda: self.distance_mm, np.random.default_rng(1), world_of(list(faults)))
        twin = IrisModuleTwin(world, self.expose)
        return twin, DirectLine(twin, BAUD)


@pytest.fixture
def scene() -> Scene:
    return Scene()


async def living(scene: Scene, *faults: str) -> AsyncIterator[tuple[IrisModule, DirectLine]]:
    twin, line = scene.plugged(*faults)
    life = asyncio.create_task(twin.run(lambda data: line.say(line.damage(Chunk(data)).data)))
    await asyncio.sleep(0.2)
    yield IrisModule(line), line
    life.cancel()


async def test_a_session_of_20_seconds_pairs_every_frame_with_its_strobe(scene: Scene) -> None:
    async for module, _ in living(scene, "drift", "jitter"):
        async with module.armed(ARMING) as lit:
            await asyncio.sleep(20.0)
            strobes, ended = lit.strobes(), lit.ended()

        assert ended is Faults.NONE
        assert lit.lost_events == 0
        recent = scene.exposed_s[-len(strobes) :]
        found = pairing(recent, strobes, WINDOW)
        assert len(found.lit) + len(found.dark) >= len(strobes) - 1
        assert len(found.dark) == pytest.approx(len(strobes) / 4, abs=1)


async def test_somebody_who_leans_in_ends_it_and_may_come_back(scene: Scene) -> None:
    async for module, _ in living(scene):
        async with module.armed(ARMING) as lit:
            scene.distance_mm = 100.0
            await asyncio.sleep(0.5)
            leaned_in, frames = lit.ended(), len(scene.exposed_s)
            await asyncio.sleep(1.0)
            after = len(scene.exposed_s)
        scene.distance_mm = 280.0
        await asyncio.sleep(1.5)
        async with module.armed(ARMING) as again:
            await asyncio.sleep(0.5)
            came_back = again.ended()

        assert leaned_in == Faults.TOO_CLOSE
        assert after == frames
        assert came_back is Faults.NONE
        assert len(scene.exposed_s) > after


async def test_a_cable_that_loses_bytes_costs_strobes_and_no_session(scene: Scene) -> None:
    async for module, line in living(scene):
        line.damage = loss(np.random.default_rng(5), 0.005)
        async with module.armed(ARMING) as lit:
            await asyncio.sleep(6.0)

            assert lit.ended() is Faults.NONE
            assert lit.lost_events > 0


@pytest.mark.parametrize("name", ["one-shot-fail", "led-short", "rail-tripped"])
async def test_a_broken_module_is_a_broken_device(scene: Scene, name: str) -> None:
    async for module, _ in living(scene, name):
        with pytest.raises(ModuleBroken):
            async with module.armed(ARMING):
                pass

    assert scene.exposed_s == []
