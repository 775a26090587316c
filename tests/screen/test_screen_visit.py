"""A person and a browser before a real screen: touching, typing, leaving, coming back."""

from dataclasses import replace

import numpy as np
import pytest
from playwright.async_api import Page, expect

from firmware.screen.view import REST, Answer, AnswerKind, View
from firmware.screen.web import WebScreen
from tests.screen import pictures
from tests.screen.browser import accessibility_faults, layout_faults, settle
from tests.screen.script import views
from tests.screen.tab import next_answer

pytestmark = pytest.mark.slow

VIEWS = dict(views("en"))
RED = "() => document.querySelector('.live').getContext('2d').getImageData(20, 20, 1, 1).data[0]"


async def show(page: Page, screen: WebScreen, name: str) -> View:
    view = VIEWS[name]
    await settle(page, screen, view, exposed_s=0.0)
    return view


@pytest.mark.parametrize(
    ("name", "button", "answer"),
    [
        ("attract", "Start", Answer(AnswerKind.START)),
        ("notice", "I have read and understood", Answer(AnswerKind.AGREE)),
        ("show_card", "Type number", Answer(AnswerKind.TYPE_INSTEAD)),
        ("claim_confirm", "Yes, they are right", Answer(AnswerKind.CONFIRM)),
        ("purpose", "Exchange my card", Answer(AnswerKind.PURPOSE, "exchange")),
        ("reason_re_issue", "My card is lost", Answer(AnswerKind.REASON, "lost")),
        ("guardian_relation", "Mother", Answer(AnswerKind.RELATION, "mother")),
        ("guardian_declare", "Yes, I confirm", Answer(AnswerKind.AGREE)),
        ("child_assent", "Yes, let's go", Answer(AnswerKind.AGREE)),
        ("portrait_look", "I am sitting", Answer(AnswerKind.SEATED)),
        ("portrait_look", "I am lying down", Answer(AnswerKind.BEDSIDE)),
        ("attest_look", "Stay on, medical", Answer(AnswerKind.LOOKED, "glasses medical")),
        ("attest_look", "All as it should be", Answer(AnswerKind.LOOKED, REST)),
        ("attest_look_rest", "The rest as it should be", Answer(AnswerKind.LOOKED, REST)),
        ("attest_look_again", "Take the portrait again", Answer(AnswerKind.RETAKE, "portrait")),
        ("attest_look_last", "Go on", Answer(AnswerKind.CONFIRM)),
        ("attest_presence", "Stands here", Answer(AnswerKind.LOOKED, "presence seen")),
        ("attest", "Look again", Answer(AnswerKind.LOOKED)),
        ("review_facts", "Go on", Answer(AnswerKind.CONFIRM)),
        ("claim_confirm", "No, type the number", Answer(AnswerKind.TYPE_INSTEAD)),
        ("review", "Go on", Answer(AnswerKind.CONFIRM)),
        ("still_there", "I am still here", Answer(AnswerKind.STILL_HERE)),
        ("receipt", "Finish", Answer(AnswerKind.FINISH)),
        ("notice", "Tiếng Việt", Answer(AnswerKind.LANGUAGE, "vi")),
        ("notice", "Help", Answer(AnswerKind.HELP)),
        ("help", "Close help", Answer(AnswerKind.HELP)),
    ],
)
async def test_a_touch_becomes_the_answer(
    page: Page, screen: WebScreen, name: str, button: str, answer: Answer
) -> None:
    await show(page, screen, name)

    await page.get_by_role("button", name=button).click()

    assert await next_answer(screen) == answer


async def test_to_stop_is_asked_twice(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "notice")
    await page.get_by_role("button", name="Stop").click()
    assert await accessibility_faults(page) == []
    assert await layout_faults(page) == []
    await page.get_by_role("button", name="No, go on").click()
    await page.get_by_role("button", name="Stop").click()
    await page.get_by_role("button", name="Stop and delete").click()
    await page.get_by_role("button", name="I have read and understood").click()

    assert await next_answer(screen) == Answer(AnswerKind.CANCEL)
    assert await next_answer(screen) == Answer(AnswerKind.AGREE)


async def test_what_cannot_be_given_has_a_reason(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "finger_place")
    await page.get_by_role("button", name="Cannot give this").click()
    assert await accessibility_faults(page) == []
    assert await layout_faults(page) == []
    await page.get_by_role("button", name="Bandaged").click()

    assert await next_answer(screen) == Answer(AnswerKind.CANNOT_GIVE, "bandaged")


async def test_a_question_about_one_finger_is_never_answered_for_the_next(
    page: Page, screen: WebScreen
) -> None:
    view = await show(page, screen, "finger_place")
    await page.get_by_role("button", name="Cannot give this").click()
    screen.show(replace(view, target="finger_2"))

    await expect(page.locator("#question")).to_be_hidden()


async def test_a_picture_under_review_is_seen_large_and_taken_again(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "review")
    await page.get_by_role("button", name="right ring finger").click()
    await expect(page.locator("#question")).to_contain_text("The best of several tries was kept.")
    assert await accessibility_faults(page) == []
    assert await layout_faults(page) == []
    await page.get_by_role("button", name="Again").click()

    assert await next_answer(screen) == Answer(AnswerKind.RETAKE, "finger_4")
    await expect(page.locator("#question")).to_be_empty()


async def test_a_picture_is_chosen_without_a_pointer(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "guardian_relation")
    await page.get_by_role("button", name="Father").focus()
    await page.keyboard.press("Enter")

    assert await next_answer(screen) == Answer(AnswerKind.RELATION, "father")


async def test_of_a_small_child_no_picture_is_asked_for_and_none_is_shown(
    page: Page, screen: WebScreen
) -> None:
    await show(page, screen, "guardian_declare")
    await expect(page.locator("#steps")).to_contain_text("Guardian")
    await show(page, screen, "review_facts")

    await expect(page.locator("#steps")).to_have_text("NumberGuardianCheckDone")
    await expect(page.locator("#hint")).to_contain_text("no picture, fingerprint or iris is taken")
    await expect(page.locator("[data-fact=relation]")).to_have_text("You are the child'sMother")
    assert await page.locator("#figure canvas").count() == 0


async def test_a_whole_visit_needs_no_pointer(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "attract")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    assert await next_answer(screen) == Answer(AnswerKind.START)


async def test_a_hint_changes_nothing_under_a_finger_that_presses(page: Page, screen: WebScreen) -> None:
    view = await show(page, screen, "finger_place")
    target = await page.get_by_role("button", name="Cannot give this").bounding_box()
    assert target is not None
    await page.mouse.move(target["x"] + 20, target["y"] + 20)
    await page.mouse.down()
    await settle(page, screen, replace(view, hint="finger_press"), exposed_s=0.0)
    await page.mouse.up()

    await expect(page.locator("#question")).to_be_visible()


async def test_an_answer_of_the_attendant_is_seen_as_pressed_and_keeps_the_keyboard_s_place(
    page: Page, screen: WebScreen
) -> None:
    view = await show(page, screen, "attest_look")
    medical = page.get_by_role("button", name="Stay on, medical")
    await expect(medical).to_have_attribute("aria-pressed", "false")
    await medical.focus()
    await page.keyboard.press("Enter")
    assert await next_answer(screen) == Answer(AnswerKind.LOOKED, "glasses medical")
    screen.show(replace(view, questions=VIEWS["attest_look_rest"].questions))

    await expect(medical).to_have_attribute("aria-pressed", "true")
    await expect(medical).to_be_focused()


async def test_nothing_is_pressed_before_the_attendant_has_touched_it(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "attest_presence")
    assert await page.locator("[aria-pressed=true]").count() == 0
    await expect(page.get_by_role("button", name="as it should be")).to_have_count(0)


async def test_an_officer_reads_at_the_edge_what_is_wrong_with_the_place(
    page: Page, screen: WebScreen
) -> None:
    await show(page, screen, "attract_attention")
    await expect(page.locator("#attention")).to_have_text(
        "For the officer: the portrait lamp is dark (PC-08)"
    )
    await show(page, screen, "attract")
    await expect(page.locator("#attention")).to_be_hidden()


async def test_the_way_to_a_portrait_is_seen_without_reading(page: Page, screen: WebScreen) -> None:
    view = await show(page, screen, "portrait_look")
    assert await page.locator(".stages .passed").count() == 0
    await settle(page, screen, replace(view, hint="face_straight"), exposed_s=1.0)
    assert await page.locator(".stages .passed").count() == 2
    assert await page.locator(".stages .now").count() == 1
    await settle(page, screen, replace(view, instruction="portrait_hold"), exposed_s=2.0)
    assert await page.locator(".stages .passed").count() == 6


async def test_the_live_picture_moves_and_leaves_with_its_view(page: Page, screen: WebScreen) -> None:
    view = await show(page, screen, "portrait_look")
    for exposed_s, shade in ((1.0, 30), (2.0, 220)):
        screen.preview(pictures.frame(np.full((90, 160, 3), shade, np.uint8), exposed_s))
        await page.wait_for_function(f"() => Math.abs(({RED})() - {shade}) < 3")
    canvas = await page.query_selector(".live")
    assert canvas is not None
    screen.preview(pictures.frame(pictures.face(), 3.0))
    await settle(page, screen, replace(VIEWS["finger_place"], language=view.language), exposed_s=3.0)

    assert await canvas.evaluate("(canvas) => [canvas.isConnected, canvas.width]") == [False, 0]
