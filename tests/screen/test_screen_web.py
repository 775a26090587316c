"""The talk between pages and the screen over real sockets, without a browser."""

import asyncio
import logging
from dataclasses import replace

import pytest
from websockets.exceptions import InvalidStatus

from firmware.screen.view import Answer, AnswerKind, Preview, View
from firmware.screen.web import WebScreen
from firmware.visit.phases import Phase
from tests.screen.tab import DEADLINE_S, Tab, next_answer, until

ATTRACT = View(Phase.ATTRACT, "attract", asks=(AnswerKind.START,))
ATTEST = View(Phase.ATTEST, "attest", asks=(AnswerKind.PIN, AnswerKind.CANCEL))
MIRROR = View(Phase.PORTRAIT, "portrait_look", preview=Preview.PORTRAIT, asks=(AnswerKind.CANCEL,))


async def test_a_page_that_connects_is_told_the_present_view(screen: WebScreen) -> None:
    screen.show(ATTRACT)

    async with Tab.on(screen) as tab:
        told = await tab.next_text()

    assert told["view"]["instruction"] == "attract"


async def test_an_answer_that_is_asked_for_reaches_the_visit(screen: WebScreen) -> None:
    screen.show(ATTRACT)
    async with Tab.on(screen) as tab:
        told = await tab.next_text()
        await tab.say(told["serial"], AnswerKind.START)

        assert await next_answer(screen) == Answer(AnswerKind.START)


async def test_answers_to_an_earlier_view_or_unasked_ones_are_dropped(screen: WebScreen) -> None:
    screen.show(ATTRACT)
    async with Tab.on(screen) as tab:
        earlier = (await tab.next_text())["serial"]
        screen.show(ATTEST)
        serial = (await tab.next_text())["serial"]
        await tab.say(earlier, AnswerKind.CANCEL)
        await tab.say(serial, AnswerKind.FINISH)
        await tab.say(serial, AnswerKind.PIN, "4321")

        assert await next_answer(screen) == Answer(AnswerKind.PIN, "4321")


async def test_an_answer_nobody_took_is_forgotten_with_its_question(screen: WebScreen) -> None:
    screen.show(ATTEST)
    async with Tab.on(screen) as tab:
        await tab.say((await tab.next_text())["serial"], AnswerKind.PIN, "4321")
        await tab.say_anything('{"drawn": true}')
        screen.show(replace(ATTEST, instruction="pin_wrong"))
        serial = (await tab.next_text())["serial"]
        await tab.say(serial, AnswerKind.CANCEL)

        assert await next_answer(screen) == Answer(AnswerKind.CANCEL)


async def test_a_hint_does_not_make_a_press_too_late(screen: WebScreen) -> None:
    screen.show(MIRROR)
    async with Tab.on(screen) as tab:
        serial = (await tab.next_text())["serial"]
        screen.show(replace(MIRROR, hint="face_closer"))
        await tab.say(serial, AnswerKind.CANCEL)

        assert await next_answer(screen) == Answer(AnswerKind.CANCEL)


@pytest.mark.parametrize(
    ("said", "code"),
    [("who are you?", 1008), (b"\x00\x01", 1008), ("x" * 100_000, 1009)],
    ids=["text", "binary", "huge"],
)
async def test_a_page_that_says_what_none_of_ours_says_is_shown_out(
    screen: WebScreen, said: str | bytes, code: int
) -> None:
    screen.show(ATTRACT)
    async with Tab.on(screen) as tab:
        await tab.say_anything(said)

        assert await tab.code_of_end() == code


async def test_every_page_shows_the_view_and_any_may_answer(screen: WebScreen) -> None:
    screen.show(ATTRACT)
    async with Tab.on(screen) as first, Tab.on(screen) as second:
        serial = (await first.next_text())["serial"]
        assert (await second.next_text())["serial"] == serial
        await first.say(serial, AnswerKind.START)
        assert await next_answer(screen) == Answer(AnswerKind.START)
        screen.show(ATTEST)
        asked = (await second.next_text())["serial"]
        await first.say(serial, AnswerKind.START)
        await second.say(asked, AnswerKind.CANCEL)

        assert await next_answer(screen) == Answer(AnswerKind.CANCEL)


async def test_a_fifth_page_is_asked_to_try_later_and_comes_in_when_another_leaves(screen: WebScreen) -> None:
    screen.show(ATTRACT)
    async with Tab.on(screen), Tab.on(screen), Tab.on(screen):
        async with Tab.on(screen):
            with pytest.raises(InvalidStatus) as refused:
                async with Tab.on(screen):
                    pass
        async with asyncio.timeout(DEADLINE_S):
            await until(lambda: screen.pages < 4)
        async with Tab.on(screen) as tab:
            assert (await tab.next_text())["view"]["phase"] == "attract"

    assert refused.value.response.status_code == 503


async def test_a_page_may_reload_in_the_middle_of_a_question(screen: WebScreen) -> None:
    screen.show(ATTRACT)
    async with Tab.on(screen) as tab:
        serial = (await tab.next_text())["serial"]
    async with Tab.on(screen) as tab:
        assert (await tab.next_text())["serial"] == serial


async def test_nothing_typed_is_logged_even_when_everything_is(
    screen: WebScreen, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    screen.show(ATTEST)
    async with Tab.on(screen) as tab:
        await tab.say((await tab.next_text())["serial"], AnswerKind.PIN, "739146")
        await next_answer(screen)

    from_the_booth = [
        record.getMessage() for record in caplog.records if not record.name.startswith("websockets.client")
    ]
    assert not [line for line in from_the_booth if "739146" in line]
