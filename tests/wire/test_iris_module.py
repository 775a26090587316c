"""The iris module's driver against a line that answers what it is told to, in virtual time."""

import asyncio
from collections.abc import Callable

import pytest

from hw.iris.conversation import Patience
from hw.iris.faults import ModuleBroken, ModuleForeign, ModuleRefused, ModuleRestarted, ModuleSilent
from hw.iris.messages import Arming, Code, Faults, State
from hw.iris.module import HEARTBEAT_S, IrisModule
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


async def test_a_silent_module_is_asked_a_limited_number_of_times_with_one_number() -> None:
    line = ScriptedLine(nothing)
    patience = Patience(reply_s=0.2, attempts=4)
    begun_s = asyncio.get_running_loop().time()

    with pytest.raises(ModuleSilent, match="check its cable"):
        await IrisModule(line, patience).status()

    assert line.questions == [Packet(Kind.STATUS, 1)] * 4
    assert lasting_s(begun_s) == pytest.approx(4 * 0.2)


async def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_number() -> None:
    line = ScriptedLine(lambda packet: b"" if len(line.questions) < 3 else answers(IDENTITY)(packet))

    assert (await IrisModule(line).hello()).serial == "e66138528350b52c"
    assert {question.sequence for question in line.questions} == {1}


async def test_a_late_answer_is_not_taken_for_that_of_the_next_question() -> None:
    line = ScriptedLine(lambda packet: Packet(packet.kind | ANSWER, packet.sequence - 1, IDENTITY).encode())

    with pytest.raises(ModuleSilent):
        await IrisModule(line).status()


async def test_a_module_of_a_later_version_is_refused_by_name() -> None:
    def answer(question: Packet) -> bytes:
        return Packet(Kind.HELLO | ANSWER, question.sequence, IDENTITY, version=9).encode()

    with pytest.raises(ModuleForeign, match="version 9"):
        await IrisModule(ScriptedLine(answer)).hello()


async def test_a_module_of_version_1_is_refused_by_name_though_it_hears_nothing_of_ours() -> None:
    line = ScriptedLine(lambda packet: EARLIER_IDENTITY if packet.kind == 0 else b"")

    with pytest.raises(ModuleForeign, match="version 1"):
        await IrisModule(line).hello()

    assert line.greetings == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [(busy, Code.INVALID_STATE), (answers(b"?"), None)],
    ids=["refused", "no self-test"],
)
async def test_what_the_module_will_not_do_is_a_fault_with_its_code(
    answer: Answer, code: Code | None
) -> None:
    with pytest.raises(ModuleRefused) as refused:
        await IrisModule(ScriptedLine(answer)).self_test()

    assert (refused.value.command, refused.value.code) == (Kind.SELFTEST, code)


async def test_a_session_is_kept_alive_by_heartbeats_and_disarmed_at_its_end() -> None:
    line = ScriptedLine(module_that(arms=Code.SUCCESS))

    async with IrisModule(line).armed(ARMING):
        await asyncio.sleep(10.0)

    kinds = [question.kind for question in line.questions]
    assert kinds.count(Kind.HEARTBEAT) + kinds.count(Kind.TIMESYNC) >= 10.0 / HEARTBEAT_S - 2
    assert kinds.count(Kind.TIMESYNC) >= 5 + 3
    assert kinds[-1] == Kind.DISARM


async def test_a_heartbeat_that_is_not_answered_is_said_anew_not_again() -> None:
    line = ScriptedLine(lambda packet: b"" if len(line.questions) < 3 else says(Code.SUCCESS, packet))

    await IrisModule(line).heartbeat()

    assert [(question.kind, question.sequence) for question in line.questions] == [
        (Kind.HEARTBEAT, sequence) for sequence in (1, 2, 3)
    ]


async def test_heartbeats_that_nobody_answers_end_as_silence() -> None:
    line = ScriptedLine(nothing)

    with pytest.raises(ModuleSilent):
        await IrisModule(line, Patience(reply_s=0.2, attempts=4)).heartbeat()

    assert len(line.questions) == 4


async def test_what_the_module_tells_between_answers_reaches_the_session() -> None:
    line = ScriptedLine(module_that(arms=Code.SUCCESS))

    async with IrisModule(line).armed(ARMING) as lit:
        line.say(bytes.fromhex("05 02 A0 05 03 04 87 D6 12 01 01 01 01 08 B8 0B 07 2C 01 03 78 03 1B 78 00"))
        line.say(bytes.fromhex("07 02 A1 02 FF FF 04 01 03 85 7A 00"))
        await asyncio.sleep(0.01)
        (strobe,), distance, ended = lit.strobes(), lit.distance(), lit.ended()

    assert (strobe.strobe.index, strobe.at_s) == (3, pytest.approx(1.234567))
    assert distance is not None
    assert distance.mm is None
    assert ended is Faults.NONE
    assert lit.lost_events == 252  # from number 5 to number 2


async def test_somebody_too_close_ends_a_session_before_it_begins() -> None:
    line = ScriptedLine(module_that(arms=Code.FORBIDDEN, faults=Faults.TOO_CLOSE))

    async with IrisModule(line).armed(ARMING) as lit:
        assert lit.ended() == Faults.TOO_CLOSE


async def test_a_module_that_rests_is_asked_again() -> None:
    resting = 3

    def answer(question: Packet) -> bytes:
        nonlocal resting
        if question.kind == Kind.ARM and resting:
            resting -= 1
            return says(Code.IN_PROGRESS, question)
        return module_that(arms=Code.SUCCESS)(question)

    async with IrisModule(ScriptedLine(answer)).armed(ARMING) as lit:
        assert lit.ended() is Faults.NONE


async def test_a_latched_fault_is_a_broken_device() -> None:
    line = ScriptedLine(module_that(arms=Code.FORBIDDEN, state=State.FAULT, faults=Faults.ONE_SHOT_FAIL))

    with pytest.raises(ModuleBroken, match="one-shot"):
        async with IrisModule(line).armed(ARMING):
            pass


async def test_a_restart_within_a_session_ends_it() -> None:
    line = ScriptedLine(module_that(arms=Code.SUCCESS))

    async def session() -> None:
        async with IrisModule(line).armed(ARMING):
            line.say(Packet(Kind.HELLO | ANSWER, 0, IDENTITY).encode())
            await asyncio.sleep(5.0)

    with pytest.raises(ModuleRestarted):
        await session()


async def test_a_module_that_falls_silent_ends_the_session() -> None:
    line = ScriptedLine(module_that(arms=Code.SUCCESS))

    async def session() -> None:
        async with IrisModule(line).armed(ARMING):
            line.answer = nothing
            await asyncio.sleep(5.0)

    with pytest.raises(ModuleSilent):
        await session()


async def test_an_error_of_the_capture_is_not_hidden_and_the_light_goes_off() -> None:
    line = ScriptedLine(module_that(arms=Code.SUCCESS))

    with pytest.raises(ZeroDivisionError):
        async with IrisModule(line).armed(ARMING):
            raise ZeroDivisionError

    assert line.questions[-1].kind == Kind.DISARM
