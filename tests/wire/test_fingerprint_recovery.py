"""The fingerprint driver on a line that is silent, late or gone: it says so in time, and recovers."""

import asyncio
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.answers import ProductInformation
from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.faults import ImageDamaged, ParametersUnknown, SensorRefused, SensorSilent
from hw.fingerprint.geometry import Source
from hw.fingerprint.profiles import R307, R503
from hw.fingerprint.sensor import FingerprintSensor
from hw.wire.line import LineLost
from simulator.damage import Chunk, only, silence
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lines import DirectLine
from tests.wire.conftest import Stopwatch
from tests.wire.faults import about, instead, late_by, twice
from tests.wire.images import whole_image

# An answer, and the image in the smallest packets.
UPLOAD_DEADLINE_S = 1.0 + 1.15 * 36_864 * 43 / 32 * 10 / 57_600


async def test_a_sensor_that_sleeps_is_silent_and_itself_again_when_it_wakes(
    imaged: FingerprintSensor, line: DirectLine, ridges: NDArray[np.uint8]
) -> None:
    line.damage = only(late_by(30.0), 100)
    with pytest.raises(SensorSilent):
        await whole_image(imaged)

    await asyncio.sleep(30.0)

    assert np.array_equal((await whole_image(imaged)).pixels, ridges)


async def test_silence_is_said_within_two_answers_time(
    sensor: FingerprintSensor, line: DirectLine, stopwatch: Stopwatch
) -> None:
    line.damage = silence

    with pytest.raises(SensorSilent):
        await sensor.finger_is_imaged()

    assert stopwatch.elapsed_s() < 2.2


async def test_an_upload_that_stops_for_good_is_silence_at_its_one_deadline(
    imaged: FingerprintSensor, line: DirectLine, stopwatch: Stopwatch
) -> None:
    line.damage = only(silence, 100, chunks=1_000_000)
    begun_s = stopwatch.elapsed_s()

    with pytest.raises(SensorSilent):
        await whole_image(imaged)

    assert stopwatch.elapsed_s() - begun_s < UPLOAD_DEADLINE_S + 3.0


class DeafLine:
    """A ByteLine whose peer takes no byte."""

    async def write(self, data: bytes, *, timeout_s: float) -> None:
        del data
        await asyncio.sleep(timeout_s)
        raise TimeoutError

    async def read_some(self, *, timeout_s: float) -> bytes:
        await asyncio.sleep(timeout_s)
        return b""

    def set_baud(self, baud: int) -> None:
        pass

    def discard_input(self) -> None:
        pass

    def close(self) -> None:
        pass


async def test_a_sensor_that_takes_no_question_is_silent() -> None:
    with pytest.raises(SensorSilent):
        await FingerprintSensor(DeafLine(), R307).open()


async def test_a_question_that_the_sensor_heard_damaged_is_asked_again_at_once(
    sensor: FingerprintSensor, line: DirectLine, stopwatch: Stopwatch
) -> None:
    line.damage = only(instead(Confirmation.COMMAND_DAMAGED), 0)

    assert not await sensor.finger_is_imaged()
    assert stopwatch.elapsed_s() < 0.2


async def test_a_failed_exposure_is_a_refusal_and_not_a_missing_finger(
    sensor: FingerprintSensor, line: DirectLine
) -> None:
    line.damage = instead(Confirmation.CAPTURE_FAILED)

    with pytest.raises(SensorRefused, match="CAPTURE_FAILED") as refusal:
        await sensor.finger_is_imaged()

    assert refusal.value.confirmation == Confirmation.CAPTURE_FAILED


async def test_parameters_that_no_sensor_has_are_a_fault(sensor: FingerprintSensor, line: DirectLine) -> None:
    line.damage = instead(Confirmation.OK, bytes.fromhex("0000 0000 0050 0003 FFFFFFFF 0009 000C"))

    with pytest.raises(ParametersUnknown):
        await sensor.read_parameters()


@pytest.mark.parametrize("baud_units", ["0000", "FFFF"])
async def test_a_sensor_that_calls_nonsense_its_speed_is_spoken_to_at_the_one_it_was_heard_at(
    baud_units: str, sensor: FingerprintSensor, line: DirectLine
) -> None:
    told = bytes.fromhex(f"0000 0000 03E8 0003 FFFFFFFF 0003 {baud_units}")
    line.damage = about(Instruction.READ_PARAMETERS, instead(Confirmation.OK, told))

    assert (await sensor.open()).found_baud == R307.baud


@pytest.mark.parametrize(("columns", "rows"), [(2, 1), (0xFFFE, 0xFFFF), (191, 192)])
async def test_a_size_that_no_sensor_has_is_not_believed(
    columns: int, rows: int, rng: np.random.Generator
) -> None:
    line = DirectLine(FingerprintTwin(R503, rng), R503.baud)
    told = ProductInformation("R503", "", "", 1, "", columns, rows, 512, 200).encode()
    line.damage = about(Instruction.READ_PRODUCT_INFORMATION, instead(Confirmation.OK, told))

    opening = await FingerprintSensor(line, R503).open()

    assert (opening.geometry.columns, opening.geometry.source) == (192, Source.PROFILE)


async def test_a_line_that_never_stops_talking_is_silence_too(
    sensor: FingerprintSensor, line: DirectLine, stopwatch: Stopwatch
) -> None:
    line.damage = lambda chunk: Chunk(b"\xef\x01" * 200_000, chunk.delay_s)

    with pytest.raises(SensorSilent):
        await sensor.read_parameters()

    assert stopwatch.elapsed_s() < 2 * UPLOAD_DEADLINE_S


async def test_a_late_answer_is_not_taken_for_the_next_one(
    sensor: FingerprintSensor, line: DirectLine
) -> None:
    line.damage = only(late_by(1.3), 0)
    await sensor.settings.verify(0)

    assert not await sensor.finger_is_imaged()


async def test_a_cancelled_upload_does_not_disturb_what_follows(
    imaged: FingerprintSensor, ridges: NDArray[np.uint8]
) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(3.0):
            await whole_image(imaged)

    assert np.array_equal((await whole_image(imaged)).pixels, ridges)


async def test_answers_left_over_from_before_are_not_taken_for_the_next_one(
    sensor: FingerprintSensor, line: DirectLine
) -> None:
    line.damage = twice
    await sensor.settings.verify(0)

    assert not await sensor.finger_is_imaged()
    assert (await sensor.read_parameters()).baud == 57_600


async def test_an_image_of_another_size_than_the_profile_says_is_damage(
    rng: np.random.Generator, ridges: NDArray[np.uint8]
) -> None:
    twin = FingerprintTwin(replace(R307, rows=280), rng)
    sensor = FingerprintSensor(DirectLine(twin, R307.baud), replace(R307, rows_may_differ=False))
    twin.present(ridges)
    await sensor.finger_is_imaged()

    with pytest.raises(ImageDamaged) as damage:
        await whole_image(sensor)

    assert (damage.value.received_bytes, damage.value.expected_bytes) == (35_840, 36_864)


async def test_an_unplugged_sensor_is_a_lost_line_at_once_and_needs_a_new_finger_afterwards(
    imaged: FingerprintSensor, line: DirectLine, twin: FingerprintTwin, ridges: NDArray[np.uint8]
) -> None:
    asyncio.get_running_loop().call_later(3.0, line.unplug)
    with pytest.raises(LineLost):
        await whole_image(imaged)
    with pytest.raises(LineLost):
        await imaged.open()

    line.plug()
    await imaged.open()
    with pytest.raises(SensorRefused) as refusal:
        await whole_image(imaged)
    assert refusal.value.confirmation == Confirmation.CANNOT_SEND_IMAGE

    twin.present(ridges)
    await imaged.finger_is_imaged()
    assert np.array_equal((await whole_image(imaged)).pixels, ridges)


async def test_a_closed_sensor_is_a_lost_line_and_closes_twice(sensor: FingerprintSensor) -> None:
    sensor.close()
    sensor.close()

    with pytest.raises(LineLost):
        await sensor.open()
