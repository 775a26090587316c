"""When a camera counts as settled, what is then asked to stay, and what proves that it does."""

import asyncio
from collections.abc import Mapping
from functools import partial

import numpy as np
import pytest

from hw.boards.board import BOARDS, load_board
from hw.boards.camera import CaptureBoard
from hw.camera.convergence import STEADY_FRAMES, Focus, Settling
from hw.camera.exposures import begun_ns, figures_of
from hw.camera.frames import CameraSilent, Frame
from hw.camera.holding import Holding
from hw.camera.newest import NewestFrame
from hw.camera.settings import Held, Value, automatic_controls, held_controls, held_figures, with_held
from tests.camera.optics import AF_SCANNING, Optics
from tests.camera.twin import PI_CONTROLS

_BOARD = load_board(BOARDS / "terminal_a.toml")
SETTLED = figures_of(Optics(exposure_us=9_000.0, gains=(2.1, 1.6), scanned=9, lens=1.8).metadata)
ACTS_AFTER = 6
PERIOD_S = 1 / 15


def _capture(name: str = "portrait_camera") -> CaptureBoard:
    capture = getattr(_BOARD, name).capture
    assert isinstance(capture, CaptureBoard)
    return capture


def _settling(*frames: Mapping[str, float], offered: tuple[str, ...] = PI_CONTROLS) -> Settling:
    settling = Settling(offered)
    for figures in frames:
        settling.note(figures)
    return settling


def test_light_has_settled_after_some_converged_frames_in_a_row() -> None:
    searching = SETTLED | {"AeState": 1.0}
    assert _settling(*[SETTLED] * (STEADY_FRAMES + 1)).light_has_settled
    assert not _settling(*[SETTLED] * STEADY_FRAMES, searching).light_has_settled
    assert not _settling(searching, *[SETTLED] * (STEADY_FRAMES - 1)).light_has_settled


@pytest.mark.parametrize(("locked", "has_settled"), [(0.0, False), (1.0, True)])
def test_an_older_libcamera_says_locked_where_a_newer_one_says_converged(
    locked: float, has_settled: bool
) -> None:
    figures = {name: value for name, value in SETTLED.items() if name != "AeState"} | {"AeLocked": locked}
    assert _settling(*[figures] * (STEADY_FRAMES + 1)).light_has_settled is has_settled


def test_a_white_balance_that_still_moves_has_not_settled() -> None:
    moving = [SETTLED | {"ColourGainRed": 2.0 + 0.05 * step} for step in range(9)]
    assert not _settling(*moving).light_has_settled
    assert _settling(*[figures | {"AwbState": 2.0} for figures in moving]).light_has_settled


@pytest.mark.parametrize(
    ("state", "focus"), [(0, Focus.SEARCHING), (1, Focus.SEARCHING), (2, Focus.SETTLED), (3, Focus.FAILED)]
)
def test_focus_is_what_the_metadata_say(state: int, focus: Focus) -> None:
    assert _settling(SETTLED | {"AfState": float(state)}).focus is focus


def test_a_lens_that_cannot_move_is_in_focus() -> None:
    assert _settling(SETTLED | {"AfState": 1.0}, offered=("ExposureTime",)).focus is Focus.SETTLED


def test_automatic_means_zero_and_continuous_focus() -> None:
    controls = automatic_controls(_capture(), PI_CONTROLS)
    assert (controls["ExposureTime"], controls["AnalogueGain"], controls["ColourGains"]) == (
        0,
        0.0,
        (0.0, 0.0),
    )
    assert (controls["AfMode"], controls["AwbEnable"]) == (2, True)
    assert "AeEnable" not in controls


def test_what_the_board_file_fixes_is_never_automatic() -> None:
    controls = automatic_controls(_capture("iris_camera"), PI_CONTROLS)
    assert (controls["ExposureTime"], controls["AnalogueGain"]) == (3000, 2.0)
    assert not {"AwbEnable", "ColourGains"} & set(controls)


@pytest.mark.parametrize("offered", [(), ("ExposureTime",), ("ColourGains", "LensPosition")])
def test_only_what_a_camera_offers_is_set(offered: tuple[str, ...]) -> None:
    held = held_figures(SETTLED, offered, None)
    assert set(automatic_controls(_capture(), offered)) <= set(offered)
    assert set(held_controls(held)) <= set(offered)


def test_a_white_balance_is_not_held_and_automatic_in_one_request() -> None:
    held = held_controls(held_figures(SETTLED, PI_CONTROLS, None))
    controls = with_held(automatic_controls(_capture(), PI_CONTROLS), held)
    assert controls["ColourGains"] == (2.1, 1.6)
    assert "AwbEnable" not in controls


@pytest.mark.parametrize(
    ("name", "figure", "is_in_force"),
    [
        ("ExposureTime", 9_050.0, True),
        ("ExposureTime", 9_400.0, False),
        ("AnalogueGain", 2.1, False),
        ("ColourGainRed", 2.2, False),
        ("LensPosition", 1.82, True),
        ("LensPosition", 1.6, False),
    ],
)
def test_a_frame_proves_a_hold_when_its_figures_are_those_asked(
    name: str, figure: float, is_in_force: bool
) -> None:
    held = held_figures(SETTLED, PI_CONTROLS, None)
    assert held.is_in_force(SETTLED | {name: figure}) is is_in_force
    assert not held.is_in_force({key: value for key, value in SETTLED.items() if key != name})


def test_an_exposure_begins_before_the_first_row_is_read() -> None:
    assert begun_ns({"SensorTimestamp": 5e9, "ExposureTime": 8_000.0}, 66_667.0) == 5e9 - 8e6
    assert begun_ns({"SensorTimestamp": 5e9}, 66_667.0) == 5e9 - 66_667e3
    assert begun_ns({"ExposureTime": 8_000.0}, 66_667.0) is None


def test_metadata_of_any_kind_become_finite_numbers_or_nothing() -> None:
    metadata = {"Lux": float("nan"), "ExposureTime": "soon", "ColourGains": (1.5,), "AnalogueGain": 2}
    assert figures_of(metadata) == {"AnalogueGain": 2.0}


class Pi:
    """A camera in virtual time; controls come into force some frames later, unless it is deaf at first."""

    def __init__(self, optics: Optics, *, deaf_times: int = 0) -> None:
        self.frames = NewestFrame("test")
        self.asked: list[Mapping[str, Value]] = []
        self.is_running = True
        self._optics = optics
        self._deaf_times = deaf_times
        self._due: dict[int, Mapping[str, Value]] = {}
        self._number = 0

    def ask(self, controls: Mapping[str, Value]) -> None:
        self.asked.append(controls)
        if len(self.asked) > self._deaf_times:
            self._due[self._number + ACTS_AFTER] = controls
        else:
            self._optics.wanted_us *= 1.5  # the light changes meanwhile

    async def run(self) -> None:
        while self.is_running:
            await asyncio.sleep(PERIOD_S)
            self._number += 1
            self._optics.command(self._due.pop(self._number, {}))
            self._optics.advance()
            self.frames.put(self.frame())

    def frame(self) -> Frame:
        return Frame(np.zeros((2, 2), np.uint8), _now_s(), figures_of(self._optics.metadata))


def _holding(pi: Pi, limit_s: float, lens: float | None = 1.67) -> Holding:
    return Holding(pi.frames, PI_CONTROLS, lens, queued=4, deadline_s=_now_s() + limit_s)


async def _hold(pi: Pi, limit_s: float, lens: float | None = 1.67) -> Held | None:
    """What is held and proved within the limit."""
    running = asyncio.create_task(pi.run())
    holding = _holding(pi, limit_s, lens)
    first = await pi.frames.after(0.0, 1.0)
    held = await holding.settled(first)
    if held is not None:
        ask = partial(pi.ask, held_controls(held))
        held = held if await holding.is_in_force(held, first, ask) else None
    running.cancel()
    return held


def _now_s() -> float:
    return asyncio.get_running_loop().time()


async def test_settling_and_proof_take_little_more_than_a_second() -> None:
    held = await _hold(Pi(Optics()), limit_s=5.0)
    assert held is not None
    assert held.figures["ExposureTime"] == pytest.approx(9_000.0, rel=0.02)
    assert _now_s() < 1.5


async def test_a_focus_that_scans_for_ever_is_given_up_after_its_own_limit() -> None:
    held = await _hold(Pi(Optics(focus_ends=AF_SCANNING)), limit_s=10.0)
    assert held is not None
    assert held.figures["LensPosition"] == 1.67
    assert 2.0 < _now_s() < 3.0


async def test_without_a_place_to_fall_back_to_a_focus_that_finds_nothing_is_not_held() -> None:
    assert await _hold(Pi(Optics(focus_ends=AF_SCANNING)), limit_s=4.0, lens=None) is None
    assert _now_s() == pytest.approx(4.0, abs=0.2)


async def test_a_control_that_was_lost_is_asked_for_again() -> None:
    pi = Pi(Optics(), deaf_times=1)
    assert await _hold(pi, limit_s=5.0) is not None
    assert len(pi.asked) == 2


async def test_frames_from_before_prove_nothing() -> None:
    pi = Pi(Optics(exposure_us=9_000.0, gains=(2.1, 1.6), scanned=9, lens=1.8), deaf_times=99)
    running = asyncio.create_task(pi.run())
    first = await pi.frames.after(0.0, 1.0)
    begun_s = _now_s()
    await _holding(pi, 5.0).is_in_force(held_figures(SETTLED, PI_CONTROLS, None), first, lambda: pi.ask({}))
    running.cancel()
    assert _now_s() - begun_s >= (4 + 4) * PERIOD_S


async def test_a_camera_that_falls_silent_while_it_settles_is_silence_not_slowness() -> None:
    pi = Pi(Optics(focus_ends=AF_SCANNING))
    running = asyncio.create_task(pi.run())
    first = await pi.frames.after(0.0, 1.0)
    running.cancel()
    with pytest.raises(CameraSilent):
        await _holding(pi, 4.0, lens=None).settled(first)
