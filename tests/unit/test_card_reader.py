"""A card from the prompt to a claim, in virtual time, with pictures of card codes."""

import csv
from dataclasses import replace
from math import inf
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray

from firmware.capture.card import CardReader, CardTiming
from firmware.capture.card_code import find_codes
from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice
from firmware.records.claimed import ClaimSource
from hw.camera.frames import CameraSilent
from simulator.cameras import SimulatedCamera
from tests.portraits import read_rgb
from tests.scripted import CLOCK, WORKERS, WritingGuide, camera_of

CARD = "031309000189||Lý Ngọc Mẫu|17082009|Nữ|Thôn Thử Nghiệm 1, Hải Phòng|05052024"
OTHER_CARD = "048307000638||Nguyễn Thị Mẫu|24112007|Nữ|Thôn Thử Nghiệm 2, Đà Nẵng|08042021"
TIMING = load_limits(CardTiming, "card.toml", "presentation")
HASTY = replace(TIMING, read_limit_s=1.0)
NOTHING_SEEN = (Advice.CARD_SHOW, Advice.CARD_TURN, Advice.CARD_CLOSER, Advice.CARD_STILL)
EMPTY = np.full((1280, 960, 3), 200, np.uint8)


def _with_code(text: str | bytes, pixels_per_module: int = 3, down: int = 0) -> NDArray[np.uint8]:
    """A grey frame of 960 x 1280 with a code in its middle, or `down` pixels below it."""
    code = zxingcpp.create_barcode(  # pyright: ignore[reportUnknownMemberType] (its options are untyped)
        text, zxingcpp.BarcodeFormat.QRCode
    )
    picture = np.array(code.to_image(scale=pixels_per_module, add_quiet_zones=True), np.uint8)
    frame = EMPTY.copy()
    top, left = (1280 - picture.shape[0]) // 2 + down, (960 - picture.shape[1]) // 2
    frame[top : top + picture.shape[0], left : left + picture.shape[1]] = picture[:, :, None]
    return frame


def _reader(camera: SimulatedCamera, timing: CardTiming = TIMING) -> CardReader:
    return CardReader(camera, WORKERS, timing, CLOCK)


async def test_a_card_held_up_after_a_while_becomes_a_claim() -> None:
    camera = await camera_of((5.0, EMPTY), (inf, _with_code(CARD)))
    guide = WritingGuide(CLOCK)

    claim = await _reader(camera).read(guide)

    assert claim is not None
    assert (claim.number, claim.source, claim.name) == ("031309000189", ClaimSource.CARD, "Lý Ngọc Mẫu")
    assert guide.hints == [Advice.CARD_SHOW]
    assert CLOCK.elapsed_s() < 5.5


async def test_hints_change_while_nothing_is_seen() -> None:
    camera = await camera_of((inf, EMPTY))
    guide = WritingGuide(CLOCK)

    claim = await _reader(camera, replace(TIMING, read_limit_s=21.0)).read(guide)

    assert claim is None
    assert guide.hints == [*NOTHING_SEEN, Advice.CARD_SHOW]
    assert CLOCK.elapsed_s() == pytest.approx(21.0, abs=0.3)


async def test_another_code_is_no_card_and_is_said_so() -> None:
    camera = await camera_of((inf, _with_code("https://example.org/")))
    guide = WritingGuide(CLOCK)

    assert await _reader(camera, HASTY).read(guide) is None
    assert guide.hints == [Advice.CARD_OTHER]


async def test_two_cards_in_one_frame_are_nobodys() -> None:
    both = np.minimum(_with_code(CARD, down=-200), _with_code(OTHER_CARD, down=200))
    camera = await camera_of((2.0, both), (inf, _with_code(OTHER_CARD)))
    guide = WritingGuide(CLOCK)

    claim = await _reader(camera).read(guide)

    assert claim is not None
    assert claim.number == OTHER_CARD[:12]
    assert guide.hints == [Advice.CARD_ONE]
    assert CLOCK.elapsed_s() > 2.0


async def test_the_same_code_twice_in_a_frame_is_one_card() -> None:
    mirrored = np.minimum(_with_code(CARD, down=-200), _with_code(CARD, down=200))
    camera = await camera_of((inf, mirrored))

    claim = await _reader(camera, HASTY).read(WritingGuide(CLOCK))

    assert claim is not None


async def test_a_code_of_another_kind_beside_the_card_does_not_matter() -> None:
    both = np.minimum(_with_code(CARD, down=-200), _with_code("https://example.org/", down=200))
    camera = await camera_of((inf, both))

    claim = await _reader(camera, HASTY).read(WritingGuide(CLOCK))

    assert claim is not None
    assert claim.number == CARD[:12]


async def test_a_code_that_is_seen_and_not_read_asks_to_keep_still(shared_data: Path) -> None:
    blurred = read_rgb(shared_data / "face" / "qr_cccd_synthetic" / _file_of(shared_data, "4ppm motion7", 1))
    camera = await camera_of((inf, blurred))
    guide = WritingGuide(CLOCK)

    assert await _reader(camera, HASTY).read(guide) is None
    assert guide.hints == [Advice.CARD_STILL]


async def test_a_silent_camera_is_a_fault() -> None:
    camera = await camera_of((inf, EMPTY))
    camera.unplug()

    with pytest.raises(CameraSilent):
        await _reader(camera).read(WritingGuide(CLOCK))


def test_a_mono_frame_is_read_as_well() -> None:
    assert find_codes(_with_code(CARD)[:, :, 0]).texts == (CARD,)


@pytest.mark.parametrize("content", [CARD, CARD.encode()])
def test_a_code_is_read_whether_it_says_its_alphabet_or_not(content: str | bytes) -> None:
    assert find_codes(_with_code(content)).texts == (CARD,)


def test_a_code_in_another_alphabet_is_still_a_text() -> None:
    assert find_codes(_with_code(b"Ph\xf2ng 1")).texts == ("Phòng 1",)


def _labels(data: Path) -> list[dict[str, str]]:
    with (data / "face" / "qr_cccd_synthetic" / "labels.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _file_of(data: Path, case: str, number: int) -> str:
    return [row["file"] for row in _labels(data) if row["case"] == case][number]


def test_every_code_of_the_list_is_read_that_can_be_and_none_is_misread(shared_data: Path) -> None:
    folder = shared_data / "face" / "qr_cccd_synthetic"
    rows = _labels(shared_data)
    seen = {row["file"]: find_codes(read_rgb(folder / row["file"])).texts for row in rows}

    texts = {file: text for file, (text,) in ((file, texts) for file, texts in seen.items() if texts)}

    payloads = {row["file"]: row["payload"] for row in rows}
    assert {row["file"] for row in rows if row["zxing_cpp_311"] == "1"} <= texts.keys()
    assert texts == {file: payloads[file] for file in texts}
    assert len(texts) == 54
