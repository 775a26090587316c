"""Which controls make a camera automatic, which hold what it found, and whether metadata prove it.

Only controls that the camera offers are set. picamera2 turns an ExposureTime or AnalogueGain of 0 into
"automatic again", libcamera does so with ColourGains of 0. AeEnable is never switched off: without values
set before it the picture goes black (picamera2 issue 362).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hw.boards.camera import CaptureBoard

AF_MANUAL, AF_CONTINUOUS, AF_FAST = 0, 2, 1  # libcamera's AfMode and AfSpeed
FLICKER_MANUAL, FLICKER_US = 1, 10_000  # libcamera's AeFlickerMode; lamps on 50 Hz mains are dark every 10 ms

Value = float | int | bool | tuple[int, ...] | tuple[float, ...]
Controls = Mapping[str, Value]

# How far a figure may be from what was asked and still be it: exposure counts in rows, gain in steps.
_NEAR: Mapping[str, float] = {
    "ExposureTime": 0.02,
    "AnalogueGain": 0.02,
    "ColourGainRed": 0.01,
    "ColourGainBlue": 0.01,
    "LensPosition": 0.03,
}
_EXPOSURE_STEP_US = 60.0  # the longest row of the sensors in use [unverified]
_LENS_STEP = 0.03  # dioptres, about one step of the lens motor [unverified]


@dataclass(frozen=True, slots=True)
class Held:
    """What was asked to stay, under the names of a frame's figures."""

    figures: Mapping[str, float]

    def is_in_force(self, figures: Mapping[str, float]) -> bool:
        """Whether a frame's figures are those that were asked."""
        return all(_is_near(name, wanted, figures.get(name)) for name, wanted in self.figures.items())


def automatic_controls(capture: CaptureBoard, offered: Collection[str]) -> dict[str, Value]:
    """What a camera runs with: automatic, but for what the board file fixes."""
    frame_us = round(1e6 / capture.frames_per_s)
    wanted: dict[str, Value | None] = {
        "FrameDurationLimits": (frame_us, frame_us),
        "ExposureTime": 0 if capture.exposure_us is None else capture.exposure_us,
        "AnalogueGain": 0.0 if capture.analogue_gain is None else capture.analogue_gain,
        "AeFlickerMode": FLICKER_MANUAL,
        "AeFlickerPeriod": FLICKER_US,
        "AwbEnable": True,
        "ColourGains": (0.0, 0.0),
        "AfMode": AF_CONTINUOUS,
        "AfSpeed": AF_FAST,
        "ScalerCrop": capture.crop,
    }
    if capture.is_mono:
        del wanted["AwbEnable"], wanted["ColourGains"]
    return {name: value for name, value in wanted.items() if name in offered and value is not None}


def with_held(automatic: Mapping[str, Value], held: Mapping[str, Value]) -> dict[str, Value]:
    """`automatic`, but for what is held; AwbEnable and ColourGains in one request contradict each other."""
    contradicted = {"AwbEnable"} if "ColourGains" in held else set[str]()
    return {name: value for name, value in automatic.items() if name not in contradicted} | dict(held)


def held_figures(figures: Mapping[str, float], offered: Collection[str], lens: float | None) -> Held:
    """What of a settled frame can be kept. lens: dioptres to use instead of where the lens stands."""
    wanted: dict[str, float] = {}
    for name in ("ExposureTime", "AnalogueGain"):
        if name in offered and figures.get(name):
            wanted[name] = figures[name]
    red, blue = figures.get("ColourGainRed"), figures.get("ColourGainBlue")
    if "ColourGains" in offered and red and blue:
        wanted |= {"ColourGainRed": red, "ColourGainBlue": blue}
    position = figures.get("LensPosition") if lens is None else lens
    if {"AfMode", "LensPosition"} <= set(offered) and position is not None:
        wanted["LensPosition"] = position
    return Held(wanted)


def held_controls(held: Held) -> dict[str, Value]:
    """The controls that ask for what is to stay."""
    controls: dict[str, Value] = {}
    figures = held.figures
    if "ExposureTime" in figures:
        controls["ExposureTime"] = round(figures["ExposureTime"])
    if "AnalogueGain" in figures:
        controls["AnalogueGain"] = figures["AnalogueGain"]
    if "ColourGainRed" in figures:
        controls["ColourGains"] = (figures["ColourGainRed"], figures["ColourGainBlue"])
    if "LensPosition" in figures:
        controls |= {"AfMode": AF_MANUAL, "LensPosition": figures["LensPosition"]}
    return controls


def _is_near(name: str, wanted: float, figure: float | None) -> bool:
    if figure is None:
        return False
    step = {"ExposureTime": _EXPOSURE_STEP_US, "LensPosition": _LENS_STEP}.get(name, 0.0)
    return abs(figure - wanted) <= max(step, _NEAR[name] * abs(wanted))
