"""A person at the real page in a real browser, who also has a face, fingers and eyes."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, WebSocket, async_playwright

from simulator.citizen import DEMO_PIN
from tests.live.stage import Places
from tests.live.stage_hand import StageHand
from tests.screen.browser import ARGUMENTS, PATH

View = Mapping[str, Any]
Look = Callable[[str], Awaitable[None]]
SHOWS = "(instruction) => document.body.dataset.instruction === instruction"
NO_VIEW: View = {"instruction": "", "target": None}
MAIN = "#actions .primary"
ASIDE = "#actions .secondary"
SEEN = "[data-look='presence seen']"
WITH_THE_BODY = {
    "show_card": "card shown",
    "guardian_card": "card guardian",
    "portrait_look": "card away",
    "portrait_look_child": "card away",
    "portrait_turn": "head 25",
    "finger_place": "finger {}",
    "finger_next": "finger {}",
    "finger_retry": "finger {}",
    "finger_offer": "finger {}",
    "finger_lift": "lift",
    "eye_look": "eye {}",
    "eye_done": "eye away",
}
TOUCHED = {
    "notice",
    "claim_confirm",
    "purpose",
    "guardian_confirm",
    "guardian_relation",
    "guardian_declare",
    "child_assent",
    "review",
    "attest_look",
}
PATIENCE_MS = 15_000
RETRY_S = 0.2
MOVE_S = 0.3  # from lifting one finger to laying the next one on; nobody is faster


@asynccontextmanager
async def browser_page(places: Places) -> AsyncGenerator[Page]:
    """A browser's only page; everything that it keeps lies below `places`."""
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            places.profile,
            executable_path=PATH,
            args=list(ARGUMENTS),
            env={**places.environment()},
            reduced_motion="reduce",
        )
        page = context.pages[0]
        page.set_default_timeout(PATIENCE_MS)
        try:
            yield page
        finally:
            await context.close()


async def _no_look(instruction: str) -> None:
    del instruction


class CitizenAtPage:
    """Follows the views that reach the page. previews: every live picture that was shown.

    look: at the page, before it is touched.
    """

    def __init__(self, page: Page, stage: StageHand, look: Look = _no_look) -> None:
        self.previews: list[NDArray[np.uint8]] = []
        self._page = page
        self._stage = stage
        self._look = look
        self._birth = ""
        self._number: str | None = None
        self._view = NO_VIEW
        self._news = asyncio.Event()
        page.on("websocket", self._listen)

    async def open(self) -> None:
        """Open the page; a booth that has just been started takes a moment to answer."""
        async with asyncio.timeout(PATIENCE_MS / 1000):
            while not await self._is_opened():
                await asyncio.sleep(RETRY_S)

    async def follow(
        self, until: Callable[[View], bool], limit_s: float, number: str | None = None, birth: str = ""
    ) -> None:
        """Walk up to the next booth, and do what the page says until it shows that.

        number, birth: digits typed instead of showing the card.
        """
        self._number, self._birth, self._view = number, birth, NO_VIEW
        async with asyncio.timeout(limit_s):
            await self.attract()
            await self._stage.do("stand")
            await self._stage.until(lambda it: it.somebody_stands_there, limit_s)
            await self._page.locator(MAIN).first.click()
            while not until(self._view):
                self._news.clear()
                await self._act(self._view)
                await self._news.wait()

    async def attract(self) -> None:
        """Wait until a booth invites."""
        await self._page.wait_for_function(SHOWS, arg="attract")

    async def touch(self, instruction: str, button: str = MAIN) -> None:
        """Touch the first such button of the view with that instruction."""
        await self._page.wait_for_function(SHOWS, arg=instruction)
        await self._look(instruction)
        await self._page.locator(button).first.click()

    async def stop(self) -> None:
        """End the visit by touch."""
        await self._page.click(".stop")
        await self._page.click("#question .danger")

    async def _is_opened(self) -> bool:
        try:
            return await self._page.goto(self._stage.screen_url) is not None
        except PlaywrightError:
            return False

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._see)

    def _see(self, message: str | bytes) -> None:
        if isinstance(message, bytes):
            shown = cv2.imdecode(np.frombuffer(message, np.uint8), cv2.IMREAD_COLOR_RGB)
            self.previews.append(np.asarray(shown, np.uint8))
            return
        told = json.loads(message)
        if told["type"] == "view":
            self._view = told["view"]
            self._news.set()

    async def _act(self, view: View) -> None:
        instruction = view["instruction"]
        if instruction == "show_card" and self._number is not None:
            await self.touch(instruction, ASIDE)
        elif instruction in WITH_THE_BODY:
            await self._move(WITH_THE_BODY[instruction], view["target"] or "")
        elif instruction in TOUCHED:
            await self.touch(instruction)
        elif instruction == "attest_presence":
            is_seen = any(each["found"] for each in view["questions"] if each["matter"] == "presence")
            await self.touch(instruction, MAIN if is_seen else SEEN)
        elif instruction in {"type_number", "type_birth", "attest"}:
            typed = {"type_number": self._number, "type_birth": self._birth, "attest": DEMO_PIN}
            await self._type(instruction, typed[instruction])

    async def _move(self, command: str, target: str) -> None:
        """With the part asked for; a finger is taken off before another one is laid on."""
        if command.startswith("finger"):
            await self._stage.do("lift")
            await asyncio.sleep(MOVE_S)
        await self._stage.do(command.format(target.removeprefix("finger_").removeprefix("eye_")))

    async def _type(self, instruction: str, digits: str | None) -> None:
        await self._page.wait_for_function(SHOWS, arg=instruction)
        await self._page.keyboard.type(digits or "")
        await self._page.keyboard.press("Enter")
