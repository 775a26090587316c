"""What a person hears at a real page: the clip of what is shown, one at a time, as loud as they like."""

import shutil
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from firmware.screen.messages import LANGUAGES
from firmware.screen.view import Answer, AnswerKind, View
from firmware.screen.voice.library import clips_in, voice_folder
from firmware.screen.web import WebScreen
from tests.screen.browser import open_page, settle
from tests.screen.script import views
from tests.screen.tab import next_answer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

VIEWS = dict(views("en"))
PLAYS = """([name, volume]) => {
  const voice = document.querySelector("#voice");
  return voice.currentSrc.endsWith(`/voice/${name}`) && !voice.paused && voice.currentTime > 0
    && Math.abs(voice.volume - volume) < 0.01;
}"""
SILENT = "() => document.querySelector('#voice').paused"
TO_THE_END = (
    "() => { const voice = document.querySelector('#voice'); voice.currentTime = voice.duration - 0.05; }"
)
USUAL, LOUD, QUIET = 0.6, 1.0, 0.3
LONGEST_S, SHORTEST_S, FAINTEST_RMS = 15.0, 0.3, 0.02
HEAR_ALL = """async ([language, names]) => {
  const context = new OfflineAudioContext(1, 1, 22050);
  const heard = {};
  for (const name of names) {
    const answer = await fetch(`/voice/${language}/${name}`);
    const clip = await context.decodeAudioData(await answer.arrayBuffer());
    const samples = clip.getChannelData(0);
    const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
    heard[name] = [clip.duration, Math.sqrt(power)];
  }
  return heard;
}"""


@pytest.fixture
async def screen() -> AsyncGenerator[WebScreen]:
    """The real screen with the terminal's own clips."""
    async with WebScreen.serving("127.0.0.1", 0, voice_folder()) as serving:
        yield serving


async def show(page: Page, screen: WebScreen, name: str) -> View:
    await settle(page, screen, VIEWS[name], exposed_s=0.0)
    return VIEWS[name]


async def hears(page: Page, name: str, volume: float = USUAL) -> None:
    await page.wait_for_function(PLAYS, arg=[name, volume])


async def test_what_is_shown_is_said_and_then_its_detail(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "type_number")
    await hears(page, "en/instruction.type_number")
    await page.evaluate(TO_THE_END)

    await hears(page, "en/detail.type_number")


async def test_a_finger_is_called_by_its_name_and_new_advice_interrupts(
    page: Page, screen: WebScreen
) -> None:
    view = await show(page, screen, "finger_place")
    await hears(page, "en/instruction.finger_place.finger_1")
    await settle(page, screen, replace(view, hint="finger_press"), exposed_s=0.0)

    await hears(page, "en/hint.finger_press")
    assert await page.evaluate("() => document.querySelectorAll('audio, video').length") == 1


async def test_a_picture_of_progress_or_a_hint_that_goes_says_nothing_again(
    page: Page, screen: WebScreen
) -> None:
    view = await show(page, screen, "finger_advice")
    await hears(page, "en/instruction.finger_retry.finger_2")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await settle(page, screen, replace(view, hint=None), exposed_s=0.0)

    await hears(page, "en/instruction.finger_retry.finger_2")
    assert asked == []


async def test_everything_is_said_again_on_request(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "review_facts")
    await hears(page, "en/instruction.review_facts")
    await page.evaluate(TO_THE_END)
    await hears(page, "en/detail.review_facts")
    await page.get_by_role("button", name="Listen again").focus()
    await page.keyboard.press("Enter")

    await hears(page, "en/instruction.review_facts")


async def test_a_detail_is_said_once_a_visit(page: Page, screen: WebScreen) -> None:
    view = await show(page, screen, "finger_place")
    await hears(page, "en/instruction.finger_place.finger_1")
    await settle(page, screen, replace(view, target="finger_2"), exposed_s=0.0)
    await hears(page, "en/instruction.finger_place.finger_2")
    await page.evaluate(TO_THE_END)

    await page.wait_for_function(SILENT)


async def test_the_voice_is_as_loud_as_the_person_likes_for_this_visit(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "notice")
    await page.get_by_role("button", name="Sound: medium").click()
    await hears(page, "en/instruction.notice", LOUD)
    await page.get_by_role("button", name="Sound: loud").click()
    await page.wait_for_function(SILENT)
    await show(page, screen, "show_card")
    await page.get_by_role("button", name="Sound: off").click()
    await hears(page, "en/instruction.show_card", QUIET)
    await show(page, screen, "attract")
    await show(page, screen, "notice")

    await hears(page, "en/instruction.notice", USUAL)
    await expect(page.get_by_role("button", name="Sound: medium")).to_be_visible()


async def test_another_language_has_another_voice(page: Page, screen: WebScreen) -> None:
    view = await show(page, screen, "guardian_relation")
    await hears(page, "en/instruction.guardian_relation")
    await settle(page, screen, replace(view, language="vi"), exposed_s=0.0)

    await hears(page, "vi/instruction.guardian_relation")


async def test_help_and_questions_of_the_page_are_said(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "help")
    await hears(page, "en/help.fingerprints")
    await show(page, screen, "finger_place")
    await page.get_by_role("button", name="Cannot give this").click()

    await hears(page, "en/cannot_give.question.finger_1")


async def test_nobody_is_called_when_nobody_is_there(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "notice")
    await hears(page, "en/instruction.notice")
    await show(page, screen, "attract")
    await page.wait_for_function(SILENT)
    await page.get_by_role("button", name="Listen again").click()

    await hears(page, "en/instruction.attract")


async def test_a_closed_terminal_says_so_once_and_not_every_minute(page: Page, screen: WebScreen) -> None:
    view = await show(page, screen, "clock_unknown")
    await hears(page, "en/instruction.clock_unknown")
    await show(page, screen, "attract")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await settle(page, screen, view, exposed_s=0.0)
    assert asked == []
    await show(page, screen, "notice")
    await settle(page, screen, view, exposed_s=0.0)

    await hears(page, "en/instruction.clock_unknown")


async def test_a_lost_clip_is_passed_over_and_the_visit_goes_on(browser: Browser, tmp_path: Path) -> None:
    for name in ("instruction.notice", "notice.data"):
        (tmp_path / "en").mkdir(exist_ok=True)
        shutil.copy(clips_in(voice_folder())["en"][name], tmp_path / "en")
    async with WebScreen.serving("127.0.0.1", 0, tmp_path) as screen:
        (tmp_path / "en" / "instruction.notice.ogg").write_bytes(b"no sound at all")
        page = await open_page(browser, screen.url)
        await show(page, screen, "notice")
        await hears(page, "en/notice.data")
        await page.get_by_role("button", name="I have read and understood").click()
        assert await next_answer(screen) == Answer(AnswerKind.AGREE)
        await page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_clip_sounds_for_a_plausible_time(page: Page, screen: WebScreen, language: str) -> None:
    names = list(clips_in(voice_folder())[language])
    heard: dict[str, Any] = await page.evaluate(HEAR_ALL, [language, names])

    assert heard.keys() == set(names)
    assert {name: s for name, (s, _) in heard.items() if not SHORTEST_S <= s <= LONGEST_S} == {}
    assert {name: rms for name, (_, rms) in heard.items() if rms < FAINTEST_RMS} == {}
