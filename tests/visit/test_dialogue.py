"""The visit's ear: answers, cancelling, and people who have gone."""

import asyncio

import pytest

from firmware.screen.view import Answer, AnswerKind
from firmware.visit.dialogue import PATIENCE_S, STILL_THERE_S, Dialogue
from firmware.visit.outcomes import Outcome
from firmware.visit.phases import Phase, PhaseOutOfOrder
from tests.visit.scripted import ScriptedScreen


async def test_an_answer_that_is_asked_for_is_heard(dialogue: Dialogue, screen: ScriptedScreen) -> None:
    screen.say(AnswerKind.START)
    assert (await dialogue.ask(AnswerKind.START)).kind is AnswerKind.START


async def test_an_answer_that_is_not_asked_for_changes_nothing(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    screen.say(AnswerKind.CONFIRM)
    assert await dialogue.answer_within(5.0, AnswerKind.START) is None


async def test_changing_the_language_does_not_disturb_the_question(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    screen.say(AnswerKind.LANGUAGE, "en")
    screen.say(AnswerKind.START)
    await dialogue.ask(AnswerKind.START)
    assert screen.views[-1].language == "en"


async def test_an_unknown_language_is_ignored(dialogue: Dialogue, screen: ScriptedScreen) -> None:
    screen.say(AnswerKind.LANGUAGE, "xx")
    screen.say(AnswerKind.START)
    await dialogue.ask(AnswerKind.START)
    assert screen.views[-1].language == "vi"


async def test_cancelling_ends_the_visit_from_any_question(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    asking = asyncio.create_task(dialogue.ask(AnswerKind.AGREE))
    screen.say(AnswerKind.CANCEL)
    assert await dialogue.ended() is Outcome.CANCELLED
    asking.cancel()


async def test_cancelling_is_not_heard_while_the_record_is_saved(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    for phase in (Phase.NOTICE, Phase.IDENTIFY, Phase.REVIEW, Phase.ATTEST, Phase.SAVE):
        dialogue.enter(phase, phase.value)
    screen.say(AnswerKind.CANCEL)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(10.0):
            await dialogue.ended()


async def test_silence_asks_whether_anybody_is_there_and_then_ends(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    begun_s = asyncio.get_running_loop().time()
    asking = asyncio.create_task(dialogue.ask(AnswerKind.AGREE))
    assert await dialogue.ended() is Outcome.WALKED_AWAY
    assert asyncio.get_running_loop().time() - begun_s == pytest.approx(PATIENCE_S + STILL_THERE_S)
    assert screen.views[-1].instruction == "still_there"
    asking.cancel()


async def test_who_is_still_there_finds_the_question_again(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    dialogue.show(instruction="notice")
    asking = asyncio.create_task(dialogue.ask(AnswerKind.AGREE))
    await asyncio.sleep(PATIENCE_S + 1.0)
    screen.say(AnswerKind.STILL_HERE)
    await asyncio.sleep(0.1)
    assert screen.views[-1].instruction == "notice"
    screen.say(AnswerKind.AGREE)
    assert (await asking).kind is AnswerKind.AGREE


async def test_work_that_is_interrupted_is_stopped(dialogue: Dialogue, screen: ScriptedScreen) -> None:
    work = asyncio.get_running_loop().create_future()

    async def wait() -> int:
        return await work

    screen.say(AnswerKind.CANNOT_GIVE, "bandaged")
    result = await dialogue.unless_said(wait(), AnswerKind.CANNOT_GIVE)
    assert isinstance(result, Answer)
    assert result.value == "bandaged"
    assert work.cancelled()


async def test_a_fault_in_work_is_raised(dialogue: Dialogue) -> None:
    async def fail() -> int:
        await asyncio.sleep(1.0)
        raise KeyError("broken")

    with pytest.raises(KeyError):
        await dialogue.unless_said(fail(), AnswerKind.CANNOT_GIVE)


async def test_a_phase_out_of_order_raises_and_nothing_is_shown(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    await asyncio.sleep(0)
    before = list(screen.views)
    with pytest.raises(PhaseOutOfOrder):
        dialogue.enter(Phase.RECEIPT, "receipt")
    assert screen.views == before


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([(AnswerKind.CANCEL, ""), (AnswerKind.CANCEL, "")], id="touched twice"),
        pytest.param([(AnswerKind.LANGUAGE, "tlh")], id="a language that there is not"),
    ],
)
async def test_what_may_always_be_said_answers_no_question(
    dialogue: Dialogue, screen: ScriptedScreen, said: list[tuple[AnswerKind, str]]
) -> None:
    asking = asyncio.ensure_future(dialogue.ask(AnswerKind.CANNOT_GIVE))
    await asyncio.sleep(1.0)
    for kind, value in said:
        screen.say(kind, value)
    await asyncio.sleep(1.0)
    assert not asking.done()
    asking.cancel()
