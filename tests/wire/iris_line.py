"""A line to an iris module that answers what it is told to, for the driver's tests."""

import asyncio
from collections.abc import Callable

from hw.iris.messages import Arming, Code, Faults, State
from hw.iris.protocol import ANSWER, Kind, Packet, Packets, earlier_hello

Answer = Callable[[Packet], bytes]
IDENTITY = bytes.fromhex("02000001E66138528350B52C1F00068403A00F64007800")
EARLIER_IDENTITY = bytes.fromhex("A5 0A 81 01 01 01 E66138528350B52C C8A1")
ARMING = Arming(1, 30, 3000, 300, 20)


class ScriptedLine:
    """A ByteLine whose far end answers each packet at once; it keeps them."""

    def __init__(self, answer: Answer) -> None:
        self.questions: list[Packet] = []
        self.greetings = 0
        self.answer = answer
        self._packets = Packets()
        self._waiting = b""
        self._woken = asyncio.Event()

    def say(self, data: bytes) -> None:
        """Bytes arrive."""
        self._waiting += data
        self._woken.set()

    async def write(self, data: bytes, *, timeout_s: float) -> None:
        if data == earlier_hello():
            self.greetings += 1
            self.say(self.answer(Packet(0, 0)))
            return
        for question in self._packets.feed(data):
            self.questions.append(question)
            self.say(self.answer(question))

    async def read_some(self, *, timeout_s: float) -> bytes:
        if not self._waiting:
            self._woken.clear()
            try:
                async with asyncio.timeout(timeout_s):
                    await self._woken.wait()
            except TimeoutError:
                return b""
        data, self._waiting = self._waiting, b""
        return data

    def set_baud(self, baud: int) -> None:
        pass

    def discard_input(self) -> None:
        self._waiting = b""

    def close(self) -> None:
        pass


def answers(payload: bytes) -> Answer:
    return lambda question: Packet(question.kind | ANSWER, question.sequence, payload).encode()


def says(code: Code, question: Packet) -> bytes:
    return Packet(Kind.ACK, question.sequence, bytes([question.sequence, question.kind, code])).encode()


def module_that(arms: Code, state: State = State.IDLE, faults: Faults = Faults.NONE) -> Answer:
    """A module that says so to ARM, and yes to all the rest."""

    def answer(question: Packet) -> bytes:
        match question.kind:
            case Kind.STATUS:
                status = bytes([state]) + int(faults).to_bytes(2, "little") + b"\xff\xff" + bytes(14)
                return Packet(Kind.STATUS | ANSWER, question.sequence, status).encode()
            case Kind.TIMESYNC:
                return Packet(Kind.TIMESYNC | ANSWER, question.sequence, question.payload * 3).encode()
            case Kind.ARM:
                return says(arms, question)
            case _:
                return says(Code.SUCCESS, question)

    return answer


def nothing(question: Packet) -> bytes:
    return b""


def busy(question: Packet) -> bytes:
    return says(Code.INVALID_STATE, question)


def lasting_s(begun_s: float) -> float:
    return asyncio.get_running_loop().time() - begun_s
