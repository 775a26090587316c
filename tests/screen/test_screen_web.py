"""The screen's server over real sockets, without a browser."""

import asyncio
import io
import logging
from collections.abc import Callable
from dataclasses import replace

import httpx
import numpy as np
import pytest
from PIL import Image
from websockets.exceptions import InvalidStatus

from firmware.screen.preview import LARGEST_BYTES, preview_jpeg
from firmware.screen.server import PortTaken
from firmware.screen.view import Answer, AnswerKind, ItemState, Preview, ReviewItem, View
from firmware.screen.web import WebScreen
from firmware.visit.phases import Phase
from hw.camera.frames import Frame
from tests.screen.tab import DEADLINE_S, Tab

ATTRACT = View(Phase.ATTRACT, "attract", asks=(AnswerKind.START,))
ATTEST = View(Phase.ATTEST, "attest", asks=(AnswerKind.PIN, AnswerKind.CANCEL))
MIRROR = View(Phase.PORTRAIT, "portrait_look", preview=Preview.PORTRAIT, asks=(AnswerKind.CANCEL,))


def grey_frame(level: int, exposed_s: float) -> Frame:
    return Frame(np.full((48, 64), level, np.uint8), exposed_s)


async def next_answer(screen: WebScreen) -> Answer:
    async with asyncio.timeout(DEADLINE_S):
        return await screen.answer()


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


async def test_a_page_that_draws_slowly_does_not_hold_up_another(screen: WebScreen) -> None:
    screen.show(MIRROR)
    async with Tab.on(screen) as slow, Tab.on(screen) as quick:
        for tab in (slow, quick):
            await tab.next_text()
        screen.preview(grey_frame(10, 1.0))
        for tab in (slow, quick):
            assert mean_colour(await tab.next()) == pytest.approx((10, 10, 10), abs=2)
        await quick.say_anything('{"drawn": true}')
        screen.preview(grey_frame(160, 1.1))

        assert mean_colour(await quick.next()) == pytest.approx((160, 160, 160), abs=2)


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


async def test_a_picture_waits_for_the_one_before_and_the_newest_in_pace_wins(
    screen: WebScreen,
) -> None:
    screen.show(MIRROR)
    async with Tab.on(screen) as tab:
        await tab.next_text()
        screen.preview(grey_frame(10, 1.0))
        assert mean_colour(await tab.next()) == pytest.approx((10, 10, 10), abs=2)
        for shade, exposed_s in ((60, 1.1), (160, 1.2), (200, 1.21)):
            screen.preview(grey_frame(shade, exposed_s))
        await tab.say_anything('{"drawn": true}')

        assert mean_colour(await tab.next()) == pytest.approx((160, 160, 160), abs=2)


async def test_no_picture_is_sent_to_a_view_without_preview(screen: WebScreen) -> None:
    screen.show(ATTRACT)
    async with Tab.on(screen) as tab:
        await tab.next_text()
        screen.preview(grey_frame(10, 1.0))
        screen.show(ATTEST)

        assert (await tab.next_text())["view"]["instruction"] == "attest"


def mean_colour(jpeg: str | bytes) -> tuple[float, float, float]:
    """Red, green, blue."""
    assert isinstance(jpeg, bytes)
    with Image.open(io.BytesIO(jpeg)) as picture:
        red, green, blue = np.asarray(picture.convert("RGB")).reshape(-1, 3).mean(axis=0)
    return float(red), float(green), float(blue)


def test_even_noise_becomes_a_small_picture() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (1080, 1920, 3), dtype=np.uint8)

    assert len(preview_jpeg(noise)) <= LARGEST_BYTES


def test_a_preview_keeps_red_red() -> None:
    red = np.zeros((300, 400, 3), np.uint8)
    red[..., 0] = 255

    assert mean_colour(preview_jpeg(red)) == pytest.approx((255, 0, 0), abs=3)


async def test_a_port_in_use_is_said_clearly(screen: WebScreen) -> None:
    port = httpx.URL(screen.url).port
    assert port is not None
    with pytest.raises(PortTaken, match=f"port {port} on 127.0.0.1 is taken"):
        async with WebScreen.serving("127.0.0.1", port):
            pass


async def test_the_screen_never_listens_to_the_network() -> None:
    with pytest.raises(ValueError, match="this machine alone"):
        async with WebScreen.serving("0.0.0.0", 0):  # noqa: S104
            pass


async def test_the_end_of_the_booth_ends_the_talk_and_frees_the_port_for_the_next() -> None:
    async with WebScreen.serving("127.0.0.1", 0) as ending:
        ending.show(ATTRACT)
        tab_is_open = Tab.on(ending)
        tab = await tab_is_open.__aenter__()
    assert await tab.code_of_end() == 1012
    await tab_is_open.__aexit__(None, None, None)

    port = httpx.URL(ending.url).port
    assert port is not None
    async with WebScreen.serving("127.0.0.1", port) as following:
        following.show(ATTRACT)
        async with Tab.on(following) as tab:
            assert (await tab.next_text())["view"]["phase"] == "attract"


async def test_the_booth_ends_in_time_beside_a_page_that_left_without_reading() -> None:
    picture = ReviewItem("portrait", ItemState.GOOD, 90, None, "", bytes(16_000_000))
    async with asyncio.timeout(DEADLINE_S):
        async with WebScreen.serving("127.0.0.1", 0) as screen:
            screen.show(View(Phase.REVIEW, "review", review=(picture,)))
            page = await deaf_page(screen)
            await until(lambda: screen.pages == 1)
            page.write(b"\x88\x82\0\0\0\0\x03\xe9")  # RFC 6455: close, two masked bytes, code 1001
            await page.drain()
            await until(lambda: screen.pages == 0)
    page.close()


async def until(claim: Callable[[], bool]) -> None:
    """Let the loop turn until the claim holds; the caller sets the deadline."""
    while not claim():
        await asyncio.sleep(0)


async def deaf_page(screen: WebScreen) -> asyncio.StreamWriter:
    """A page that shakes hands and reads no more."""
    url = httpx.URL(screen.url)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    here = url.netloc.decode()
    handshake = (
        "GET /screen HTTP/1.1",
        f"Host: {here}",
        f"Origin: http://{here}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    )
    writer.write("\r\n".join((*handshake, "", "")).encode())
    await reader.readuntil(b"\r\n\r\n")
    return writer


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
