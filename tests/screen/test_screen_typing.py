"""Digits typed at a real page: numbers, dates of birth, the time, PINs."""

from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from firmware.screen.view import Answer, AnswerKind, View
from firmware.screen.web import WebScreen
from tests.screen.browser import accessibility_faults, layout_faults, settle
from tests.screen.script import views
from tests.screen.tab import next_answer

pytestmark = pytest.mark.slow

VIEWS = dict(views("en"))


async def show(page: Page, screen: WebScreen, name: str) -> View:
    view = VIEWS[name]
    await settle(page, screen, view, exposed_s=0.0)
    return view


async def test_a_number_is_typed_by_touch_and_only_a_whole_one_is_said(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "type_number")
    done = page.get_by_role("button", name="Done")
    for digit in "07908500123":
        await page.get_by_role("button", name=digit, exact=True).click()
    await expect(done).to_be_disabled()
    await page.get_by_role("button", name="9", exact=True).click()
    await page.get_by_role("button", name="Erase a digit").click()
    await page.get_by_role("button", name="4", exact=True).click()
    await done.click()

    assert await next_answer(screen) == Answer(AnswerKind.NUMBER, "079085001234")
    await expect(page.locator("output")).to_have_text("············")


async def test_a_half_typed_number_outlives_the_question_whether_anybody_is_there(
    page: Page, screen: WebScreen
) -> None:
    view = await show(page, screen, "type_number")
    await page.keyboard.type("0790")
    await settle(
        page, screen, replace(view, instruction="still_there", asks=(AnswerKind.STILL_HERE,)), exposed_s=0.0
    )
    await settle(page, screen, view, exposed_s=0.0)
    await expect(page.locator("output")).to_have_text("0790········")
    await show(page, screen, "notice")
    await settle(page, screen, view, exposed_s=0.0)

    await expect(page.locator("output")).to_have_text("············")


async def test_a_pin_is_typed_on_keys_and_never_seen(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "attest")
    await page.keyboard.type("4715")
    await expect(page.locator("output")).to_have_text("●●●●")
    assert "4715" not in await page.content()
    await page.keyboard.press("Enter")

    assert await next_answer(screen) == Answer(AnswerKind.PIN, "4715")


async def test_a_pin_can_still_be_typed_after_the_language_was_changed_and_help_read(
    page: Page, screen: WebScreen
) -> None:
    view = await show(page, screen, "attest")
    await page.keyboard.type("47")
    await settle(page, screen, replace(view, help_is_open=True), exposed_s=0.0)
    await settle(page, screen, view, exposed_s=0.0)
    await page.keyboard.type("15")
    await page.keyboard.press("Enter")

    assert await next_answer(screen) == Answer(AnswerKind.PIN, "4715")


async def test_a_date_of_birth_has_a_place_for_day_month_and_year(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "type_birth")
    await page.keyboard.type("1408202")
    await expect(page.locator("output")).to_have_text("14day08month202·year")
    await expect(page.get_by_role("button", name="Done")).to_be_disabled()
    await page.keyboard.type("15")
    await page.keyboard.press("Enter")

    assert await next_answer(screen) == Answer(AnswerKind.BIRTH, "14082021")


async def test_a_year_is_enough_for_whoever_knows_no_more(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "birth_invalid")
    await page.get_by_role("button", name="Only the year").click()
    assert await accessibility_faults(page) == []
    assert await layout_faults(page) == []
    for digit in "1932":
        await page.get_by_role("button", name=digit, exact=True).click()
    await expect(page.locator("output")).to_have_text("1932year")
    await expect(page.get_by_role("button", name="The whole date")).to_be_visible()
    await page.get_by_role("button", name="Done").click()

    assert await next_answer(screen) == Answer(AnswerKind.BIRTH, "1932")


async def test_the_attendant_types_date_and_time_as_one_number(page: Page, screen: WebScreen) -> None:
    await show(page, screen, "clock_type")
    await page.keyboard.type("020320260805")
    await expect(page.locator("output")).to_have_text("02day03month2026year08hour05minute")
    await page.keyboard.press("Enter")

    assert await next_answer(screen) == Answer(AnswerKind.NUMBER, "020320260805")


async def test_half_a_number_of_the_child_is_never_shown_as_the_guardians(
    page: Page, screen: WebScreen
) -> None:
    await show(page, screen, "type_number")
    await page.keyboard.type("0790")
    await show(page, screen, "guardian_number")

    await expect(page.locator("output")).to_have_text("············")


async def test_the_keys_stay_where_they_are_when_a_number_is_asked_for_again(
    page: Page, screen: WebScreen
) -> None:
    await show(page, screen, "guardian_number")
    key = await page.query_selector(".key")
    assert key is not None
    await show(page, screen, "guardian_is_child")

    assert await key.is_visible()
