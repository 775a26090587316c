"""The iris module's driver against a line that answers what it is told to, in virtual time."""

import asyncio
from collections.abc import Callable

import pytest

from hw.iris.faults import ModuleForeign, ModuleRefused, ModuleSilent
from hw.iris.module import ATTEMPTS, REPLY_TIMEOUT_S, IrisModule
from hw.iris.protocol import ANSWER, REFUSED, Command, Packet, packet_stream

Answer = Callable[[Packet], bytes]
IDENTITY = bytes.fromhex("0101E66138528350B52C")


class ScriptedLine:
    """A ByteLine whose far end answers each packet at once; it counts them."""

    def __init__(self, answer: Answer) -> None:
        self.questions: list[Packet] = []
        self._answer = answer
        self._waiting = b""

    async def write(self, data: bytes, *, timeout_s: float) -> None:
        for question in packet_stream().feed(data):
            self.questions.append(question)
            self._waiting += self._answer(question)

    async def read_some(self, *, timeout_s: float) -> bytes:
        if not self._waiting:
            await asyncio.sleep(timeout_s)
        data, self._waiting = self._waiting, b""
        return data

    def set_baud(self, baud: int) -> None:
        pass

    def discard_input(self) -> None:
        self._waiting = b""

    def close(self) -> None:
        pass


def answers(payload: bytes) -> Answer:
    return lambda question: Packet(question.command | ANSWER, question.sequence, payload).encode()


async def test_a_silent_module_is_asked_a_limited_number_of_times() -> None:
    line = ScriptedLine(lambda _: b"")
    begun_s = asyncio.get_running_loop().time()

    with pytest.raises(ModuleSilent, match="check its cable"):
        await IrisModule(line).hello()

    assert len({question.sequence for question in line.questions}) == ATTEMPTS
    assert asyncio.get_running_loop().time() - begun_s == pytest.approx(ATTEMPTS * REPLY_TIMEOUT_S)


async def test_an_answer_that_was_lost_is_asked_for_again() -> None:
    line = ScriptedLine(lambda packet: b"" if packet.sequence == 1 else answers(IDENTITY)(packet))

    assert (await IrisModule(line).hello()).unique_number == "e66138528350b52c"


async def test_a_late_answer_is_not_taken_for_that_of_the_next_question() -> None:
    line = ScriptedLine(lambda packet: Packet(packet.command | ANSWER, packet.sequence - 1, b"x").encode())

    with pytest.raises(ModuleSilent):
        await IrisModule(line).ping(b"x")


async def test_a_module_of_another_protocol_is_refused() -> None:
    with pytest.raises(ModuleForeign, match="version 9"):
        await IrisModule(ScriptedLine(answers(b"\x09" + IDENTITY[1:]))).hello()


def refuses(question: Packet) -> bytes:
    return Packet(REFUSED, question.sequence, b"\x03\x01").encode()


@pytest.mark.parametrize("answer", [refuses, answers(b"?")], ids=["refused", "no status"])
async def test_what_the_module_cannot_do_is_a_fault(answer: Answer) -> None:
    with pytest.raises(ModuleRefused, match="command 03"):
        await IrisModule(ScriptedLine(answer)).status()


async def test_a_lamp_is_switched_by_one_byte() -> None:
    line = ScriptedLine(answers(b""))

    await IrisModule(line).show_lamp(is_on=True)

    assert line.questions == [Packet(Command.LAMP, 1, b"\x01")]
