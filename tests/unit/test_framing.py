"""How people are placed changes where the head may be, never what a face must be."""

from dataclasses import fields

import pytest

from firmware.capture.policy.framing import FramingBands, load_framings
from firmware.capture.policy.loader import load_limits
from firmware.quality.portrait.crop import CropRule
from firmware.quality.portrait.limits import Band, PortraitLimits
from firmware.records.eligibility import Framing

LIMITS = load_limits(PortraitLimits, "portrait.toml")
CROP = load_limits(CropRule, "portrait.toml", "crop")
OF_THE_FACE = ("eye_opening", "eye_blink", "lips_opening", "jaw_open", "smile", "blur", "faces", "rival")


def changed(bands: FramingBands) -> dict[str, Band]:
    limits = bands.applied_to(LIMITS)
    names = [each.name for each in fields(limits)]
    return {name: getattr(limits, name) for name in names if getattr(limits, name) != getattr(LIMITS, name)}


def test_who_stands_is_framed_by_the_limits_for_everybody() -> None:
    assert changed(load_framings()[Framing.STANDING]) == {}


@pytest.mark.parametrize("framing", Framing)
def test_every_band_of_a_framing_holds_its_own_best_value(framing: Framing) -> None:
    for band in changed(load_framings()[framing]).values():
        assert band.least < band.best < band.most


@pytest.mark.parametrize("framing", Framing)
def test_nobody_is_asked_for_another_face_because_of_how_they_are_placed(framing: Framing) -> None:
    assert not set(changed(load_framings()[framing])) & set(OF_THE_FACE)


def test_every_head_is_upright_in_its_picture_also_of_somebody_who_lies() -> None:
    for bands in load_framings().values():
        assert bands.applied_to(LIMITS).roll_deg == LIMITS.roll_deg


def test_the_lowest_head_of_a_child_leaves_room_for_the_card_s_picture() -> None:
    limits = load_framings()[Framing.CHILD].applied_to(LIMITS)
    below_the_eyes = (1 - CROP.eye_line) * CROP.rows_of_face_length * limits.head_share.most
    assert limits.eye_line.most + below_the_eyes < 1.0
