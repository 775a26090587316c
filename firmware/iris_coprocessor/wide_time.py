"""Microseconds since start, for ever, from ticks that wrap at 2**30; no whole number beyond 2**30 is made."""

import struct

from wrapping import MASK, since

_LOW_BITS = 24
_LOW_MASK = 0xFFFFFF


class WideTime:
    """Must see the ticks at least every eight minutes."""

    def __init__(self, ticks_us: int) -> None:
        self.ms = 0  # modulo 2**30
        self._rest_us = 0
        self._seen_us = ticks_us
        self._low = 0
        self._high = 0

    def see(self, ticks_us: int) -> None:
        """Time is now `ticks_us`, modulo 2**30."""
        passed_us = since(ticks_us, self._seen_us)
        self._seen_us = ticks_us
        low = self._low + passed_us
        self._high += low >> _LOW_BITS
        self._low = low & _LOW_MASK
        rest_us = self._rest_us + passed_us
        self.ms = (self.ms + rest_us // 1000) & MASK
        self._rest_us = rest_us % 1000

    def put(self, into: bytearray, at: int) -> None:
        """Eight bytes, little-endian."""
        into[at] = self._low & 0xFF
        into[at + 1] = self._low >> 8 & 0xFF
        into[at + 2] = self._low >> 16
        struct.pack_into("<I", into, at + 3, self._high)
        into[at + 7] = 0

    def up_ms(self) -> int:
        """Milliseconds since start, modulo 2**32; not for the way of a strobe, since it may need the heap."""
        return (self._high * 16777216 + self._low) // 1000 & 0xFFFFFFFF
