"""The self-test's look at the fingerprint sensor, with a finger lent by a technician."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from firmware.booth import open_sensor
from firmware.health.findings import CheckResult, FaultCode
from firmware.health.fingerprint import FINGER, SensorUnderTest, check_fingerprint
from hw.boards.board import load_board
from hw.fingerprint.profiles import R307, SensorProfile
from hw.wire.line import ByteLine
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lines import DirectLine

BOARD = load_board(Path(__file__).parents[2] / "hw" / "boards" / "terminal_a.toml").fingerprint


async def _checked(port: Path, profile: SensorProfile, *, is_lent: bool) -> CheckResult:
    twin = FingerprintTwin(R307, np.random.default_rng(1))

    async def open_line() -> ByteLine:
        return DirectLine(twin, R307.baud)

    async def lend(question: str) -> bool:
        assert question == FINGER
        if is_lent:
            twin.present(np.zeros((R307.rows, R307.columns), np.uint8))
        return is_lent

    port.touch()
    board = replace(BOARD, port=str(port))
    return await check_fingerprint(
        SensorUnderTest(board, profile, open_line, partial(open_sensor, profile=profile), lend)
    )


async def test_a_lent_finger_shows_the_size_and_time_of_an_image(tmp_path: Path) -> None:
    result = await _checked(tmp_path / "port", R307, is_lent=True)

    figures = {figure.name: figure.value for figure in result.figures}
    assert (result.fault, figures["image"]) == (None, "256x288")
    assert figures["in"] == pytest.approx(7.0, abs=0.1)


async def test_a_profile_of_another_size_is_found_by_the_image(tmp_path: Path) -> None:
    result = await _checked(tmp_path / "port", replace(R307, columns=192, rows=192), is_lent=True)

    assert result.fault is FaultCode.SENSOR_IMAGE_DAMAGED
    assert "good bytes of 18432" in result.detail


async def test_nobody_has_to_lend_a_finger(tmp_path: Path) -> None:
    result = await _checked(tmp_path / "port", R307, is_lent=False)

    assert result.fault is None
    assert result.figures[-1].value == "no finger"
