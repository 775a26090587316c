"""Which frame was lit by which strobe, by time alone. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from hw.iris.messages import Strobe

LEAD_S = 51e-6  # the light begins so long before the exposure (strobe_program.py)
TOLERANCE_S = (
    5e-3  # of a camera's stamp and of the clocks' fit [unverified]; under half a period at 60 a second
)


class Dropped(Enum):
    """Why a frame is not used."""

    NO_STROBE = "no strobe"
    DISTANCE_UNKNOWN = "distance unknown"
    TOO_NEAR = "too near"
    TOO_FAR = "too far"


@dataclass(frozen=True, slots=True)
class TimedStrobe:
    """A strobe, and when it was in seconds of the running loop's time."""

    at_s: float
    strobe: Strobe

    @property
    def is_dark(self) -> bool:
        """Whether the frame was exposed without light."""
        return self.strobe.on_us == 0


@dataclass(frozen=True, slots=True)
class Window:
    """Distances in millimetres at which a frame is sharp enough to be used."""

    nearest_mm: int
    farthest_mm: int


@dataclass(frozen=True, slots=True)
class Pairing:
    """Of frames by their place: lit and dark ones with their strobes, and why the others are not used."""

    lit: dict[int, TimedStrobe]
    dark: dict[int, TimedStrobe]
    dropped: dict[int, Dropped]


def pairing(exposed_s: Sequence[float], strobes: Sequence[TimedStrobe], window: Window) -> Pairing:
    """Pair frames with strobes; exposed_s: begin of each exposure, in seconds of the running loop's time.

    Each strobe goes to the frame nearest to it within TOLERANCE_S, each to one at most. A dark frame needs no
    distance.
    """
    found = Pairing({}, {}, {})
    owners = _owners(exposed_s, strobes)
    for place in range(len(exposed_s)):
        strobe = owners.get(place)
        reason = Dropped.NO_STROBE if strobe is None else _why_not(strobe, window)
        if strobe is None or reason is not None:
            found.dropped[place] = reason or Dropped.NO_STROBE
        elif strobe.is_dark:
            found.dark[place] = strobe
        else:
            found.lit[place] = strobe
    return found


def _owners(exposed_s: Sequence[float], strobes: Sequence[TimedStrobe]) -> dict[int, TimedStrobe]:
    """Closest pairs first, so that a lost strobe does not shift all that follow."""
    gaps = sorted(
        (gap_s, place, number)
        for number, strobe in enumerate(strobes)
        for place, frame_s in enumerate(exposed_s)
        if (gap_s := abs(frame_s - strobe.at_s - LEAD_S)) <= TOLERANCE_S
    )
    owners: dict[int, TimedStrobe] = {}
    taken: set[int] = set()
    for _, place, number in gaps:
        if place not in owners and number not in taken:
            owners[place] = strobes[number]
            taken.add(number)
    return owners


def _why_not(strobe: TimedStrobe, window: Window) -> Dropped | None:
    distance_mm = strobe.strobe.distance_mm
    if strobe.is_dark:
        return None
    if distance_mm is None:
        return Dropped.DISTANCE_UNKNOWN
    if distance_mm < window.nearest_mm:
        return Dropped.TOO_NEAR
    return Dropped.TOO_FAR if distance_mm > window.farthest_mm else None
