"""Commands that a model knows, and answers that are either a result or a typed refusal."""

from collections.abc import Callable, Container
from typing import TypeVar

from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.conversation import Reply
from hw.fingerprint.exchange import COMMAND_ATTEMPTS, Exchange
from hw.fingerprint.faults import ModelLacks, ParametersUnknown, SensorRefused
from hw.fingerprint.intake import BytesIntake, Intake
from hw.fingerprint.profiles import SensorProfile

T = TypeVar("T")


class Commands:
    """What all parts of the driver send commands through.

    Every method raises ModelLacks before anything is sent when the model has no such instruction, LineLost,
    SensorSilent, and SensorRefused when the sensor says no.
    """

    def __init__(self, exchange: Exchange, profile: SensorProfile) -> None:
        self.profile = profile
        self.exchange = exchange

    def knows(self, instruction: Instruction) -> bool:
        """Whether the model has it."""
        return instruction in self.profile.instructions

    async def do(
        self,
        instruction: Instruction,
        arguments: bytes = b"",
        *,
        result_bytes: int = 0,
        attempts: int = COMMAND_ATTEMPTS,
    ) -> bytes:
        """The results of a command that must succeed."""
        self.check(instruction)
        reply = await self.exchange.ask(instruction, arguments, result_bytes=result_bytes, attempts=attempts)
        return confirmed(reply, instruction)

    async def try_to(
        self,
        instruction: Instruction,
        arguments: bytes = b"",
        *,
        result_bytes: int = 0,
        unless: Container[int],
    ) -> Reply:
        """The answer to a command that may also end in one of `unless`, which is no fault."""
        self.check(instruction)
        reply = await self.exchange.ask(instruction, arguments, result_bytes=result_bytes)
        if reply.confirmation not in unless:
            confirmed(reply, instruction)
        return reply

    async def fetch(self, instruction: Instruction, intake: Intake, arguments: bytes = b"") -> bool:
        """Let the data that a command asks for flow into `intake`; False when it gave them up."""
        self.check(instruction)
        is_whole = await self.exchange.fetch(instruction, intake, arguments)
        if not is_whole and self.knows(Instruction.CANCEL):
            await self.exchange.interrupt()
        return is_whole

    async def fetch_bytes(self, instruction: Instruction, size_bytes: int, arguments: bytes = b"") -> bytes:
        """So many bytes of data that a command asks for; TemplateDamaged when they do not come whole."""
        intake = BytesIntake(size_bytes)
        await self.fetch(instruction, intake, arguments)
        return bytes(intake.content)

    async def deliver(self, instruction: Instruction, content: bytes, arguments: bytes = b"") -> None:
        """Send data after a command; no sensor says whether they arrived."""
        self.check(instruction)
        confirmed(await self.exchange.deliver(instruction, content, arguments), instruction)

    def check(self, instruction: Instruction) -> None:
        """ModelLacks when the model has no such instruction."""
        if not self.knows(instruction):
            raise ModelLacks(instruction, self.profile.name)


def decoded(decode: Callable[[bytes], T], results: bytes) -> T:
    """What `decode` makes of results; ParametersUnknown when they make no sense to it."""
    try:
        return decode(results)
    except ValueError as error:
        raise ParametersUnknown from error


def confirmed(reply: Reply, instruction: Instruction) -> bytes:
    """The results of a yes; SensorRefused for any no."""
    if reply.confirmation != Confirmation.OK:
        raise SensorRefused(reply.confirmation, instruction)
    return reply.results
