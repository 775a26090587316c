"""How long the terminal may stay silent before everything goes dark."""

from time import ticks_add, ticks_diff, ticks_ms

LEASE_MS = 2000


class Lease:
    """Renewed by every whole packet of the terminal; there is none before the first."""

    def __init__(self) -> None:
        self.lapses = 0  # how often it ran out
        self._is_granted = False
        self._ends_ms = ticks_ms()

    def renew(self) -> None:
        """The terminal has spoken."""
        self._is_granted = True
        self._ends_ms = ticks_add(ticks_ms(), LEASE_MS)

    def left_ms(self) -> int:
        """Milliseconds until it runs out; 0 when there is none."""
        return max(0, ticks_diff(self._ends_ms, ticks_ms())) if self._is_granted else 0

    def has_just_lapsed(self) -> bool:
        """True once for each time that it runs out."""
        if not self._is_granted or self.left_ms() > 0:
            return False
        self._is_granted = False
        self.lapses = (self.lapses + 1) & 0xFFFF
        return True
