"""Minutiae of waves whose single minutia is known."""

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.quality.fingerprint.minutiae.finder import MOST, find_minutiae
from firmware.quality.fingerprint.minutiae.minutiae import Minutiae
from tests.unit.ridges import quantised, rings

SIDE = 160


def _one_more(direction: float, *, ends: bool, period_px: float = 9.0, side: int = SIDE) -> NDArray[np.uint8]:
    """Straight ridges that a ridge joins at the middle, drawn dark by dark; it comes from `direction`.

    `ends`: a ridge more, else a valley more, which forks the ridge it comes into.
    """
    column, row = np.meshgrid(np.arange(side) - side / 2, side / 2 - np.arange(side))
    ahead = column * np.cos(direction) + row * np.sin(direction)
    aside = -column * np.sin(direction) + row * np.cos(direction)
    turn = np.arctan2(aside, ahead)  # jumps from half a turn to minus half a turn where nothing is added
    dark_ahead = 0.0 if ends else np.pi
    ridges = np.cos(2.0 * np.pi * aside / period_px + turn + dark_ahead)
    return (127.5 - 120.0 * ridges).astype(np.uint8)


def _in_the_middle(minutiae: Minutiae) -> NDArray[np.intp]:
    away = np.abs(minutiae.places - SIDE / 2).max(axis=1)
    return np.flatnonzero(away < SIDE / 2 - 24)


@pytest.mark.parametrize("ends", [True, False])
@pytest.mark.parametrize("direction", [0.0, 0.4, 1.5, 2.6, -0.7, -1.57, -3.0])
@pytest.mark.parametrize("period_px", [6.0, 9.0, 12.0])
def test_a_ridge_more_is_found_where_it_starts_with_its_direction_and_kind(
    direction: float, period_px: float, *, ends: bool
) -> None:
    minutiae = find_minutiae(_one_more(direction, ends=ends, period_px=period_px))

    (found,) = _in_the_middle(minutiae)
    turned = np.exp(1j * (minutiae.directions[found] - direction))
    assert np.abs(minutiae.places[found] - SIDE / 2).max() < 2.0
    assert abs(np.angle(turned)) < 0.15
    assert minutiae.are_endings[found] == ends
    assert minutiae.certainties[found] > 0.5


def test_sixteen_grey_levels_show_the_same_minutia() -> None:
    minutiae = find_minutiae(quantised(_one_more(0.4, ends=True)))

    (found,) = _in_the_middle(minutiae)
    assert np.abs(minutiae.places[found] - SIDE / 2).max() < 2.0


def test_a_ridge_broken_for_less_than_a_period_has_no_minutiae() -> None:
    image = rings()
    row, column = 140, 120
    image[row - 2 : row + 3, column - 2 : column + 3] = 255

    minutiae = find_minutiae(image)

    assert np.hypot(*(minutiae.places - (column, row)).T).min(initial=99.0) > 20.0


def test_a_turned_print_has_turned_minutiae() -> None:
    image = _one_more(0.4, ends=True)

    upright, turned = find_minutiae(image), find_minutiae(np.rot90(image).copy())

    (one,), (other,) = _in_the_middle(upright), _in_the_middle(turned)
    by = np.angle(np.exp(1j * (turned.directions[other] - upright.directions[one])))
    assert by == pytest.approx(np.pi / 2, abs=0.05)


def test_the_flow_runs_along_the_ridges() -> None:
    minutiae = find_minutiae(_one_more(0.4, ends=True))

    flow = minutiae.ridge_flow[SIDE // 16 - 6, SIDE // 16]
    assert np.angle(flow) / 2 == pytest.approx(0.4, abs=0.1)
    assert 0.8 < abs(flow) <= 1.0001


@pytest.mark.parametrize("shape", [(0, 0), (3, 200), (8, 8), (32, 32), (200, 200)])
@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_blank_image_of_any_size_has_none(shape: tuple[int, int], grey: int) -> None:
    minutiae = find_minutiae(np.full(shape, grey, np.uint8))

    assert len(minutiae) == 0
    assert not minutiae.ridge_flow.any()


def test_noise_is_not_a_print() -> None:
    noise = np.random.default_rng(5).integers(0, 256, (374, 388)).astype(np.uint8)

    minutiae = find_minutiae(noise)

    assert len(minutiae) < 30
    assert (minutiae.ridge_flow != 0).mean() < 0.2


def test_the_count_is_bounded_and_the_surest_come_first() -> None:
    grains = np.random.default_rng(6).normal(size=(600, 500))
    spectrum = np.fft.fft2(grains)
    radius = np.hypot(np.fft.fftfreq(600)[:, None], np.fft.fftfreq(500)[None, :])
    maze = np.fft.ifft2(spectrum * ((radius > 0.09) & (radius < 0.14))).real

    minutiae = find_minutiae(np.where(maze > 0, 255, 0).astype(np.uint8))

    assert 100 < len(minutiae) <= MOST
    assert (np.diff(minutiae.certainties) <= 0).all()


def test_nothing_of_a_print_shows_in_a_repr_and_nothing_can_be_changed() -> None:
    minutiae = find_minutiae(_one_more(0.4, ends=True))

    assert repr(minutiae) == "Minutiae()"
    with pytest.raises(ValueError, match="read-only"):
        minutiae.places[0] = 0.0
