"""`python -m tests.screen.screenshots [--url URL --pin PIN]`: the README's pictures of the screen.

Without an address the scripted visit is drawn. With one, this plays the citizen's hand and the attendant's
before a running terminal, while somebody else (the stage page) plays the face and the fingers.
"""

import argparse
import asyncio
from pathlib import Path

from playwright.async_api import Page

from firmware.screen.web import WebScreen
from tests.screen.browser import ALL_DRAWN, chromium, open_page, settle
from tests.screen.script import views

PICTURES = Path(__file__).parents[2] / "firmware" / "screen" / "pictures"
CHOSEN = {
    "vi": ("attract", "portrait_advice", "finger_advice", "eye_look", "review", "receipt"),
    "en": ("finger_advice",),
}
CHANGE_LIMIT_S = 60.0  # the longest that a visit stays on one screen: a person who does not come
NUMBER = "079044001234"
MOMENT = """() => [
  document.body.dataset.phase,
  document.body.dataset.instruction + (document.querySelector("#hint.advice") === null ? "" : "_advice"),
  document.documentElement.lang,
]"""


async def draw(folder: Path) -> None:
    """Draw the chosen screens of the scripted visit."""
    async with chromium() as browser, WebScreen.serving("127.0.0.1", 0) as screen:
        page = await open_page(browser, screen.url)
        for language, names in CHOSEN.items():
            for exposed_s, (name, view) in enumerate(views(language)):
                if name in names:
                    await settle(page, screen, view, exposed_s)
                    await page.screenshot(path=folder / f"{name}-{language}-landscape.png")


async def follow(page: Page, folder: Path, pin: str) -> list[str]:
    """Go with a real visit to its end, a picture of every new screen; the names of the pictures."""
    taken: list[str] = []
    phase = ""
    while phase != "ended":
        moment = await page.evaluate(MOMENT)
        phase, screen, language = moment
        if f"{screen}-{language}" not in taken:
            await page.wait_for_function(ALL_DRAWN)
            await page.screenshot(path=folder / f"{screen}-{language}-landscape.png")
            taken.append(f"{screen}-{language}")
        await _answer(page, pin)
        if phase != "ended":
            await _change(page, moment)
    return taken


async def _change(page: Page, moment: list[str]) -> None:
    """Wait until another screen is shown."""
    is_another = f"(moment) => String(({MOMENT})()) !== String(moment)"
    await page.wait_for_function(is_another, arg=moment, timeout=CHANGE_LIMIT_S * 1000)


async def _answer(page: Page, pin: str) -> None:
    """Press the way on, or type what is asked for."""
    if await page.locator(".digits").count() > 0:
        await page.keyboard.type(NUMBER if await page.locator(".digits.number").count() > 0 else pin)
        await page.keyboard.press("Enter")
    elif await page.locator("#actions .primary").count() > 0:
        await page.locator("#actions .primary").first.click()


async def _follow_url(url: str, folder: Path, pin: str) -> None:
    async with chromium() as browser:
        page = await open_page(browser, url)
        await page.wait_for_function("() => document.body.dataset.phase !== undefined")
        await follow(page, folder, pin)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="the citizen's screen of a running terminal")
    parser.add_argument("--pin", default="", help="an attendant's PIN of that terminal")
    parser.add_argument("--folder", type=Path, default=PICTURES)
    given = parser.parse_args()
    asyncio.run(_follow_url(given.url, given.folder, given.pin) if given.url else draw(given.folder))
