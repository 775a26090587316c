"""The self-test's look at the fingerprint sensor: how it was found, and a finger lent by a technician."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from firmware.booth import open_sensor
from firmware.health.findings import CheckResult, FaultCode
from firmware.health.fingerprint import FINGER, SensorUnderTest, check_fingerprint
from hw.boards.board import load_board
from hw.fingerprint.codes import Confirmation, Instruction, Parameter
from hw.fingerprint.profiles import R307, R503, SensorProfile
from hw.wire.line import ByteLine
from simulator.damage import Damage, intact, silence
from simulator.fingerprint.faults import SensorFaults
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lines import DirectLine
from tests.wire.before import told
from tests.wire.faults import about, instead

BOARD = load_board(Path(__file__).parents[2] / "hw" / "boards" / "terminal_a.toml").fingerprint


@dataclass(slots=True)
class Bench:
    """One sensor that is tested as if it were on `port`."""

    port: Path
    twin: FingerprintTwin
    profile: SensorProfile = R307
    damage: Damage = intact
    is_lent: bool = False

    async def checked(self) -> CheckResult:
        self.port.touch()
        board = replace(BOARD, port=str(self.port))
        opened = partial(open_sensor, profile=self.profile, fastest_baud=board.fastest_baud)
        return await check_fingerprint(
            SensorUnderTest(board, self.profile, self._open_line, opened, self._lend)
        )

    async def _open_line(self) -> ByteLine:
        return DirectLine(self.twin, BOARD.baud, damage=self.damage)

    async def _lend(self, question: str) -> bool:
        assert question == FINGER
        if self.is_lent:
            self.twin.present(np.zeros((R307.rows, R307.columns), np.uint8))
        return self.is_lent


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "port", FingerprintTwin(R307, np.random.default_rng(1)))


async def test_a_lent_finger_shows_the_size_and_time_of_an_image(bench: Bench) -> None:
    bench.is_lent = True

    result = await bench.checked()

    figures = {figure.name: figure.value for figure in result.figures}
    assert (result.fault, figures["image"]) == (None, "256x288")
    assert (figures["speed"], figures["packets"]) == (115_200, 256)
    assert figures["in"] == pytest.approx(3.3, abs=0.1)


async def test_nobody_has_to_lend_a_finger(bench: Bench) -> None:
    result = await bench.checked()

    assert result.fault is None
    assert result.figures[-1].value == "no finger"


async def test_a_profile_of_another_size_is_found_by_the_image(bench: Bench) -> None:
    bench.profile, bench.is_lent = replace(R307, columns=192, rows=192), True

    result = await bench.checked()

    assert result.fault is FaultCode.SENSOR_IMAGE_DAMAGED
    assert "good bytes of 18432" in result.detail


async def test_a_sensor_that_tells_another_width_than_its_profile_is_another_sensor(bench: Bench) -> None:
    bench.twin = FingerprintTwin(replace(R503, columns=208), np.random.default_rng(1))
    bench.profile = R503

    result = await bench.checked()

    assert (result.fault, result.detail) == (FaultCode.SENSOR_OTHER, "it has 208x192, r503 192x192")


async def test_a_sensor_of_another_height_works_and_is_mentioned(bench: Bench) -> None:
    bench.twin = FingerprintTwin(replace(R307, rows=280), np.random.default_rng(1))
    bench.is_lent = True

    result = await bench.checked()

    assert (result.fault, result.detail) == (FaultCode.SENSOR_SIZE_OPEN, "it has 256x280, r307 256x288")


async def test_a_sensor_that_does_not_tell_its_size_is_mentioned(bench: Bench) -> None:
    bench.twin, bench.profile = FingerprintTwin(R503, np.random.default_rng(1)), R503
    bench.damage = about(Instruction.READ_PRODUCT_INFORMATION, silence)

    assert (await bench.checked()).fault is FaultCode.SENSOR_SIZE_OPEN


async def test_a_sensor_at_a_speed_that_nobody_named_is_mentioned_once(bench: Bench) -> None:
    told(bench.twin, Instruction.WRITE_PARAMETER, bytes([Parameter.BAUD, 4]))

    first, second = await bench.checked(), await bench.checked()

    assert (first.fault, second.fault) == (FaultCode.SENSOR_SPEED_OTHER, None)
    assert first.detail == "found at 38400 baud, now at 115200"


async def test_a_sensor_that_stays_slow_is_mentioned(bench: Bench) -> None:
    bench.twin.faults = SensorFaults(ignores_parameters=True)

    result = await bench.checked()

    assert (result.fault, result.detail) == (
        FaultCode.SENSOR_SPEED_LOW,
        "found at 57600 baud, now at 57600",
    )


async def _keep_somebody(bench: Bench) -> None:
    bench.twin.present(np.tile(np.array([[0, 0, 0, 0, 255, 255, 255, 255]], np.uint8), (288, 32)))
    told(bench.twin, Instruction.CAPTURE_IMAGE)
    told(bench.twin, Instruction.EXTRACT_FEATURES, b"\x01")
    told(bench.twin, Instruction.STORE_TEMPLATE, bytes([1, 0, 3]))
    bench.twin.lift()


async def test_a_template_that_a_visit_left_is_wiped_and_mentioned_once(bench: Bench) -> None:
    await _keep_somebody(bench)

    first, second = await bench.checked(), await bench.checked()

    assert (first.fault, first.detail) == (FaultCode.SENSOR_TEMPLATES_LEFT, "1 wiped")
    assert second.fault is None


async def test_a_template_that_cannot_be_wiped_is_a_fault(bench: Bench) -> None:
    await _keep_somebody(bench)
    held = bytes([0b1000]) + bytes(31)
    bench.damage = about(Instruction.READ_INDEX, instead(Confirmation.OK, held))

    assert (await bench.checked()).fault is FaultCode.SENSOR_TEMPLATES_STAY
