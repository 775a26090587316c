"""The pictures of the README can be taken again from a terminal that runs."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page

from firmware.screen.view import AnswerKind
from firmware.screen.web import WebScreen
from tests.screen.browser import settle
from tests.screen.screenshots import follow
from tests.screen.script import views

pytestmark = pytest.mark.slow


async def terminal(page: Page, screen: WebScreen) -> list[AnswerKind]:
    """A little visit; what was answered."""
    said: list[AnswerKind] = []
    for name, view in views():
        if name in {"attract", "notice", "claim_confirm", "attest", "receipt"}:
            screen.show(view)
            said.append((await screen.answer()).kind)
        elif name in {"finger_place", "end_saved"}:
            await settle(page, screen, view, 0.0)
    return said


async def test_a_visit_is_followed_to_its_end_with_a_picture_of_every_screen(
    page: Page, screen: WebScreen, tmp_path: Path
) -> None:
    visit = asyncio.create_task(terminal(page, screen))
    await page.wait_for_function("() => document.body.dataset.phase !== undefined")

    taken = await follow(page, tmp_path, pin="4715")

    assert taken[0] == "attract-vi"
    assert taken[-1] == "saved-vi"
    assert {path.stem for path in tmp_path.iterdir()} == {f"{name}-landscape" for name in taken}
    assert await visit == ["start", "agree", "purpose", "pin", "finish"]
