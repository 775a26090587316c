"""Radiant exposure over every window up to 1000 s, by the second; whole numbers below 2**30.

The limit for t seconds is 18000 * t**0.25 J/m2 (IEC 62471, cornea and lens, 780 to 3000 nm), and 1e5 J/m2
in 1000 s. What arrives in a window between two of those kept is at most what the longer one holds, so each
is held to the limit of the one before it; the second that has begun counts to all of them.
"""

from array import array

from wrapping import MASK, since

SECOND_MS = 1000
WINDOWS_S = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000)
# mJ/m2: 18000 * t**0.25 * 1000 for t = 10 us (the shortest of the standard), 1, 2, 4, ... 512 s, rounded down
LIMITS_MJ = (
    1012214,
    18000000,
    21405728,
    25455844,
    30272270,
    36000000,
    42811456,
    50911688,
    60544541,
    72000000,
    85622912,
)
AGO_S = 3  # how long before the first second: outside the shortest windows, inside all others
SLOTS = 1002  # the longest window, the second that has begun, and the one that leaves


class Ledger:
    """What has been given, second by second.

    now_ms: of the first second. before_mj: assumed to have been given before it, since a reset forgets.
    """

    def __init__(self, now_ms: int, before_mj: int = 0) -> None:
        self._slots = array("i", bytes(4 * SLOTS))
        self._sums = array("i", bytes(4 * len(WINDOWS_S)))
        self._at = 0
        self._begun_ms = now_ms
        self.add(before_mj)
        for _ in range(AGO_S):
            self._turn()

    def has_room(self, mj: int) -> bool:
        """Whether so much more keeps every window below its limit."""
        for window in range(len(WINDOWS_S)):
            if self._sums[window] + mj > LIMITS_MJ[window]:
                return False
        return True

    def add(self, mj: int) -> None:
        """Book what is given in the second that has begun."""
        self._slots[self._at] += mj
        for window in range(len(WINDOWS_S)):
            self._sums[window] += mj

    def advance(self, now_ms: int) -> None:
        """Turn the seconds that have passed."""
        seconds = since(now_ms, self._begun_ms) // SECOND_MS
        if seconds:
            self._begun_ms = (self._begun_ms + seconds * SECOND_MS) & MASK
            for _ in range(min(seconds, SLOTS)):
                self._turn()

    def used_pm(self) -> int:
        """The fullest window, in thousandths of its limit."""
        fullest = 0
        for window in range(len(WINDOWS_S)):
            fullest = max(fullest, self._sums[window] // (LIMITS_MJ[window] // 1000))
        return fullest

    def _turn(self) -> None:
        self._at = (self._at + 1) % SLOTS
        for window in range(len(WINDOWS_S)):
            self._sums[window] -= self._slots[(self._at - WINDOWS_S[window] - 1) % SLOTS]
        self._slots[self._at] = 0
