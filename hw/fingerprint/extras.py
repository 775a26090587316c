"""What a sensor can do beside fingers: its lights, its health, a greeting, a random number, a new start."""

import struct
from enum import IntEnum

from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.commands import Commands

FOR_EVER = 0  # times of a ring light's pattern

_NUMBER = struct.Struct(">I")


class RingPattern(IntEnum):
    """How the ring of an R503 shines."""

    BREATHE = 1
    FLASH = 2
    ON = 3
    OFF = 4
    FADE_IN = 5
    FADE_OUT = 6


class RingColour(IntEnum):
    """In which colour; from GREEN on since firmware V1.2."""

    RED = 1
    BLUE = 2
    PURPLE = 3
    GREEN = 4
    YELLOW = 5
    CYAN = 6
    WHITE = 7


class Extras:
    """Each model knows some of these; ModelLacks for the others."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands

    async def shine(
        self, pattern: RingPattern, colour: RingColour, *, speed: int = 0x80, times: int = FOR_EVER
    ) -> None:
        """Let the ring shine; speed of a change, 0 to 255."""
        await self._commands.do(Instruction.CONTROL_RING_LIGHT, bytes([pattern, speed, colour, times]))

    async def switch_light(self, *, is_on: bool) -> None:
        """Switch the light of the plate."""
        await self._commands.do(Instruction.SWITCH_LIGHT_ON if is_on else Instruction.SWITCH_LIGHT_OFF)

    async def is_sound(self) -> bool:
        """Whether the sensor finds nothing wrong with its own camera."""
        reply = await self._commands.try_to(Instruction.CHECK_SENSOR, unless={Confirmation.SENSOR_ABNORMAL})
        return reply.confirmation == Confirmation.OK

    async def shake_hands(self) -> None:
        """Nothing but an answer."""
        await self._commands.do(Instruction.SHAKE_HANDS)

    async def echo(self) -> None:
        """Nothing but an answer that no other question has: 55 instead of 00."""
        await self._commands.try_to(Instruction.ECHO, unless={Confirmation.ECHOED})

    async def draw_random(self) -> int:
        """A number of 32 bits, from nobody knows where: not for keys."""
        results = await self._commands.do(Instruction.DRAW_RANDOM, result_bytes=_NUMBER.size)
        return _NUMBER.unpack(results)[0]

    async def switch_usb_port(self, *, is_on: bool) -> None:
        """Switch the sensor's own USB plug."""
        await self._commands.do(Instruction.SWITCH_USB_PORT, bytes([is_on]))

    async def cancel(self) -> None:
        """Stop what the sensor does by itself."""
        await self._commands.do(Instruction.CANCEL)

    async def stand_by(self) -> None:
        """Sleep; the next question may be needed twice."""
        await self._commands.do(Instruction.STAND_BY, attempts=1)
        self._commands.exchange.talk.unsettle()

    async def reset(self) -> None:
        """Start anew: image, features and the said password are gone. Open the sensor again afterwards."""
        await self._commands.do(Instruction.RESET, attempts=1)
        self._commands.exchange.talk.unsettle()
