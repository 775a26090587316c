"""The board as the commands see it: light, senses, distance sensor, memory."""

from time import ticks_diff, ticks_us

from light import Light
from machine import unique_id
from ranger import Ranger
from self_test import self_test
from senses import Senses
from updating import Update
from wrapping import MASK


class Hardware:
    """Everything that is not pure, but for the line and the watchdog. running: the folder of this program."""

    def __init__(self, running: str) -> None:
        self._start = ticks_us()
        self._service_was_open = False
        self.light = Light()
        self.senses = Senses()
        self.ranger = Ranger()
        self.update = Update(running)

    def serial(self) -> bytes:
        """The chip's number."""
        return unique_id()

    def ticks_us(self) -> int:
        """Microseconds modulo 2**30."""
        return ticks_diff(ticks_us(), self._start) & MASK

    def service_is_held(self) -> bool:
        """Whether somebody holds the service button; closed since the start it is a jumper, nobody."""
        return self._service_was_open and self.senses.service_is_held()

    def feel_service(self) -> None:
        """See whether the button is open."""
        if not self.senses.service_is_held():
            self._service_was_open = True

    def self_test(self) -> tuple[int, bytes]:
        """Light each line in turn."""
        return self_test(self.light, self.senses, self.ranger.works)

    def update_begin(self, size: int) -> int:
        """Make room."""
        return self.update.begin(size)

    def update_block(self, number: int, data: bytes) -> int:
        """Take the next block."""
        return self.update.block(number, data)

    def update_verify(self, crc32: int) -> int:
        """Compare and unpack."""
        return self.update.verify(crc32)

    def update_activate(self) -> int:
        """Start it once this is answered."""
        return self.update.activate()
