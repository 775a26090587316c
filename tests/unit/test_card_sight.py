"""What keeps a code from being read, measured on the simulator's card and on frames of real people."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from firmware.capture.card import CardTiming
from firmware.capture.card_code import CodesSeen, find_codes, read_codes
from firmware.capture.card_sight import CodeSight, patches_of
from firmware.capture.card_watch import CardWatch
from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice
from simulator.people.card import HELD, CardHeld, CardModel, text_of_2024
from simulator.people.portrait_scene import PortraitScene
from tests.portraits import Pixels, kiosk_faults, read_rgb

LIMITS = load_limits(CardTiming, "card.toml", "presentation").code
TEXT = "031309000189||Lý Ngọc Mẫu|17082009|Nữ|Thôn Thử Nghiệm 1, Hải Phòng|05052024"


@cache
def _scene() -> PortraitScene:
    return PortraitScene(np.random.default_rng(1))


def _frame(card: CardHeld, at_s: float = 0.2) -> Pixels:
    scene = _scene()
    scene.card = card
    return scene.picture(at_s)


def _sight(card: CardHeld) -> CodeSight | None:
    patches = patches_of(np.ascontiguousarray(_frame(card)[:, :, 1]))
    return patches[0].sight if patches else None


def _advice(codes: CodesSeen) -> Advice | None:
    watch = CardWatch(LIMITS, 0.0)
    watch.note(codes, 0.1)
    return watch.advice


@pytest.mark.parametrize("model", CardModel)
def test_a_card_of_either_year_is_read(model: CardModel) -> None:
    text = TEXT if model is CardModel.OF_2021 else text_of_2024(TEXT, "Lê Văn Cha", "Trần Thị Mẹ")

    assert find_codes(_frame(CardHeld(text, model=model))).texts == (text,)


@pytest.mark.parametrize(
    ("how", "advice"),
    [
        ("far", {Advice.CARD_CLOSER}),
        ("tilted", {Advice.CARD_FLAT}),
        ("glare", {Advice.CARD_GLARE}),
        ("blurred", {None}),
        ("moving", {None}),
    ],
)
@pytest.mark.parametrize("at_s", [0.2, 0.37, 0.9])
def test_a_badly_held_card_is_told_apart_and_never_misread(
    how: str, advice: set[Advice | None], at_s: float
) -> None:
    codes = find_codes(_frame(CardHeld(TEXT, **HELD[how]), at_s))

    assert codes.texts == ()
    assert _advice(codes) in advice


def test_a_code_a_little_out_of_focus_is_read_at_the_second_look() -> None:
    frames = [_frame(CardHeld(TEXT, distance_m=0.13 + 0.01 * step, blur_px=2.0)) for step in range(5)]

    plain = [_read_as_it_is(frame) for frame in frames]
    looked_at_twice = [find_codes(frame).texts for frame in frames]

    assert set(looked_at_twice) <= {(TEXT,), ()}
    assert looked_at_twice.count((TEXT,)) >= plain.count(True) + 2


def _read_as_it_is(frame: Pixels) -> bool:
    return any(code.valid for code in read_codes(np.ascontiguousarray(frame[:, :, 1])))


@pytest.mark.parametrize("distance_m", [0.17, 0.2, 0.25])
def test_the_length_is_that_of_the_code(distance_m: float) -> None:
    sight = _sight(CardHeld(TEXT, distance_m=distance_m))

    assert sight is not None
    printed_px = 0.88 * 18e-3 * 1.2 * 1280 / distance_m  # without the white rim around the modules
    assert sight.length_px == pytest.approx(printed_px, rel=0.08)


@pytest.mark.parametrize("tilt_deg", [0.0, 40.0, 60.0])
def test_a_tilt_shows_as_a_narrow_code(tilt_deg: float) -> None:
    sight = _sight(CardHeld(TEXT, tilt_deg=tilt_deg, model=CardModel.OF_2024))

    assert sight is not None
    assert sight.narrowness == pytest.approx(np.cos(np.radians(tilt_deg)), abs=0.12)


@pytest.mark.parametrize("glare", [0.2, 0.3, 0.4])
def test_glare_is_the_share_that_the_lamp_covers(glare: float) -> None:
    sight = _sight(CardHeld(TEXT, glare=glare))

    assert sight is not None
    assert sight.glare == pytest.approx(np.pi * glare**2, abs=0.15)


def test_people_without_a_card_show_nothing_that_looks_like_a_code(shared_data: Path) -> None:
    frames = [fault.file for fault in kiosk_faults(shared_data)][::4]

    seen = [file.name for file in frames if find_codes(read_rgb(file)) != CodesSeen()]

    assert len(frames) > 70
    assert seen == []
