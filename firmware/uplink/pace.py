"""How large the next piece of an upload is, and how long to wait after a failure; no clock, no network."""

from collections.abc import Callable

from firmware.uplink.settings import BackOffLimits, ChunkLimits

_FRACTION_BYTES = 6
_DOUBLINGS = 30  # beyond it every limit is reached


class ChunkSize:
    """Follows the link: pieces that take about the target's time, at most twice or half the last one."""

    def __init__(self, limits: ChunkLimits) -> None:
        self._limits = limits
        self._size = limits.least_bytes

    @property
    def size(self) -> int:
        """Bytes of the next piece."""
        return self._size

    def arrived(self, sent_bytes: int, took_s: float) -> None:
        """A piece of `sent_bytes` has arrived; a short last one says nothing about larger ones."""
        if sent_bytes < self._size:
            return
        wanted = int(sent_bytes * self._limits.target_s / max(took_s, 1e-3))
        self._set(min(2 * self._size, max(self._size // 2, wanted)))

    def lost(self) -> None:
        """A piece did not arrive."""
        self._set(self._size // 2)

    def _set(self, size: int) -> None:
        self._size = min(self._limits.most_bytes, max(self._limits.least_bytes, size))


class BackOff:
    """Exponential with full jitter, so that a ward's terminals do not all come back in the same second."""

    def __init__(self, limits: BackOffLimits, random_bytes: Callable[[int], bytes]) -> None:
        self._limits = limits
        self._random_bytes = random_bytes
        self._failures = 0

    def worked(self) -> None:
        """Something arrived: the next failure is a first one again."""
        self._failures = 0

    def failed_s(self) -> float:
        """How long to wait after one more failure."""
        ceiling = min(self._limits.most_s, self._limits.first_s * 2 ** min(self._failures, _DOUBLINGS))
        self._failures += 1
        return ceiling * self._fraction()

    def _fraction(self) -> float:
        drawn = int.from_bytes(self._random_bytes(_FRACTION_BYTES), "big")
        return drawn / (1 << (8 * _FRACTION_BYTES))
