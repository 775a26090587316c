"""The distance sensor's registers, as far as its driver uses them; a reading every 55 ms once started."""

from time import ticks_diff, ticks_ms

from world import NO_TARGET, world

PERIOD_MS = 55
BOOTED, MODEL, CLOCK = b"\x03", b"\xea\xcc", b"\x02\x90"
VALID, NO_SIGNAL = 9, 4
ACTIVE_LOW = 0x10  # in register 30: then 0 in register 31 says that a reading is there, else 1
GLASS_MM = 14  # how much nearer a lens is than the eye


class DistanceSensor:
    """At address 29."""

    def __init__(self):
        self._is_started = False
        self._ready = 1
        self._next_ms = 0

    def read(self, register, size):
        """The bytes from a register on."""
        if not world["ranger"]:
            raise OSError(5)
        if register == 0x31:
            return bytes((2 | (self._ready if self._is_ready() else 1 - self._ready),))
        if register == 0x89:
            return self._result()
        return {0xE5: BOOTED, 0x10F: MODEL, 0xDE: CLOCK}.get(register, bytes(size))[:size]

    def write(self, register, data):
        """Take bytes from a register on."""
        if not world["ranger"]:
            raise OSError(5)
        if register == 0x2D:
            self._ready = 0 if data[3] & ACTIVE_LOW else 1
        if register == 0x87:
            self._is_started = bool(data[0])
            self._next_ms = ticks_ms() + PERIOD_MS
        if register == 0x86:
            self._next_ms = max(self._next_ms + PERIOD_MS, ticks_ms())

    def _is_ready(self):
        return self._is_started and not world["frozen"] and ticks_diff(ticks_ms(), self._next_ms) >= 0

    def _result(self):
        distance = self._seen()
        result = bytearray(17)
        result[0] = world["status"] or (NO_SIGNAL if distance == NO_TARGET else VALID)
        result[10] = 3 << 2
        result[13], result[14] = distance >> 8 & 0xFF, distance & 0xFF
        result[15], result[16] = 0x02, 0x00
        return bytes(result)

    def _seen(self):
        distance, jitter = world["distance"], world["jitter"]
        if distance < 0:  # nearer than it can tell: a number below 0, as it is sent
            return distance
        if distance == NO_TARGET or world.chance(1000) < world["dropouts"]:
            return NO_TARGET
        if jitter:
            distance += world.chance(2 * jitter + 1) - jitter
        if world["spectacles"]:  # half of the readings are of the lens, some of what it mirrors
            way = world.chance(10)
            distance += -GLASS_MM if way < 5 else 3 * GLASS_MM if way < 7 else 0
        return max(distance, 0)
