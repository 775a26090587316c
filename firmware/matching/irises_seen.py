"""The eyes of one visit: none taken twice, none for the other, all frames of one eye alike."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import combinations

from firmware.matching.iris_code import UNKNOWN, IrisCode, distance
from firmware.records.samples import EyeSide


class Sides(StrEnum):
    """How two eyes lie to those of an earlier record."""

    AS_BEFORE = "as_before"
    SWAPPED = "swapped"
    UNLIKE = "unlike"  # another person, one eye on both sides, or pictures too poor to tell
    NOTHING_TO_COMPARE = "nothing_to_compare"  # no side of which both have an eye, as far as it is seen


def are_of_one_eye(codes: Sequence[IrisCode], same_frame: float) -> bool:
    """Whether all frames agree with each other; a wrong segmentation or another eye does not."""
    return all(distance(one, other) <= same_frame for one, other in combinations(codes, 2))


def compare_sides(
    shown: Mapping[EyeSide, IrisCode], earlier: Mapping[EyeSide, IrisCode], same_eye: float
) -> Sides:
    """Whether eyes are on the sides on which an earlier record has them.

    One pair that matches decides, since eyes of one person are no more alike than strangers'; pairs that
    match both ways contradict each other. A left eye unlike a right one says nothing.
    """
    direct = _nearest(shown, earlier, crossed=False)
    crossed = _nearest(shown, earlier, crossed=True)
    if (direct <= same_eye) != (crossed <= same_eye):
        return Sides.AS_BEFORE if direct <= same_eye else Sides.SWAPPED
    return Sides.NOTHING_TO_COMPARE if direct == UNKNOWN else Sides.UNLIKE


def _nearest(
    shown: Mapping[EyeSide, IrisCode], earlier: Mapping[EyeSide, IrisCode], *, crossed: bool
) -> float:
    pairs = [(one, other) for one in shown for other in earlier if (one is other) is not crossed]
    return min((distance(shown[one], earlier[other]) for one, other in pairs), default=UNKNOWN)


class IrisesSeen:
    """What has been taken so far, by side; in memory alone, and gone with the visit."""

    def __init__(self, same_eye: float) -> None:
        """`same_eye`: the distance up to which two codes are of one eye (`policy/same_eye.toml`)."""
        self._same_eye = same_eye
        self._seen: dict[EyeSide, tuple[IrisCode, ...]] = {}

    def recall(self, code: IrisCode) -> EyeSide | None:
        """The side at which this eye was kept; another than the one asked for is the same eye shown twice."""
        kept_so_far = dict(self._seen)  # the other eye may be kept by the loop while this runs in a worker
        distances = {side: min(distance(each, code) for each in kept) for side, kept in kept_so_far.items()}
        nearest = min(distances, key=distances.__getitem__, default=None)
        return nearest if nearest is not None and distances[nearest] <= self._same_eye else None

    def keep(self, side: EyeSide, code: IrisCode) -> None:
        """Remember an eye, beside earlier ones of its side: which of them stays is not decided yet."""
        self._seen[side] = (*self._seen.get(side, ()), code)

    def forget(self, side: EyeSide) -> None:
        """As if nothing had been taken on that side."""
        self._seen.pop(side, None)

    def clear(self) -> None:
        """The visit is over."""
        self._seen.clear()

    def __repr__(self) -> str:
        return "IrisesSeen()"
