"""One packet for another: packets carry no numbers, so an image of the right size may still be wrong."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.faults import ImageDamaged
from hw.fingerprint.sensor import FingerprintSensor
from simulator.damage import Chunk, Damage, silence, together
from simulator.fingerprint.faults import SensorFaults
from simulator.fingerprint.mishaps import in_first_upload
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lines import DirectLine
from tests.wire.conftest import Stopwatch
from tests.wire.faults import from_another_sensor, half_lost, twice
from tests.wire.images import whole_image

ONE_UPLOAD_S = 7.0  # at 57,600 baud, with its command
BARE_ROWS = 40


@pytest.fixture
def print_on_a_bare_plate(ridges: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`ridges`, with nothing above them: packets 1 to 20 are all alike."""
    plate = ridges.copy()
    plate[:BARE_ROWS] = 255
    return plate


async def shown(sensor: FingerprintSensor, twin: FingerprintTwin, picture: NDArray[np.uint8]) -> None:
    """Let a sensor take a picture, in packets of two rows."""
    await sensor.open()
    twin.present(picture)
    await sensor.finger_is_imaged()


def stale_once() -> Damage:
    """Packet 90 of the first upload holds what packet 50 held, as from a buffer that was not filled again."""
    held: list[bytes] = []

    def hold(chunk: Chunk) -> Chunk:
        held.append(chunk.data)
        return chunk

    return together(once(hold, 50), once(lambda chunk: replace(chunk, data=held[0]), 90))


def once(damage: Damage, packet: int) -> Damage:
    """`damage` for one packet of the first upload."""
    return in_first_upload(damage, packet)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(together(once(twice, 30), once(silence, 31)), id="one twice, the next lost"),
        pytest.param(together(once(twice, 30), once(silence, 120)), id="one twice, a later one lost"),
        pytest.param(together(once(silence, 30), once(twice, 120)), id="one twice, an earlier one lost"),
        pytest.param(together(once(silence, 1), once(twice, 143)), id="first lost, last but one twice"),
    ],
)
async def test_a_packet_lost_and_another_repeated_cost_a_repetition(
    damage: Damage, imaged: FingerprintSensor, line: DirectLine, ridges: NDArray[np.uint8]
) -> None:
    line.damage = damage

    assert np.array_equal((await whole_image(imaged)).pixels, ridges)


async def test_a_packet_that_holds_what_an_earlier_one_held_is_noticed(
    imaged: FingerprintSensor, line: DirectLine, ridges: NDArray[np.uint8]
) -> None:
    line.damage = stale_once()

    assert np.array_equal((await whole_image(imaged)).pixels, ridges)


@pytest.mark.parametrize("damage", [half_lost, from_another_sensor])
async def test_a_damaged_packet_is_not_made_up_for_by_a_bare_one_that_came_twice(
    damage: Damage,
    sensor: FingerprintSensor,
    twin: FingerprintTwin,
    line: DirectLine,
    print_on_a_bare_plate: NDArray[np.uint8],
) -> None:
    await shown(sensor, twin, print_on_a_bare_plate)
    line.damage = together(once(twice, 10), once(damage, 100))

    assert np.array_equal((await whole_image(sensor)).pixels, print_on_a_bare_plate)


async def test_a_bare_plate_and_dead_columns_cost_no_repetition(
    sensor: FingerprintSensor,
    twin: FingerprintTwin,
    print_on_a_bare_plate: NDArray[np.uint8],
    stopwatch: Stopwatch,
) -> None:
    twin.faults = SensorFaults(dead_columns=(40, 120, 200))
    await shown(sensor, twin, print_on_a_bare_plate)
    begun_s = stopwatch.elapsed_s()

    await whole_image(sensor)

    assert stopwatch.elapsed_s() - begun_s < ONE_UPLOAD_S


async def test_a_sensor_whose_images_really_repeat_is_believed_at_the_second_time(
    sensor: FingerprintSensor, twin: FingerprintTwin, ridges: NDArray[np.uint8], stopwatch: Stopwatch
) -> None:
    picture = np.vstack([ridges[:144], ridges[:144]])
    await shown(sensor, twin, picture)
    begun_s = stopwatch.elapsed_s()

    assert np.array_equal((await whole_image(sensor)).pixels, picture)
    assert stopwatch.elapsed_s() - begun_s < 2 * ONE_UPLOAD_S


async def test_repetitions_that_never_agree_are_damage(
    imaged: FingerprintSensor, line: DirectLine, stopwatch: Stopwatch
) -> None:
    uploads = 0

    def befall(chunk: Chunk) -> Chunk:
        nonlocal uploads
        uploads += chunk.number == 1
        if chunk.number == 20 * uploads:
            return twice(chunk)
        return silence(chunk) if chunk.number == 100 else chunk

    line.damage = befall
    begun_s = stopwatch.elapsed_s()

    with pytest.raises(ImageDamaged):
        await whole_image(imaged)

    assert uploads == 3
    assert stopwatch.elapsed_s() - begun_s < 3 * ONE_UPLOAD_S
