"""Have exposure, white balance and focus settled? Read from the figures of frames, one after the other."""

from collections.abc import Collection, Mapping
from enum import Enum, auto

AE_IDLE, AE_CONVERGED = 0, 2  # libcamera's AeState, from 0.5; older ones say AeLocked
AWB_SEARCHING = 1  # libcamera's draft AwbState
AF_FOCUSED, AF_FAILED = 2, 3  # libcamera's AfState; 0 is idle, 1 scanning
STEADY_FRAMES = 4  # in a row; a person who moves makes one frame look settled
STEADY_GAIN = 0.01  # share by which a white balance that says nothing of itself may move from frame to frame


class Focus(Enum):
    """What the lens is at."""

    SETTLED = auto()
    SEARCHING = auto()
    FAILED = auto()


_FOCUS: Mapping[int, Focus] = {AF_FOCUSED: Focus.SETTLED, AF_FAILED: Focus.FAILED}


class Settling:
    """Follows the frames of one camera; answers for the newest one."""

    def __init__(self, offered: Collection[str]) -> None:
        self._offered = frozenset(offered)
        self._gains: tuple[float, float] | None = None
        self._steady = 0
        self.focus = Focus.SETTLED

    @property
    def light_has_settled(self) -> bool:
        """Whether exposure and white balance were settled for some frames in a row."""
        return self._steady >= STEADY_FRAMES

    def note(self, figures: Mapping[str, float]) -> None:
        """Take the figures of the next frame."""
        white_is_steady = self._white_is_steady(figures)
        settled = _exposure_has_converged(figures) and white_is_steady
        self._steady = self._steady + 1 if settled else 0
        self.focus = self._focus(figures)

    def _white_is_steady(self, figures: Mapping[str, float]) -> bool:
        before, self._gains = self._gains, _gains(figures)
        if "AwbState" in figures:
            return figures["AwbState"] != AWB_SEARCHING
        if "ColourGains" not in self._offered or self._gains is None:
            return True
        if before is None:
            return False
        return all(
            abs(now - then) <= STEADY_GAIN * then for now, then in zip(self._gains, before, strict=True)
        )

    def _focus(self, figures: Mapping[str, float]) -> Focus:
        if "AfMode" not in self._offered or "AfState" not in figures:
            return Focus.SETTLED
        return _FOCUS.get(round(figures["AfState"]), Focus.SEARCHING)


def _exposure_has_converged(figures: Mapping[str, float]) -> bool:
    """By AeState, else by AeLocked; a camera that says neither has an exposure that does not change."""
    if "AeState" in figures:
        return figures["AeState"] in {AE_IDLE, AE_CONVERGED}
    return bool(figures.get("AeLocked", 1.0))


def _gains(figures: Mapping[str, float]) -> tuple[float, float] | None:
    red, blue = figures.get("ColourGainRed"), figures.get("ColourGainBlue")
    return None if red is None or blue is None else (red, blue)
