"""What an R503 does by itself at one command, step by step, with fingers that come and go meanwhile."""

import struct
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.commands import Commands, confirmed
from hw.fingerprint.conversation import Reply
from hw.fingerprint.faults import ParametersUnknown
from hw.fingerprint.library import Found

ENROLLED, SEARCHED = 0x0F, 0x03  # the last step of each; R503, manual V1.2
FINGER_LIMIT_S = 11.0  # it waits 10 s for each finger
EXPOSURES = 6

_ENROL = struct.Struct(">BBBBB")
_IDENTIFY = struct.Struct(">BBBBB")
_FOUND = struct.Struct(">xHH")


@dataclass(frozen=True, slots=True)
class Identified:
    """A step of identification; `found` at its last one, unless nobody was found."""

    step: int
    found: Found | None = None


class Unattended:
    """Both yield each step that the sensor tells, and raise SensorRefused at the one that fails.

    Whoever stops before the last step, closes the generator; that interrupts the sensor.
    """

    def __init__(self, commands: Commands) -> None:
        self._commands = commands

    async def enrol(
        self,
        page: int,
        *,
        may_overwrite: bool = False,
        may_repeat: bool = False,
        finger_must_leave: bool = True,
    ) -> AsyncGenerator[int]:
        """Take six exposures of one finger, and store their template on `page` (0 to 199).

        Steps 1 to 12: each exposure and its features; 13 seen not to be there; 14 combined; 15 stored.
        """
        wanted = _ENROL.pack(page, may_overwrite, may_repeat, True, finger_must_leave)
        limit_s = EXPOSURES * FINGER_LIMIT_S
        async with self._steps(Instruction.ENROL_BY_ITSELF, wanted, ENROLLED, limit_s) as steps:
            async for reply in steps:
                yield _step(confirmed(reply, Instruction.ENROL_BY_ITSELF))

    async def identify(
        self, pages: range, *, security: int = 3, tries: int = 1
    ) -> AsyncGenerator[Identified]:
        """Take one exposure and search for its finger on `pages`, of which it can name 255.

        Steps: 1 exposure, 2 features, 3 searched.
        """
        wanted = _IDENTIFY.pack(security, pages.start, len(pages), True, tries)
        limit_s = tries * FINGER_LIMIT_S
        async with self._steps(Instruction.IDENTIFY_BY_ITSELF, wanted, SEARCHED, limit_s) as steps:
            async for reply in steps:
                yield _identified(reply)

    def _steps(
        self, instruction: Instruction, arguments: bytes, last: int, limit_s: float
    ) -> aclosing[AsyncGenerator[Reply]]:
        self._commands.check(instruction)
        steps = self._commands.exchange.follow(
            instruction, arguments, ends=lambda reply: _step(reply.results) == last, limit_s=limit_s
        )
        return aclosing(steps)


def _step(results: bytes) -> int:
    return results[0] if results else 0


def _identified(reply: Reply) -> Identified:
    if reply.confirmation == Confirmation.NOT_FOUND:
        return Identified(SEARCHED)
    results = confirmed(reply, Instruction.IDENTIFY_BY_ITSELF)
    step = _step(results)
    return Identified(step, _found(results) if step == SEARCHED else None)


def _found(results: bytes) -> Found:
    if len(results) != _FOUND.size:
        raise ParametersUnknown
    return Found(*_FOUND.unpack(results))
