"""The speed that a driver has set on a terminal device, as any number of bits a second (Linux)."""

import array
import fcntl

_TCGETS2 = 0x802C542A  # asm-generic/ioctls.h; the older TCGETS knows a list of speeds only
_WORDS, _OUTPUT_SPEED = 11, 10  # struct termios2: four words, 20 bytes of characters, two speeds


def speed_of(descriptor: int) -> int:
    """Bits a second; of a pseudo-terminal either end tells what was set at the far one."""
    settings = array.array("I", bytes(4 * _WORDS))
    fcntl.ioctl(descriptor, _TCGETS2, settings)
    return settings[_OUTPUT_SPEED]
