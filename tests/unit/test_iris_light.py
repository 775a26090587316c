"""Eye safety in figures: the program's whole numbers against the formulas, and the sheet against its data."""

from pathlib import Path

import numpy as np
import pytest
from core import SELF_TEST_US
from dose import LIMITS_MJ, SLOTS, WINDOWS_S, Ledger
from irradiance import UNKNOWN_MM, peak_dw, pulse_mj
from limits import LEDS, MOST_ON_US, RADIANT_MW_SR, TOO_CLOSE_MM
from session import may_be_on

from firmware.capture.policy.loader import load_limits
from firmware.quality.iris.limits import IrisLimits
from hw.boards.board import BOARDS, load_board
from hw.iris.optics import BLUR_PX
from hw.iris.radiation import Light, dose_limit_j
from hw.iris.sheet import light_of, main, optics_of
from simulator.people import eye_optics

HW = Path(__file__).parents[2] / "hw"
BOARD = BOARDS / "terminal_a.toml"
SIX = Light(6, 0.9, 3.0, 850.0, 3000.0, 30.0)
SMALL_IRIS_MM = 10.5  # one adult in a hundred has a smaller one [unverified]
FITS_THE_BOARD = 1 << 30


class Narrow(int):
    """A whole number that complains when anything made of it does not fit the board's small integers."""

    def __add__(self, other: int) -> "Narrow":
        return _narrow(int(self) + other)

    def __mul__(self, other: int) -> "Narrow":
        return _narrow(int(self) * other)

    def __pow__(self, other: int, modulo: None = None) -> "Narrow":  # type: ignore[override]
        return _narrow(int(self) ** other)

    __radd__, __rmul__ = __add__, __mul__


def _narrow(value: int) -> Narrow:
    if not -FITS_THE_BOARD <= value < FITS_THE_BOARD:
        raise OverflowError(value)
    return Narrow(value)


@pytest.mark.parametrize(
    ("distance_mm", "mean"), [(300, 5.4), (200, 12.15), (100, 48.6), (80, 75.9), (60, 135.0)]
)
def test_mean_irradiance_is_that_of_the_test_vectors(distance_mm: int, mean: float) -> None:
    assert SIX.mean_irradiance(distance_mm) == pytest.approx(mean, abs=0.06)
    assert peak_dw(distance_mm) / 10 * SIX.duty == pytest.approx(mean, rel=0.01)
    assert pulse_mj(3000, distance_mm) * 30 / 1000 == pytest.approx(mean, rel=0.01)


def test_the_retina_is_far_from_its_limit() -> None:
    weak = SIX.hazards(300)[2]

    assert (weak.value, weak.limit) == (pytest.approx(4746, abs=1), pytest.approx(545_455, abs=1))


def test_minimum_distances_are_those_of_the_test_vectors() -> None:
    five = Light(6, 0.9, 3.0, 850.0, 5000.0, 30.0)

    nearest = (SIX.nearest_mm(), five.nearest_mm(), SIX.nearest_mm(is_stuck=True))
    assert [round(mm) for mm in nearest] == [70, 90, 232]


def test_the_program_rounds_to_the_safe_side_at_every_distance() -> None:
    for distance_mm in range(TOO_CLOSE_MM, 4_000):
        assert peak_dw(distance_mm) / 10 >= 5.4 / (distance_mm * 1e-3) ** 2 - 1e-9
    assert peak_dw(UNKNOWN_MM) == peak_dw(100)


@pytest.mark.parametrize("distance_mm", [0, 1, 19, 20, 100, 4_000, 65_534, 65_535])
def test_no_step_of_the_arithmetic_leaves_the_boards_small_integers(distance_mm: int) -> None:
    assert LEDS * RADIANT_MW_SR * 10_000 < FITS_THE_BOARD
    assert pulse_mj(Narrow(MOST_ON_US), Narrow(distance_mm)) < FITS_THE_BOARD
    assert pulse_mj(Narrow(SELF_TEST_US), Narrow(UNKNOWN_MM)) < FITS_THE_BOARD
    assert max(LIMITS_MJ) + pulse_mj(MOST_ON_US, 0) < FITS_THE_BOARD


def test_each_window_is_held_to_the_limit_of_the_one_before() -> None:
    before = np.array([1e-5, *WINDOWS_S[:-1]], float)

    assert list(LIMITS_MJ) == [int(limit * 1e3) for limit in dose_limit_j(before)]


def test_a_dose_leaves_each_window_when_it_has_passed() -> None:
    ledger = Ledger(0)
    ledger.add(LIMITS_MJ[0])
    fullest = ledger.used_pm()
    has_room: list[bool] = []
    for second in (0, 1, 2, 3):
        ledger.advance(second * 1000)
        has_room.append(ledger.has_room(1))
    ledger.advance((SLOTS + 1) * 1000)

    assert (fullest, has_room) == (1000, [False, False, True, True])
    assert ledger.used_pm() == 0


def test_a_thousand_seconds_of_the_brightest_light_that_is_allowed_fill_the_ledger_partly() -> None:
    ledger = Ledger(0)
    for second in range(1_000):
        ledger.advance(second * 1000)
        for _ in range(25):
            assert ledger.has_room(pulse_mj(MOST_ON_US, UNKNOWN_MM))
            ledger.add(pulse_mj(MOST_ON_US, UNKNOWN_MM))

    assert 600 < ledger.used_pm() < 1000


def test_stronger_leds_would_be_stopped_by_the_ledger() -> None:
    ledger, given = Ledger(0), 0
    for second in range(1_000):
        ledger.advance(second * 1000)
        while ledger.has_room(9_000) and given < (second + 1) * 200_000:
            ledger.add(9_000)
            given += 9_000

    assert given * 1e-3 <= 1e5


@pytest.mark.parametrize(
    ("on_us", "fps", "is_allowed"),
    [
        (0, 60, True),
        (59, 30, False),
        (60, 30, True),
        (4_000, 25, True),
        (4_001, 1, False),
        (3_333, 30, True),
        (3_334, 30, False),
    ],
)
def test_on_time_and_duty_have_limits(on_us: int, fps: int, is_allowed: bool) -> None:
    assert may_be_on(on_us, fps) is is_allowed


def test_board_file_and_program_speak_of_the_same_light() -> None:
    module = load_board(BOARD).iris_module
    assert module is not None

    light = light_of(module)

    assert (light.leds, light.led_w_sr * 1e3) == (LEDS, RADIANT_MW_SR)
    assert may_be_on(int(light.on_us), int(light.frames_per_s))
    assert module.distance_mm.head_rest < TOO_CLOSE_MM < module.distance_mm.stay_nearest


def test_the_guided_window_lies_within_the_depth_of_field() -> None:
    module = load_board(BOARD).iris_module
    assert module is not None
    optics, at = optics_of(module), module.distance_mm

    accepted_px = load_limits(IrisLimits, "iris.toml").iris_diameter_px.accept
    assert SMALL_IRIS_MM * 1e3 / optics.object_pixel_um > accepted_px
    assert at.sharp - optics.depth_mm < at.enter_nearest
    assert at.enter_farthest < at.sharp + optics.depth_mm


def test_the_simulated_lens_is_that_of_the_board_file() -> None:
    module = load_board(BOARD).iris_module
    assert module is not None
    optics = optics_of(module)

    assert (optics.sharp_mm, optics.focal_mm) == (eye_optics.BEST_MM, eye_optics.FOCAL_MM)
    assert pytest.approx(1e3 / optics.object_pixel_um, rel=0.005) == eye_optics.PX_PER_MM
    blur_px = eye_optics.BLUR_PX * optics.depth_mm / optics.sharp_mm
    assert blur_px == pytest.approx(BLUR_PX, rel=0.01)


def test_the_committed_sheet_is_that_of_the_data(tmp_path: Path) -> None:
    assert main([str(BOARD), "--to", str(tmp_path)]) == 0

    made = (tmp_path / "terminal_a.md").read_text("utf-8")
    assert made == (HW / "iris" / "terminal_a.md").read_text("utf-8")
    assert "laboratory must still measure" in made


def test_a_board_without_a_module_has_no_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = BOARD.read_text("utf-8")
    begin, end = text.index("[iris_module]"), text.index("[lamps]")
    bare = tmp_path / "bare.toml"
    bare.write_text(text[:begin] + text[end:], "utf-8")

    assert main([str(bare)]) == 2
    assert "has no iris module" in capsys.readouterr().err
