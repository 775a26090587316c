"""`python -m tests.live.screenshots [FOLDER]`: the READMEs' pictures, from a real visit before the stage."""

import asyncio
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page

from tests.live.stage import Stage, staged
from tests.screen.browser import ALL_DRAWN, chromium, open_page

PICTURES = Path(__file__).parents[2] / "firmware" / "screen" / "pictures"
LIMIT_S = 300.0  # ten fingers at the pace of the real sensor, each twice, on a busy machine
COLOURS = 255
ADVISED = "document.querySelector('#hint.advice') !== null"
INSTRUCTED = "document.body.dataset.instruction ="
MOMENTS = {
    "attract": f"() => {INSTRUCTED}== 'attract'",
    "portrait": f"() => {INSTRUCTED}== 'portrait_look' && document.querySelector('.live')?.width > 0",
    "finger_advice": f"() => {INSTRUCTED}== 'finger_retry' && {ADVISED}",
    "review": f"() => {INSTRUCTED}== 'review'",
    "receipt": f"() => {INSTRUCTED}== 'receipt'",
}


async def take(folder: Path) -> None:
    """Write live-NAME.png for each of MOMENTS, and for the stage's page."""
    with tempfile.TemporaryDirectory() as root:
        async with staged(Path(root)) as stage, chromium() as browser:
            await _follow(browser, stage, folder)


async def _follow(browser: Browser, stage: Stage, folder: Path) -> None:
    screen, world = await _open(browser, stage.screen), await _open(browser, stage.stage)
    await world.select_option("#scenario", "sweaty_fingers")
    for name, moment in MOMENTS.items():
        await screen.wait_for_function(moment)
        await screen.wait_for_function(ALL_DRAWN)
        await _shoot(screen, folder / f"live-{name}.png")
        if name == "attract":
            await world.get_by_role("button", name="Walk up").click()
        if name == "finger_advice":
            await _shoot(world, folder / "live-stage.png")


async def _open(browser: Browser, url: str) -> Page:
    page = await open_page(browser, url)
    page.set_default_timeout(LIMIT_S * 1000)
    return page


async def _shoot(page: Page, file: Path) -> None:
    """A small PNG: few colours look the same and need a third of the room."""
    await page.screenshot(path=file)
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES))
