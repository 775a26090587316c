"""`python -m tests.screen.gallery OUT_DIR`: every screen in both languages and three sizes, as PNG."""

import asyncio
import sys
from itertools import count
from pathlib import Path

from firmware.screen.messages import LANGUAGES
from firmware.screen.voice.library import voice_folder
from firmware.screen.web import WebScreen
from tests.screen.browser import SIZES, chromium, open_page, settle
from tests.screen.script import views


async def draw(folder: Path, only: frozenset[str] = frozenset()) -> None:
    """Write NAME-LANGUAGE-SIZE.png for every view whose name is in `only`, or for all."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    ticks = count(1)
    async with chromium() as browser, WebScreen.serving("127.0.0.1", 0, voice_folder()) as screen:
        for size_name, size in SIZES.items():
            page = await open_page(browser, screen.url, size)
            for language in LANGUAGES:
                for name, view in views(language):
                    if not only or name in only:
                        await settle(page, screen, view, next(ticks))
                        await page.screenshot(path=folder / f"{name}-{language}-{size_name}.png")
            await page.close()


if __name__ == "__main__":
    asyncio.run(draw(Path(sys.argv[1]), frozenset(sys.argv[2:])))
