"""Frames lit by an iris module: its co-processor's twin, the real driver, a camera that it triggers."""

import asyncio
from collections.abc import AsyncIterator

import numpy as np
import pytest

from firmware.booth import light_on
from firmware.capture.iris import IrisCapture
from firmware.capture.iris_judge import EyeJudge
from firmware.capture.iris_light import Shown, Strobed, TooClose
from firmware.capture.policy.same_eye import load_same_eye
from firmware.quality.advice import Advice
from firmware.records.samples import EyeSide, Sample
from hw.boards.board import BOARDS, load_board
from hw.faults import DeviceFault
from simulator.iris_module_twin import BAUD
from simulator.people.eye_optics import EyePose
from simulator.people.eye_scene import EyeScene
from simulator.people.eyes import eye_master
from simulator.port import SimulatedPort
from simulator.staged_iris import SimulatedIrisModule
from tests.planned_eyes import LIMITS, TIMING, signals
from tests.scripted import CLOCK, WORKERS, WritingGuide

EYE = eye_master(np.random.default_rng(1), EyeSide.RIGHT)


class Place:
    """An eye before the camera of a module."""

    def __init__(self) -> None:
        board = load_board(BOARDS / "terminal_a.toml").iris_module
        assert board is not None
        self.eyes = EyeScene(np.random.default_rng(9), blinks=False)
        self.eyes.present(EYE)
        self.module = SimulatedIrisModule(board, self.eyes, np.random.default_rng(2))
        self.port = SimulatedPort(self.module.twin, BAUD)
        self.frames = Strobed(self.module.camera, light_on(self.port.open, board), CLOCK)

    async def mean(self) -> float:
        """Of the newest lit frame."""
        shown = await self.frames.newest(CLOCK.elapsed_s(), 1.0)
        assert isinstance(shown, Shown)
        return float(shown.frame.pixels.mean())


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    place = Place()
    life = asyncio.create_task(place.module.live(place.port.say))
    await asyncio.sleep(0.5)
    yield place
    place.frames.close()
    life.cancel()


async def test_only_lit_frames_are_shown_though_every_fourth_is_dark(place: Place) -> None:
    async with place.frames.lit():
        means = [await place.mean() for _ in range(12)]

    assert min(means) > 0.8 * max(means)


async def test_outside_its_context_the_module_is_dark_and_no_frame_comes(place: Place) -> None:
    async with place.frames.lit():
        await place.mean()

    with pytest.raises(DeviceFault):
        await place.module.camera.newest(exposed_after_s=CLOCK.elapsed_s() + 0.1, timeout_s=2.0)


@pytest.mark.parametrize(
    ("distance_mm", "is_placed", "advice"),
    [(280, True, None), (340, False, Advice.EYE_CLOSER), (250, False, Advice.EYE_BACK)],
)
async def test_the_distance_says_where_to_go(
    place: Place, distance_mm: int, is_placed: bool, advice: Advice | None
) -> None:
    place.eyes.present(EYE, EyePose(distance_mm=distance_mm))

    async with place.frames.lit():
        shown = await place.frames.newest(CLOCK.elapsed_s() + 0.3, 1.5)

    assert isinstance(shown, Shown)
    assert (shown.is_placed, shown.advice) == (is_placed, advice)


async def test_who_leans_in_is_told_to_go_back_and_gets_light_again(place: Place) -> None:
    async with place.frames.lit():
        await place.mean()
        place.eyes.present(EYE, EyePose(distance_mm=90))
        await asyncio.sleep(1.0)
        told = await place.frames.newest(CLOCK.elapsed_s(), 1.5)
        place.eyes.present(EYE)
        again = await place.frames.newest(CLOCK.elapsed_s(), 1.5)
        shown = await place.frames.newest(CLOCK.elapsed_s() + 0.5, 1.5)

    assert isinstance(told, TooClose)
    assert isinstance(again, TooClose)
    assert isinstance(shown, Shown)
    assert shown.is_placed


async def test_a_cable_pulled_meanwhile_is_a_fault_and_comes_back(place: Place) -> None:
    with pytest.raises(DeviceFault):
        await _unplugged_while_lit(place)
    with pytest.raises(DeviceFault):
        await place.frames.reopen()
    place.port.plug()
    await place.frames.reopen()

    async with place.frames.lit():
        assert await place.mean() > 0


async def _unplugged_while_lit(place: Place) -> None:
    async with place.frames.lit():
        await place.mean()
        place.port.unplug()
        await asyncio.sleep(5.0)


async def test_who_leans_in_for_long_is_told_to_go_back_and_no_device_is_blamed(place: Place) -> None:
    capture = IrisCapture(
        place.frames, WORKERS, EyeJudge(LIMITS, load_same_eye()), TIMING, CLOCK, "simulated", signals
    )
    guide = WritingGuide(CLOCK)
    place.eyes.present(EYE, EyePose(distance_mm=90))
    taking = asyncio.create_task(capture.take(EyeSide.RIGHT, guide, 1))
    await asyncio.sleep(8.0)
    place.eyes.present(EYE)
    await asyncio.sleep(4.0)
    place.eyes.remove()

    taken = await taking

    assert isinstance(taken, Sample)
    assert taken.report.accepted
    assert guide.hints == [Advice.EYE_BACK]
