"""The attendant looks, answers by touch, and vouches; nothing is taken for seen that nobody touched."""

import asyncio
from collections.abc import Sequence

import pytest

from firmware.records.looks import OF_PORTRAIT, Finding, Look, Matter
from firmware.records.samples import Modality
from firmware.screen.view import REST, AnswerKind, ItemState, ReviewItem
from firmware.visit.attendants import PIN_TRIES, Attendant
from firmware.visit.attesting import (
    AttestDesk,
    Attested,
    NobodyVouches,
    PersonNotSeen,
    PortraitAgain,
    Vouched,
)
from firmware.visit.dialogue import Dialogue
from firmware.visit.phases import Phase
from tests.visit.scripted import ScriptedScreen

PIN, WRONG = "2468", "1111"
OFFICER = Attendant("CB-0042", b"", b"")
WITH_PRESENCE = (Matter.PRESENCE, *OF_PORTRAIT)
Said = tuple[AnswerKind, str]
LOOK_REST: Said = (AnswerKind.LOOKED, REST)
TYPE_PIN: Said = (AnswerKind.PIN, PIN)


async def find(pin: str) -> Attendant | None:
    return OFFICER if pin == PIN else None


@pytest.fixture
def desk(dialogue: Dialogue) -> AttestDesk:
    """A desk after a review in which the citizen has used up every retake."""
    item = ReviewItem(Modality.PORTRAIT, ItemState.GOOD, 80, None, "", None, may_retake=False)
    for phase in (Phase.NOTICE, Phase.IDENTIFY, Phase.REVIEW):
        dialogue.enter(phase, phase.value, review=(item,))
    return AttestDesk(dialogue, find, asyncio.sleep, retakes=1)


async def attested(
    desk: AttestDesk, screen: ScriptedScreen, said: Sequence[Said], matters: tuple[Matter, ...] = OF_PORTRAIT
) -> Attested:
    """What comes of the answers, a second between them."""
    attesting = asyncio.ensure_future(desk.attest(matters))
    for kind, value in said:
        await asyncio.sleep(1.0)
        screen.say(kind, value)
    async with asyncio.timeout(60.0):
        return await attesting


def looked(answer: str) -> Said:
    return AnswerKind.LOOKED, answer


async def test_one_touch_says_that_all_is_as_it_should_be(desk: AttestDesk, screen: ScriptedScreen) -> None:
    vouched = await attested(desk, screen, [LOOK_REST, TYPE_PIN])
    usual = (
        Look(Matter.GLASSES, Finding.NONE),
        Look(Matter.COVERING, Finding.NONE),
        Look(Matter.EARS, Finding.CLEAR),
    )
    assert vouched == Vouched(OFFICER, usual, ())


async def test_a_pin_is_not_heard_before_everything_is_looked_at(
    desk: AttestDesk, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    attesting = asyncio.ensure_future(desk.attest(OF_PORTRAIT))
    screen.say(*TYPE_PIN)
    screen.say(*looked("glasses none"))
    screen.say(*TYPE_PIN)
    await asyncio.sleep(1.0)
    assert not attesting.done()
    assert AnswerKind.PIN not in dialogue.view.asks
    assert [question.found for question in dialogue.view.questions] == [Finding.NONE, None, None]
    attesting.cancel()


async def test_nothing_is_answered_before_somebody_touches_it(
    desk: AttestDesk, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    attesting = asyncio.ensure_future(desk.attest(WITH_PRESENCE))
    await asyncio.sleep(1.0)
    assert {question.found for question in dialogue.view.questions} == {None}
    attesting.cancel()


async def test_one_exception_and_the_rest_take_two_touches(desk: AttestDesk, screen: ScriptedScreen) -> None:
    vouched = await attested(desk, screen, [looked("covering custom"), LOOK_REST, TYPE_PIN])
    assert isinstance(vouched, Vouched)
    assert [look.finding for look in vouched.looks] == [Finding.NONE, Finding.CUSTOM, Finding.CLEAR]


async def test_who_answers_one_by_one_goes_on_by_a_touch_of_its_own(
    desk: AttestDesk, screen: ScriptedScreen
) -> None:
    answers = [looked("glasses none"), looked("covering none"), looked("ears impaired")]
    vouched = await attested(desk, screen, [*answers, (AnswerKind.CONFIRM, ""), TYPE_PIN])
    assert isinstance(vouched, Vouched)
    assert vouched.looks[-1] == Look(Matter.EARS, Finding.IMPAIRED)


async def test_an_answer_can_be_changed_until_the_pin_is_typed(
    desk: AttestDesk, screen: ScriptedScreen
) -> None:
    back = [LOOK_REST, looked(""), looked("glasses medical"), (AnswerKind.CONFIRM, "")]
    vouched = await attested(desk, screen, [*back, TYPE_PIN])
    assert isinstance(vouched, Vouched)
    assert vouched.looks[0] == Look(Matter.GLASSES, Finding.MEDICAL)


async def test_another_portrait_is_asked_for_and_why_is_kept(
    desk: AttestDesk, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    again = [looked("ears again"), (AnswerKind.RETAKE, "portrait")]
    assert await attested(desk, screen, again) == PortraitAgain()
    for phase in (Phase.PORTRAIT, Phase.REVIEW):
        dialogue.enter(phase, phase.value)
    vouched = await attested(desk, screen, [LOOK_REST, TYPE_PIN])
    assert isinstance(vouched, Vouched)
    assert vouched.asked_again == (Matter.EARS,)


async def test_the_attendants_retakes_are_not_the_citizens(
    desk: AttestDesk, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    attesting = asyncio.ensure_future(desk.attest(OF_PORTRAIT))
    await asyncio.sleep(1.0)
    assert [item.may_retake for item in dialogue.view.review] == [True]
    attesting.cancel()


async def test_after_the_last_other_portrait_it_can_be_said_that_it_stays_as_it_is(
    desk: AttestDesk, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    await attested(desk, screen, [looked("glasses again"), (AnswerKind.RETAKE, "portrait")])
    for phase in (Phase.PORTRAIT, Phase.REVIEW):
        dialogue.enter(phase, phase.value)
    vouched = await attested(
        desk, screen, [looked("glasses again"), looked("glasses kept"), LOOK_REST, TYPE_PIN]
    )
    assert isinstance(vouched, Vouched)
    assert vouched.looks[0] == Look(Matter.GLASSES, Finding.KEPT)


async def test_whether_the_person_stands_there_is_never_part_of_the_rest(
    desk: AttestDesk, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    attesting = asyncio.ensure_future(desk.attest(WITH_PRESENCE))
    await asyncio.sleep(1.0)
    assert dialogue.view.instruction == "attest_presence"
    screen.say(*LOOK_REST)
    await asyncio.sleep(1.0)
    assert dialogue.view.questions[0].found is None
    assert AnswerKind.CONFIRM not in dialogue.view.asks
    attesting.cancel()


async def test_a_person_who_was_seen_is_vouched_for(desk: AttestDesk, screen: ScriptedScreen) -> None:
    vouched = await attested(desk, screen, [looked("presence seen"), LOOK_REST, TYPE_PIN], WITH_PRESENCE)
    assert isinstance(vouched, Vouched)
    assert vouched.looks[0] == Look(Matter.PRESENCE, Finding.SEEN)


async def test_that_nobody_stands_there_ends_the_visit_only_with_a_pin(
    desk: AttestDesk, screen: ScriptedScreen
) -> None:
    unseen = [looked("presence unseen"), (AnswerKind.CONFIRM, ""), (AnswerKind.PIN, WRONG)]
    assert await attested(desk, screen, [*unseen, *[TYPE_PIN] * 6], WITH_PRESENCE) == PersonNotSeen()


async def test_a_touch_by_mistake_that_nobody_stands_there_is_taken_back(
    desk: AttestDesk, screen: ScriptedScreen
) -> None:
    slip = [looked("presence unseen"), (AnswerKind.CONFIRM, ""), looked(""), looked("presence seen")]
    vouched = await attested(desk, screen, [*slip, LOOK_REST, TYPE_PIN], WITH_PRESENCE)
    assert isinstance(vouched, Vouched)


async def test_where_no_portrait_was_taken_only_a_pin_is_asked_for(
    desk: AttestDesk, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    assert await attested(desk, screen, [TYPE_PIN], ()) == Vouched(OFFICER, (), ())
    assert dialogue.view.instruction == "attest"


async def test_looking_again_does_not_give_more_wrong_pins(desk: AttestDesk, screen: ScriptedScreen) -> None:
    attesting = asyncio.ensure_future(desk.attest(OF_PORTRAIT))
    for _ in range(PIN_TRIES):
        screen.say(*LOOK_REST)
        await asyncio.sleep(1.0)
        screen.say(AnswerKind.PIN, WRONG)
        await asyncio.sleep(4.0)
        screen.say(*looked(""))
        await asyncio.sleep(1.0)
    assert await attesting == NobodyVouches()
