"""Live pictures on their way to pages, over real sockets."""

import io

import numpy as np
import pytest
from PIL import Image

from firmware.screen.preview import LARGEST_BYTES, preview_jpeg
from firmware.screen.view import AnswerKind, Preview, View
from firmware.screen.web import WebScreen
from firmware.visit.phases import Phase
from hw.camera.frames import Frame
from tests.screen.tab import Tab

ATTRACT = View(Phase.ATTRACT, "attract", asks=(AnswerKind.START,))
ATTEST = View(Phase.ATTEST, "attest", asks=(AnswerKind.PIN,))
MIRROR = View(Phase.PORTRAIT, "portrait_look", preview=Preview.PORTRAIT, asks=(AnswerKind.CANCEL,))


def grey_frame(level: int, exposed_s: float) -> Frame:
    return Frame(np.full((48, 64), level, np.uint8), exposed_s)


def mean_colour(jpeg: str | bytes) -> tuple[float, float, float]:
    """Red, green, blue."""
    assert isinstance(jpeg, bytes)
    with Image.open(io.BytesIO(jpeg)) as picture:
        red, green, blue = np.asarray(picture.convert("RGB")).reshape(-1, 3).mean(axis=0)
    return float(red), float(green), float(blue)


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


def test_even_noise_becomes_a_small_picture() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (1080, 1920, 3), dtype=np.uint8)

    assert len(preview_jpeg(noise)) <= LARGEST_BYTES


def test_a_preview_keeps_red_red() -> None:
    red = np.zeros((300, 400, 3), np.uint8)
    red[..., 0] = 255

    assert mean_colour(preview_jpeg(red)) == pytest.approx((255, 0, 0), abs=3)
