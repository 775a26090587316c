"""The iris module's driver against a line that answers what it is told to, in virtual time."""

import asyncio

import pytest

from hw.iris.conversation import Patience
from hw.iris.faults import ModuleForeign, ModuleRefused, ModuleSilent
from hw.iris.messages import Code
from hw.iris.module import IrisModule
from hw.iris.protocol import ANSWER, Kind, Packet
from tests.wire.iris_line import (
    EARLIER_IDENTITY,
    IDENTITY,
    Answer,
    ScriptedLine,
    answers,
    busy,
    lasting_s,
    nothing,
    says,
)


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
