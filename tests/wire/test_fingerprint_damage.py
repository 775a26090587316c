"""The fingerprint driver on a bad line: it recovers by itself or says what is wrong, within its deadlines."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.faults import ImageDamaged, SensorRefused, SensorSilent
from hw.fingerprint.profiles import R307
from hw.fingerprint.protocol import Confirmation
from hw.fingerprint.sensor import FingerprintSensor
from hw.wire.line import LineLost
from simulator.damage import Chunk, Damage, duplicate, flip, loss, only, silence, stall, together
from simulator.fingerprint_twin import FingerprintTwin
from simulator.lines import DirectLine
from tests.wire.conftest import Stopwatch

UPLOAD_DEADLINE_S = (
    1.0 + 1.15 * 36_864 * 43 / 32 * 10 / 57_600
)  # answer, and the image in the smallest packets


@pytest.fixture
async def imaged(
    sensor: FingerprintSensor, twin: FingerprintTwin, ridges: NDArray[np.uint8]
) -> FingerprintSensor:
    """A sensor that holds an image of `ridges`; its next chunk is the acknowledgement of the upload."""
    await sensor.open()
    twin.present(ridges)
    await sensor.finger_is_imaged()
    twin.lift()
    return sensor


def half_lost(chunk: Chunk) -> Chunk:
    return Chunk(chunk.data[: len(chunk.data) // 2], chunk.delay_s)


def first_byte_lost(chunk: Chunk) -> Chunk:
    return Chunk(chunk.data[1:], chunk.delay_s)


def from_another_sensor(chunk: Chunk) -> Chunk:
    return Chunk(chunk.data[:5] + b"\x00" + chunk.data[6:], chunk.delay_s)


def after_garbage(chunk: Chunk) -> Chunk:
    return Chunk(b"\x55\xef\x01\xef" + chunk.data, chunk.delay_s)


def twice(chunk: Chunk) -> Chunk:
    return Chunk(chunk.data * 2, chunk.delay_s)


def late_by(delay_s: float) -> Damage:
    return lambda chunk: Chunk(chunk.data, chunk.delay_s + delay_s)


ONE_FAULT = [
    pytest.param(silence, id="packet lost"),
    pytest.param(half_lost, id="half a packet lost"),
    pytest.param(first_byte_lost, id="byte lost"),
    pytest.param(twice, id="packet twice"),
    pytest.param(from_another_sensor, id="address of another sensor"),
    pytest.param(after_garbage, id="garbage before"),
    pytest.param(late_by(0.5), id="pause"),
]


@pytest.mark.parametrize("chunk", [0, 1, 144, 288], ids=["answer", "first data", "middle", "last data"])
@pytest.mark.parametrize("fault", ONE_FAULT)
async def test_one_fault_in_an_upload_costs_at_most_a_repetition(
    fault: Damage, chunk: int, imaged: FingerprintSensor, line: DirectLine, ridges: NDArray[np.uint8]
) -> None:
    line.damage = only(fault, chunk)

    image = await imaged.read_image()

    assert np.array_equal(image.pixels, ridges)
    assert not await imaged.finger_is_imaged()


@pytest.mark.parametrize("fault", ONE_FAULT)
async def test_one_fault_in_an_answer_costs_at_most_a_repeated_question(
    fault: Damage, sensor: FingerprintSensor, line: DirectLine
) -> None:
    line.damage = only(fault, 0)

    assert (await sensor.read_parameters()).baud == 57_600


@pytest.mark.parametrize("fault", [silence, half_lost, first_byte_lost, from_another_sensor, after_garbage])
async def test_a_question_that_did_not_arrive_is_asked_again(
    fault: Damage, sensor: FingerprintSensor, line: DirectLine
) -> None:
    line.request_damage = only(fault, 0)

    assert (await sensor.read_parameters()).baud == 57_600


def all_together(rng: np.random.Generator) -> Damage:
    return together(loss(rng, 1e-5), flip(rng, 1e-5), stall(rng, 1e-3, 0.3))


SEEDED: dict[str, Callable[[np.random.Generator], Damage]] = {
    "lost bytes": lambda rng: loss(rng, 3e-5),
    "flipped bits": lambda rng: flip(rng, 3e-5),
    "doubled packets": lambda rng: duplicate(rng, 2e-3),
    "pauses": lambda rng: stall(rng, 2e-3, 0.8),
    "all together": all_together,
}


@pytest.mark.parametrize("damage", SEEDED.values(), ids=SEEDED.keys())
async def test_on_a_line_with_faults_now_and_then_every_image_is_right_or_an_error(
    damage: Callable[[np.random.Generator], Damage],
    imaged: FingerprintSensor,
    line: DirectLine,
    rng: np.random.Generator,
    ridges: NDArray[np.uint8],
) -> None:
    line.damage = damage(rng)
    right = 0
    for _ in range(6):
        try:
            image = await imaged.read_image()
        except (ImageDamaged, SensorSilent):
            continue
        assert np.array_equal(image.pixels, ridges)
        right += 1

    assert right >= 4


async def test_a_lost_packet_in_every_upload_is_damage_and_not_a_short_image(
    imaged: FingerprintSensor, line: DirectLine
) -> None:
    numbers = count()
    line.damage = lambda chunk: silence(chunk) if next(numbers) % 200 == 100 else chunk

    with pytest.raises(ImageDamaged) as damage:
        await imaged.read_image()

    assert damage.value.received_bytes in {36_864 - 128, 36_864 - 256}


async def test_a_sensor_that_sleeps_is_silent_and_itself_again_when_it_wakes(
    imaged: FingerprintSensor, line: DirectLine, ridges: NDArray[np.uint8]
) -> None:
    line.damage = only(late_by(30.0), 100)
    with pytest.raises(SensorSilent):
        await imaged.read_image()

    await asyncio.sleep(20.0)

    assert np.array_equal((await imaged.read_image()).pixels, ridges)


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
        await imaged.read_image()

    assert stopwatch.elapsed_s() - begun_s < UPLOAD_DEADLINE_S + 3.0


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
    await sensor.verify()

    assert not await sensor.finger_is_imaged()


async def test_a_cancelled_upload_does_not_disturb_what_follows(
    imaged: FingerprintSensor, ridges: NDArray[np.uint8]
) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(3.0):
            await imaged.read_image()

    assert np.array_equal((await imaged.read_image()).pixels, ridges)


async def test_answers_left_over_from_before_are_not_taken_for_the_next_one(
    sensor: FingerprintSensor, line: DirectLine
) -> None:
    line.damage = twice
    await sensor.verify()

    assert not await sensor.finger_is_imaged()
    assert (await sensor.read_parameters()).baud == 57_600


async def test_an_image_of_another_size_than_the_profile_says_is_damage(
    rng: np.random.Generator, ridges: NDArray[np.uint8]
) -> None:
    twin = FingerprintTwin(replace(R307, rows=280), rng)
    sensor = FingerprintSensor(DirectLine(twin, R307.baud), R307)
    twin.present(ridges)
    await sensor.finger_is_imaged()

    with pytest.raises(ImageDamaged) as damage:
        await sensor.read_image()

    assert (damage.value.received_bytes, damage.value.expected_bytes) == (35_840, 36_864)


async def test_an_unplugged_sensor_is_a_lost_line_at_once_and_needs_a_new_finger_afterwards(
    imaged: FingerprintSensor, line: DirectLine, twin: FingerprintTwin, ridges: NDArray[np.uint8]
) -> None:
    asyncio.get_running_loop().call_later(3.0, line.unplug)
    with pytest.raises(LineLost):
        await imaged.read_image()
    with pytest.raises(LineLost):
        await imaged.open()

    line.plug()
    await imaged.open()
    with pytest.raises(SensorRefused) as refusal:
        await imaged.read_image()
    assert refusal.value.confirmation == Confirmation.CANNOT_SEND_IMAGE

    twin.present(ridges)
    await imaged.finger_is_imaged()
    assert np.array_equal((await imaged.read_image()).pixels, ridges)


async def test_a_closed_sensor_is_a_lost_line_and_closes_twice(sensor: FingerprintSensor) -> None:
    sensor.close()
    sensor.close()

    with pytest.raises(LineLost):
        await sensor.open()
