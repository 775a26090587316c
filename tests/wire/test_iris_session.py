"""A session of the iris module's light as its driver keeps it, and how it ends, in virtual time."""

import asyncio

import pytest

from hw.iris.faults import ModuleBroken, ModuleRestarted, ModuleSilent
from hw.iris.messages import Code, Faults, State
from hw.iris.module import HEARTBEAT_S, IrisModule
from hw.iris.protocol import ANSWER, Kind, Packet
from tests.wire.iris_line import ARMING, IDENTITY, ScriptedLine, lasting_s, module_that, nothing, says


async def test_a_session_is_kept_alive_by_heartbeats_and_disarmed_at_its_end() -> None:
    line = ScriptedLine(module_that(arms=Code.SUCCESS))

    async with IrisModule(line).armed(ARMING):
        await asyncio.sleep(10.0)

    kinds = [question.kind for question in line.questions]
    assert kinds.count(Kind.HEARTBEAT) + kinds.count(Kind.TIMESYNC) >= 10.0 / HEARTBEAT_S - 2
    assert kinds.count(Kind.TIMESYNC) >= 5 + 3
    assert kinds[-1] == Kind.DISARM


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


@pytest.mark.parametrize("silent_s", [0.0, 0.05, 0.31])
async def test_a_session_that_is_cancelled_at_any_moment_is_disarmed(silent_s: float) -> None:
    """Before it is armed, within it, and while a heartbeat waits for its answer."""
    line = ScriptedLine(module_that(arms=Code.SUCCESS))

    async def session() -> None:
        async with IrisModule(line).armed(ARMING):
            line.answer = nothing
            await asyncio.sleep(60.0)

    task = asyncio.create_task(session())
    await asyncio.sleep(silent_s)
    begun_s = asyncio.get_running_loop().time()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert line.questions == [] or line.questions[-1].kind == Kind.DISARM
    assert lasting_s(begun_s) <= 0.5 + 1e-6
