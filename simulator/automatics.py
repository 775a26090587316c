"""What a camera does by itself, frame after frame: exposure, white balance, focus; then it holds still.

Modelled on libcamera's algorithms for the Raspberry Pi [unverified]: a change of the light takes 6 to 12
frames, after which the metadata say so.
"""

import math
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.autofocus import Focusing
from simulator.people.optics import NOMINAL_GAIN, NOMINAL_US, LitScene, Setting

SPEED, FAST_WITHIN = 0.25, 0.2  # of the way in one frame; its square root when so near
WHITE_SPEED = 0.2
CALM_WITHIN, RESTLESS_BEYOND, CALM_FRAMES = 0.04, 0.10, 3
WHITE_BOARD = 0.85  # linear light of the brightest parts in a well exposed frame
DIMMEST = 1e-4
STAGES = ((10_000.0, 3.0), (20_000.0, 4.0), (30_000.0, 8.0))  # exposure first, then gain; in us
DELAY_FRAMES = 2  # from the statistics of a frame to the first one that they change
MOST_FRAMES_BACK = 40  # more than anything takes to settle
START = 0.35  # exposure of a camera that was just opened, in nominal ones
NATIVE_GAINS = (2.1, 1.7)  # red and blue of the sensor under neutral light
NEUTRAL_K, REDDEST = 5000.0, 0.5
LUX_OF_BOARD = 800.0  # on the white board under the good lamp
SEARCHING, CONVERGED = 1.0, 2.0


class Settling:
    """One quantity that follows its target, and says when it has arrived."""

    def __init__(self, start: float, speed: float, within: float, beyond: float) -> None:
        self.value = start
        self._speed, self._within, self._beyond = speed, within, beyond
        self._calm = 0

    def step(self, target: float) -> None:
        """One frame nearer."""
        off = abs(self.value / target - 1.0)
        speed = math.sqrt(self._speed) if off < FAST_WITHIN else self._speed
        self.value *= (target / self.value) ** speed
        off = abs(self.value / target - 1.0)
        if off > self._beyond:
            self._calm = 0
        elif off <= self._within or self.has_settled:
            self._calm += 1

    @property
    def has_settled(self) -> bool:
        """Whether it has been near its target for some frames."""
        return self._calm >= CALM_FRAMES

    @property
    def state(self) -> float:
        """As libcamera says it."""
        return CONVERGED if self.has_settled else SEARCHING


@dataclass(frozen=True, slots=True)
class _Decided:
    """What the algorithms want of a frame, and what they say of themselves."""

    setting: Setting
    exposing: float
    white: float
    focusing: float


class Automatics:
    """A simulator.cameras.Control that follows the light and the person before it."""

    def __init__(self, scene: LitScene) -> None:
        self._scene = scene
        self.begin(0.0)

    def begin(self, at_s: float) -> None:
        """A camera that was just opened knows nothing of the light."""
        self._exposing = Settling(START, SPEED, CALM_WITHIN, RESTLESS_BEYOND)
        self._red = Settling(1.0, WHITE_SPEED, 0.01, 0.03)
        self._blue = Settling(1.0, WHITE_SPEED, 0.01, 0.03)
        self._focusing = Focusing()
        self._pending: deque[_Decided] = deque([self._decided()] * DELAY_FRAMES)
        self._now = self._pending[0]
        self._begun_s = at_s
        self._last_s: float | None = None
        self._is_held = False

    def expose(self, at_s: float, period_s: float) -> tuple[NDArray[np.uint8], dict[str, float]]:
        """The frame of that exposure and what is said of it; every frame since the last one counts."""
        before_s = self._begun_s - period_s if self._last_s is None else self._last_s
        frames = round((at_s - before_s) / period_s)
        for back in range(min(frames, MOST_FRAMES_BACK) - 1, -1, -1):
            self._step(at_s - back * period_s)
        self._last_s = at_s
        pixels = self._scene.exposed(at_s, self._now.setting)
        return pixels, self._metadata(at_s, period_s)

    @property
    def has_settled(self) -> bool:
        """Whether the newest frame says that nothing moves any more; a lens that found nothing rests too."""
        now = self._now
        return now.exposing == now.white == CONVERGED and self._focusing.is_at_rest

    def hold(self) -> None:
        """Stay as the newest frame says."""
        self._is_held = True

    def free(self) -> None:
        """Follow the light again."""
        self._is_held = False

    def _step(self, at_s: float) -> None:
        if self._is_held:
            return
        metered = self._scene.metered(at_s, self._now.setting.exposure_us)
        self._exposing.step(min(max(WHITE_BOARD / max(metered.brightest, DIMMEST), 0.02), _most_exposure()))
        self._red.step(1.0 / metered.red)
        self._blue.step(1.0 / metered.blue)
        self._focusing.step(metered.distance_m)
        self._pending.append(self._decided())
        self._now = self._pending.popleft()

    def _decided(self) -> _Decided:
        exposure_us, gain, digital = _shutter_and_gain(self._exposing.value)
        setting = Setting(exposure_us, gain, digital, self._red.value, self._blue.value, self._focusing.lens)
        white = min(self._red.state, self._blue.state)
        return _Decided(setting, self._exposing.state, white, self._focusing.state.value)

    def _metadata(self, at_s: float, period_s: float) -> dict[str, float]:
        """libcamera's names and units, all as numbers."""
        setting = self._now.setting
        metered = self._scene.metered(at_s, setting.exposure_us)
        return {
            "ExposureTime": round(setting.exposure_us, 1),
            "AnalogueGain": round(setting.analogue_gain, 4),
            "DigitalGain": round(setting.digital_gain, 4),
            "ColourGainRed": round(NATIVE_GAINS[0] * setting.red, 4),
            "ColourGainBlue": round(NATIVE_GAINS[1] * setting.blue, 4),
            "ColourTemperature": round(NEUTRAL_K * (setting.red / setting.blue) ** REDDEST),
            "Lux": round(LUX_OF_BOARD * metered.mean, 1),
            "LensPosition": round(setting.lens_dioptres, 3),
            "AfState": self._now.focusing,
            "FocusFoM": self._focusing.figure_of_merit(metered.distance_m),
            "AeState": self._now.exposing,
            "AwbState": self._now.white,
            "FrameDuration": period_s * 1e6,
            "SensorTimestamp": at_s * 1e9 + setting.exposure_us * 1e3,
        }


def _most_exposure() -> float:
    longest_us, gain = STAGES[-1]
    return longest_us * gain / (NOMINAL_US * NOMINAL_GAIN)


def _shutter_and_gain(exposure: float) -> tuple[float, float, float]:
    """Time in us, analogue and digital gain. From 10 ms on whole periods of lamps on 50 Hz, so no bands."""
    wanted = exposure * NOMINAL_US * NOMINAL_GAIN
    if wanted <= STAGES[0][0]:
        return wanted, 1.0, 1.0
    longest_us, gain = next((stage for stage in STAGES if wanted <= stage[0] * stage[1]), STAGES[-1])
    analogue = min(wanted / longest_us, gain)
    return longest_us, analogue, wanted / (longest_us * analogue)
