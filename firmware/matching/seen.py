"""The fingers of one visit, so that none is taken twice under two names."""

from firmware.matching.described import Described, describe
from firmware.matching.similarity import compare
from firmware.quality.fingerprint.minutiae.minutiae import Minutiae
from firmware.records.samples import FingerPosition


class FingersSeen:
    """What has been taken so far, by position; in memory alone, and gone with the visit."""

    def __init__(self, same_finger: float) -> None:
        """`same_finger`: the similarity from which two prints are one finger (`policy/same_finger.toml`)."""
        self._same_finger = same_finger
        self._seen: dict[FingerPosition, tuple[Described, ...]] = {}

    def recall(self, minutiae: Minutiae) -> FingerPosition | None:
        """The position at which this finger was kept; another than the one asked for is a mix-up."""
        shown = describe(minutiae)
        kept_so_far = dict(self._seen)  # another finger may be kept by the loop while this runs in a worker
        alike = {
            position: max(compare(each, shown) for each in kept) for position, kept in kept_so_far.items()
        }
        best = max(alike, key=alike.__getitem__, default=None)
        return best if best is not None and alike[best] >= self._same_finger else None

    def keep(self, position: FingerPosition, minutiae: Minutiae) -> None:
        """Remember a finger, beside earlier prints at its position: the record keeps the best of them."""
        self._seen[position] = (*self._seen.get(position, ()), describe(minutiae))

    def forget(self, position: FingerPosition) -> None:
        """As if nothing had been taken at `position`."""
        self._seen.pop(position, None)

    def clear(self) -> None:
        """The visit is over."""
        self._seen.clear()

    def __repr__(self) -> str:
        return "FingersSeen()"
