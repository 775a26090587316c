"""Whatever happens to a card's code on its way, no other claim comes of it."""

import contextlib
from functools import cache

import numpy as np
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from firmware.capture.card import CardTiming
from firmware.capture.card_code import CodesSeen, find_codes
from firmware.capture.card_watch import CardWatch
from firmware.capture.policy.loader import load_limits
from firmware.visit.card_fields import NotACard
from firmware.visit.claim import ClaimWarning, claim_from_card

CARD = "031309000189||Lý Ngọc Mẫu|17082009|Nữ|Thôn Thử Nghiệm 1, Hải Phòng|05052024"
NUMBER = CARD[:12]
LIMITS = load_limits(CardTiming, "card.toml", "presentation").code
SHARE = st.floats(0.0, 1.0)
BLOTS = st.lists(st.tuples(SHARE, SHARE, SHARE, SHARE, st.integers(0, 255)), max_size=6)
LETTERS = st.characters(exclude_categories=["Cs"])


@cache
def _picture() -> NDArray[np.uint8]:
    code = zxingcpp.create_barcode(  # pyright: ignore[reportUnknownMemberType] (its options are untyped)
        CARD, zxingcpp.BarcodeFormat.QRCode, ec_level="M"
    )
    return np.array(code.to_image(scale=4, add_quiet_zones=True), np.uint8)


@settings(deadline=None)
@given(BLOTS, st.floats(0.0, 90.0), st.integers(0, 2**32 - 1))
def test_a_damaged_picture_gives_the_text_or_nothing(
    blots: list[tuple[float, float, float, float, int]], noise: float, seed: int
) -> None:
    picture = _picture().astype(np.float32)
    rows, columns = picture.shape
    for top, left, height, width, grey in blots:
        down, across = int(top * rows), int(left * columns)
        picture[down : down + int(height * rows / 3), across : across + int(width * columns / 3)] = grey
    picture += noise * np.random.default_rng(seed).standard_normal(picture.shape, np.float32)

    texts = find_codes(np.clip(picture, 0, 255).astype(np.uint8)).texts

    assert texts in {(CARD,), ()}


@given(st.integers(0, len(CARD)), st.integers(0, 3), st.text(LETTERS, max_size=3))
def test_a_damaged_text_is_no_card_or_keeps_to_its_own_first_field(at: int, lost: int, put: str) -> None:
    damaged = CARD[:at] + put + CARD[at + lost :]

    with contextlib.suppress(NotACard):
        claim = claim_from_card(damaged)
        assert claim.number in damaged.split("|")[0]
        if at > len(NUMBER):
            assert claim.number == NUMBER


@given(st.integers(3, 5), st.sampled_from("0123456789"))
def test_a_number_with_another_sex_or_year_is_warned_of(place: int, digit: str) -> None:
    number = NUMBER[:place] + digit + NUMBER[place + 1 :]

    warnings = set(claim_from_card(number + CARD[12:]).warnings)

    differs = {ClaimWarning.BIRTH_DIFFERS, ClaimWarning.SEX_DIFFERS}
    assert bool(warnings & differs) == (number != NUMBER)


@given(st.lists(st.one_of(st.none(), st.integers(0, 11)), min_size=1, max_size=40))
def test_wrong_reads_that_never_repeat_are_never_claimed(frames: list[int | None]) -> None:
    """A number: a frame that was read wrongly in that digit, and else by chance; None: one read well."""
    watch = CardWatch(LIMITS, 0.0)
    claims: list[str] = []
    for count, wrong in enumerate(frames):
        text = CARD if wrong is None else f"{_wrong(wrong)}|{count:09d}{CARD[13:]}"
        claim = watch.note(CodesSeen((text,)), 0.1 * count)
        claims += [claim.number] if claim else []

    assert set(claims) <= {NUMBER}


def _wrong(place: int) -> str:
    return NUMBER[:place] + str((int(NUMBER[place]) + 1) % 10) + NUMBER[place + 1 :]
