"""Frames and strobes, clocks, ambient light, the distance as a guide: the pure parts of the iris driver."""

import numpy as np
import pytest

from hw.iris.ambient import without_ambient
from hw.iris.focus import Focus, FocusWindow, focus_at
from hw.iris.messages import Strobe, Times
from hw.iris.pairing import LEAD_S, Dropped, TimedStrobe, Window, pairing
from hw.iris.time_sync import Exchange, clock_fit

PERIOD_S = 1 / 30
WINDOW = Window(286, 314)
FOCUS = FocusWindow(290, 310, 286, 314)


def strobe(number: int, distance_mm: int | None = 300, on_us: int = 3000) -> TimedStrobe:
    return TimedStrobe(number * PERIOD_S, Strobe(number, 0, on_us, 7, distance_mm, 3, 10))


def frames(*numbers: float) -> list[float]:
    return [number * PERIOD_S + LEAD_S for number in numbers]


def test_each_frame_gets_the_strobe_of_its_moment() -> None:
    strobes = [strobe(number) for number in range(4)]

    found = pairing(frames(0, 1, 2, 3), strobes, WINDOW)

    assert {place: each.strobe.index for place, each in found.lit.items()} == {0: 0, 1: 1, 2: 2, 3: 3}
    assert (found.dark, found.dropped) == ({}, {})


def test_a_lost_strobe_drops_its_frame_and_shifts_no_other() -> None:
    found = pairing(frames(0, 1, 2), [strobe(0), strobe(2)], WINDOW)

    assert [found.lit[0].strobe.index, found.lit[2].strobe.index] == [0, 2]
    assert found.dropped == {1: Dropped.NO_STROBE}


def test_a_lost_frame_leaves_its_strobe_over() -> None:
    found = pairing(frames(0, 2), [strobe(0), strobe(1), strobe(2)], WINDOW)

    assert [each.strobe.index for each in found.lit.values()] == [0, 2]


@pytest.mark.parametrize("late_s", [-0.004, 0.004])
def test_a_stamp_may_be_off_by_4_ms(late_s: float) -> None:
    found = pairing([each + late_s for each in frames(0, 1, 2)], [strobe(n) for n in range(3)], WINDOW)

    assert len(found.lit) == 3


def test_a_frame_between_two_strobes_belongs_to_none() -> None:
    assert pairing(frames(0.5), [strobe(0), strobe(1)], WINDOW).dropped == {0: Dropped.NO_STROBE}


def test_of_two_frames_near_one_strobe_the_nearer_has_it() -> None:
    found = pairing([frames(1)[0] + 0.003, frames(1)[0] + 0.001], [strobe(1)], WINDOW)

    assert set(found.lit) == {1}
    assert found.dropped == {0: Dropped.NO_STROBE}


@pytest.mark.parametrize(
    ("distance_mm", "reason"),
    [(285, Dropped.TOO_NEAR), (315, Dropped.TOO_FAR), (None, Dropped.DISTANCE_UNKNOWN)],
)
def test_a_frame_out_of_the_window_is_dropped_with_its_reason(
    distance_mm: int | None, reason: Dropped
) -> None:
    assert pairing(frames(0), [strobe(0, distance_mm)], WINDOW).dropped == {0: reason}


def test_dark_frames_are_known_and_need_no_distance() -> None:
    found = pairing(frames(0, 1), [strobe(0), strobe(1, None, on_us=0)], WINDOW)

    assert (set(found.lit), set(found.dark)) == ({0}, {1})


def exchange(module_us: float, ways_ms: tuple[float, float], offset_s: float, drift: float = 0.0) -> Exchange:
    """Heard and answered by the module at once; both ways take their time."""
    out_ms, back_ms = ways_ms
    true_s = module_us * 1e-6 * (1 + drift) + offset_s
    asked_us = round((true_s - out_ms * 1e-3) * 1e6)
    return Exchange(Times(asked_us, round(module_us), round(module_us)), true_s + back_ms * 1e-3)


def ways(rng: np.random.Generator, most_ms: float) -> tuple[float, float]:
    return rng.uniform(1, most_ms), rng.uniform(1, most_ms)


def test_the_quickest_exchange_sets_the_offset() -> None:
    rng = np.random.default_rng(2)
    slow = [exchange(1e6 + 1e5 * n, ways(rng, 40), 500.0) for n in range(8)]

    fit = clock_fit((*slow, exchange(1.9e6, (1.0, 1.0), 500.0)))

    assert fit.terminal_s(2_000_000) == pytest.approx(502.0, abs=1e-5)
    assert fit.uncertainty_s == pytest.approx(1e-3, abs=1e-5)


def test_a_drift_of_50_millionths_is_followed_over_a_minute() -> None:
    rng = np.random.default_rng(3)
    taken = tuple(exchange(2e6 * n, ways(rng, 6), 100.0, 50e-6) for n in range(1, 31))

    fit = clock_fit(taken)

    last_us = 60_000_000
    assert fit.drift == pytest.approx(50e-6, abs=40e-6)
    assert abs(fit.terminal_s(last_us) - (60.0 * (1 + 50e-6) + 100.0)) < 3e-3


def test_a_single_exchange_is_a_fit_without_drift() -> None:
    fit = clock_fit((exchange(1e6, (1.0, 1.0), 7.0),))

    assert (fit.drift, round(fit.terminal_s(1_000_000), 6)) == (0.0, 8.0)


def test_ambient_light_is_taken_away_and_saturation_stays() -> None:
    lit = np.array([[120, 30, 255]], np.uint8)
    dark = [np.array([[20, 40, 60]], np.uint8), np.array([[30, 40, 60]], np.uint8)]

    assert without_ambient(lit, dark).tolist() == [[95, 0, 255]]
    assert without_ambient(lit, dark, exposure_ratio=0.5).tolist() == [[108, 10, 255]]
    assert without_ambient(lit, []).tolist() == lit.tolist()


def test_the_distance_guides_with_hysteresis() -> None:
    walk = [None, 400, 312, 310, 314, 315, 311, 300, 287, 285, 289, 290]
    said: list[Focus] = []
    for distance_mm in walk:
        said.append(focus_at(distance_mm, FOCUS, said[-1] if said else Focus.UNKNOWN))

    assert [focus.value for focus in said] == [
        *("unknown", "nearer", "nearer", "hold", "hold", "nearer"),
        *("nearer", "hold", "hold", "further", "further", "hold"),
    ]
