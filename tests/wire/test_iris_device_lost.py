"""An eye that was taken stays taken, though camera or light fail before it has left."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import numpy as np
import pytest

from firmware.booth import light_on
from firmware.capture.iris import IrisCapture
from firmware.capture.iris_judge import EyeJudge
from firmware.capture.iris_light import Strobed
from firmware.capture.policy.same_eye import load_same_eye
from firmware.records.samples import EyeSide, Sample
from hw.camera.frames import CameraSilent
from hw.faults import DeviceFault
from simulator.iris_module_twin import BAUD
from simulator.live.board import module_of_terminal_a
from simulator.people.eye_scene import EyeScene
from simulator.port import SimulatedPort
from simulator.staged_iris import SimulatedIrisModule
from tests.planned_eyes import LIMITS, TIMING, PlannedScene, capturing, eye_of, presented, signals
from tests.scripted import CLOCK, WORKERS, WritingGuide


async def test_a_camera_that_falls_silent_after_an_eye_was_taken_costs_the_next_eye_alone() -> None:
    capture, guide, camera = await capturing(PlannedScene((0.0, presented())))
    guide.on_instruction = {"eye_done": camera.stall}

    sample = await capture.take(EyeSide.RIGHT, guide, 1)

    assert isinstance(sample, Sample)
    assert sample.report.accepted
    with pytest.raises(CameraSilent):
        await capture.take(EyeSide.LEFT, guide, 1)


@asynccontextmanager
async def lit_by_a_module() -> AsyncGenerator[tuple[IrisCapture, SimulatedPort]]:
    board = module_of_terminal_a()
    eyes = EyeScene(np.random.default_rng(9), blinks=False)
    eyes.present(eye_of(EyeSide.RIGHT))
    module = SimulatedIrisModule(board, eyes, np.random.default_rng(2))
    port = SimulatedPort(module.twin, BAUD)
    life = asyncio.create_task(module.live(port.say))
    await asyncio.sleep(0.5)
    frames = Strobed(module.camera, light_on(port.open, board), CLOCK)
    judge = EyeJudge(LIMITS, load_same_eye())
    yield IrisCapture(frames, WORKERS, judge, TIMING, CLOCK, "simulated", signals), port
    frames.close()
    life.cancel()


async def test_a_module_that_is_torn_off_after_an_eye_was_taken_costs_the_next_eye_alone() -> None:
    async with lit_by_a_module() as (capture, port):
        guide = WritingGuide(CLOCK, on_instruction={"eye_done": port.unplug})

        sample = await capture.take(EyeSide.RIGHT, guide, 1)

        assert isinstance(sample, Sample)
        assert sample.report.accepted
        with pytest.raises(DeviceFault):
            await capture.take(EyeSide.LEFT, guide, 1)
