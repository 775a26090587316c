"""What the program's parts need of each other; for type checkers alone, never on a board."""

from typing import Protocol

class Board(Protocol):
    """The board as the commands see it."""

    def serial(self) -> bytes:
        """Eight bytes, different for every board."""

    def ticks_us(self) -> int:
        """Microseconds modulo 2**30."""

    def service_is_held(self) -> bool:
        """Whether somebody holds the service button."""

    def self_test(self) -> tuple[int, bytes]:
        """Light each line in turn; fault bits, and the payload that tells the terminal."""

    def update_begin(self, size: int) -> int:
        """Make room for a bundle of so many bytes; an ACK code, as for the next three."""

    def update_block(self, number: int, data: bytes) -> int:
        """Take the next block."""

    def update_verify(self, crc32: int) -> int:
        """Compare what has arrived, and unpack it."""

    def update_activate(self) -> int:
        """Start it once this is answered, on trial."""
