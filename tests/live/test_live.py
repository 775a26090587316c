"""`make run` in a real browser: people at the screen, the stage beside it, and a sealed record at the end."""

import json
from collections.abc import AsyncGenerator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from host_tools.sealed_record import check_record
from tests.live.stage import Stage, staged
from tests.live.watching import colours_of_lamp, seen_on_screen, watch_lamp, watch_screen
from tests.screen.browser import accessibility_faults, layout_faults, open_page

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

SHOWS = "(phase) => document.body.dataset.phase === phase"
INSTRUCTS = "(instruction) => document.body.dataset.instruction === instruction"
DARK = {"rgb(0, 0, 0)"}
VISIT_LIMIT_S = 90.0  # of somebody who was never drawn before, on a busy machine
LIMIT_S = 45.0  # of one step; a booth starts in about a second, on a busy machine in many
AGAIN_MS = 15_000.0
PARTS = 13


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncGenerator[Stage]:
    async with staged(tmp_path / "terminal", "--hurried") as running:
        yield running


@pytest.fixture
async def screen(browser: Browser, stage: Stage) -> AsyncGenerator[Page]:
    """The citizen's screen, which invites."""
    page = await open_page(browser, stage.screen)
    page.set_default_timeout(LIMIT_S * 1000)
    await page.wait_for_function(SHOWS, arg="attract")
    yield page
    await page.context.close()


@pytest.fixture
async def world(browser: Browser, stage: Stage) -> AsyncGenerator[Page]:
    """The stage's page, laid out."""
    page = await open_page(browser, stage.stage)
    page.set_default_timeout(LIMIT_S * 1000)
    await page.get_by_role("button", name="right thumb").wait_for()
    yield page
    await page.context.close()


async def test_a_person_walks_up_and_a_sealed_record_is_left(stage: Stage, screen: Page, world: Page) -> None:
    await watch_screen(screen)
    await watch_lamp(world)
    await world.get_by_role("button", name="Walk up").click()
    await screen.wait_for_function(SHOWS, arg="receipt", timeout=VISIT_LIMIT_S * 1000)
    await screen.wait_for_function(SHOWS, arg="attract")

    seen, pictures = await seen_on_screen(screen)
    phases = [phase for phase in seen if phase != "save"]
    (record,) = (stage.places.state / "outbox").iterdir()
    captures = ["portrait", "fingerprints", "irises", "review"]
    assert phases == [
        "attract",
        "notice",
        "identify",
        *captures,
        "attest",
        "receipt",
        "ended",
        "none",
        "attract",
    ]
    assert pictures >= 3
    assert await colours_of_lamp(world) - DARK
    assert len(check_record(record).packets) == PARTS + 1


async def test_a_reload_changes_nothing_and_a_power_cut_leaves_no_record(
    stage: Stage, screen: Page, world: Page
) -> None:
    await world.get_by_role("button", name="Somebody for me to guide").click()
    for instruction in ("attract", "notice"):
        await press_on(screen, instruction)
    await show_card(world, screen)
    await world.get_by_role("button", name="put away").click()
    for instruction in ("claim_confirm", "purpose"):
        await press_on(screen, instruction)
    await reach(screen, "finger_place")
    await world.get_by_role("button", name="right thumb").click()
    await reach(screen, "finger_next")
    await screen.reload()
    await reach(screen, "finger_next")
    (left,) = (stage.places.state / "visits").iterdir()
    await world.get_by_role("button", name="Cut the booth's power").click()
    await screen.wait_for_function(SHOWS, arg="attract")

    (outcome,) = (stage.places.state / "outcomes").iterdir()
    assert json.loads(outcome.read_text("utf-8"))["reason"] == "crashed"
    assert not left.exists()
    assert not any((stage.places.state / "outbox").iterdir())


async def test_the_stage_can_be_used_by_everybody(world: Page) -> None:
    assert await accessibility_faults(world) == []
    assert await layout_faults(world) == []
    for name in ("Walk up", "right thumb", "iris module", "Cut the booth's power"):
        button = world.get_by_role("button", name=name)
        await button.focus()
        await world.keyboard.press("Enter")
    await world.get_by_text("visits served: 1").wait_for()
    await world.locator("[data-cable=iris_module][data-pulled]").wait_for()


async def reach(screen: Page, instruction: str) -> None:
    await screen.wait_for_function(INSTRUCTS, arg=instruction)


async def show_card(world: Page, screen: Page) -> None:
    """Hold it up, and once more where it was not read, as people do."""
    for _ in range(2):
        await world.get_by_role("button", name="show it").click()
        with suppress(PlaywrightTimeout):
            await screen.wait_for_function(INSTRUCTS, arg="claim_confirm", timeout=AGAIN_MS)
            return
    await reach(screen, "claim_confirm")


async def press_on(screen: Page, instruction: str) -> None:
    """Press the first large button of that screen."""
    await reach(screen, instruction)
    await screen.locator("#actions .primary").first.click()
