"""A lens that looks for what stands before it."""

import math
from enum import Enum

import numpy as np

AT_REST = 1.0  # dioptres, of a camera that was just opened
RANGE = (0.0, 10.0)
OFF_BY = 0.35  # dioptres after which a new search begins
STEP = 0.6  # dioptres in one frame of a search
BEYOND = 0.45  # a search goes so far past the best place, or it could not know it
WAIT_FRAMES = 2  # before a search: it may have been a hand
FALLBACK = 1.67  # dioptres: where people usually sit
SHARPEST_FOM = 1600.0
FOM_WIDTH = 1.2  # dioptres


class AfState(float, Enum):
    """As libcamera says it."""

    IDLE = 0.0
    SCANNING = 1.0
    FOCUSED = 2.0
    FAILED = 3.0


class Focusing:
    """Continuous autofocus, one step a frame."""

    def __init__(self) -> None:
        self.lens = AT_REST
        self.state = AfState.IDLE
        self._path: list[float] = []
        self._sought: float | None = None
        self._off_frames = 0

    @property
    def is_at_rest(self) -> bool:
        """Whether the lens stands still, sharp or given up."""
        return self.state in {AfState.FOCUSED, AfState.FAILED}

    def step(self, distance_m: float | None) -> None:
        """One frame of whatever is at that distance; None: a bare wall."""
        best = None if distance_m is None else min(max(1.0 / distance_m, RANGE[0]), RANGE[1])
        if self._is_elsewhere(best):
            self._off_frames += 1
            if self.state is AfState.IDLE or self._off_frames > WAIT_FRAMES:
                self._begin(best)
        else:
            self._off_frames = 0
        if self._path:
            self.lens = self._path.pop(0)
            if not self._path:
                self.state = AfState.FAILED if self._sought is None else AfState.FOCUSED

    def figure_of_merit(self, distance_m: float | None) -> float:
        """How sharp the middle of the frame is; compare only within a session."""
        if distance_m is None:
            return 40.0
        return round(SHARPEST_FOM * math.exp(-(((self.lens - 1.0 / distance_m) / FOM_WIDTH) ** 2)), 1)

    def _is_elsewhere(self, best: float | None) -> bool:
        if self.state is AfState.IDLE:
            return True
        if best is None or self._sought is None:
            return best is not self._sought
        return abs(best - self._sought) > OFF_BY

    def _begin(self, best: float | None) -> None:
        self.state = AfState.SCANNING
        self._sought = best
        self._off_frames = 0
        self._path = _whole_range() if best is None else _to(self.lens, best)


def _whole_range() -> list[float]:
    """Everywhere, and then where people usually sit."""
    return [*np.arange(RANGE[0], RANGE[1], 2.0 * STEP).tolist(), FALLBACK]


def _to(start: float, best: float) -> list[float]:
    """To the best place, past it, and back."""
    past = best + math.copysign(BEYOND, best - start)
    steps = max(2, math.ceil(abs(past - start) / STEP))
    way = np.linspace(start, past, steps + 1)[1:].tolist()
    return [min(max(place, RANGE[0]), RANGE[1]) for place in (*way, (past + best) / 2.0, best)]
