"""What a reading of the iris module's distance sensor means: never further than it may be."""

import pytest
from irradiance import FARTHEST_MM, UNKNOWN_MM
from limits import STALE_MS, TOO_CLOSE_MM, TOO_CLOSE_TIMES
from ranging import CLIPPED, VALID, Ranging, meant_mm
from wrapping import MASK

NO_SIGNAL, SIGMA, WRAPPED = 4, 6, 7  # other statuses


@pytest.mark.parametrize(
    ("measured_mm", "status", "meant"),
    [
        (300, VALID, 300),
        (0, VALID, 0),
        (FARTHEST_MM, VALID, FARTHEST_MM),
        (FARTHEST_MM + 1, VALID, 0),
        (0x8000, VALID, 0),
        (0xFFFD, VALID, 0),  # -3
        (0xFFFF, VALID, 0),  # -1, and no word for "nobody"
        (300, CLIPPED, 0),
        (300, NO_SIGNAL, UNKNOWN_MM),
        (300, SIGMA, UNKNOWN_MM),
        (60, WRAPPED, UNKNOWN_MM),
    ],
)
def test_a_reading_means_a_distance_or_too_near_or_nobody(measured_mm: int, status: int, meant: int) -> None:
    assert meant_mm(measured_mm, status) == meant


def read(ranging: Ranging, *readings_mm: int | None) -> list[bool]:
    """Whether somebody counts as too close after each; None for nobody."""
    said: list[bool] = []
    for reading in readings_mm:
        ranging.take(reading or 0, NO_SIGNAL if reading is None else VALID, 100, 3, 0)
        said.append(ranging.is_too_close)
    return said


def test_somebody_too_close_has_to_be_far_as_often_as_near_before_it_is_over() -> None:
    near = TOO_CLOSE_MM - 1

    assert read(Ranging(0), *[near] * TOO_CLOSE_TIMES, 300, 300, 300) == [
        False,
        False,
        True,
        True,
        True,
        False,
    ]


def test_who_was_too_close_and_is_not_seen_any_more_is_still_too_close() -> None:
    assert read(Ranging(0), *[60] * TOO_CLOSE_TIMES, *[None] * 9)[-9:] == [True] * 9


def test_a_stale_distance_is_forgotten_and_stays_stale_though_ticks_wrap() -> None:
    ranging = Ranging(0)
    read(ranging, 300)

    ranging.tick(STALE_MS)
    fresh = (ranging.is_stale, ranging.distance_mm)
    ranging.tick(STALE_MS + 1)
    ranging.tick(MASK)
    ranging.tick(1)  # the same number as just after the reading, twelve days later

    assert fresh == (False, 300)
    assert (ranging.is_stale, ranging.distance_mm) == (True, UNKNOWN_MM)
    assert not ranging.bears_a_pulse()
