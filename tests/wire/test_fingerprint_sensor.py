"""The fingerprint driver on a good line."""

from dataclasses import replace
from itertools import cycle, repeat

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.codes import Confirmation
from hw.fingerprint.faults import SensorRefused
from hw.fingerprint.profiles import R307
from hw.fingerprint.sensor import FingerprintSensor
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lines import DirectLine
from tests.wire.conftest import Stopwatch
from tests.wire.images import whole_image
from tests.wire.pieces import InPieces

WIRE_BYTES = 12 + 12 + 36_864 + 288 * 11  # command, acknowledgement, image, overhead of its packets


async def test_opening_says_the_password_and_reads_the_parameters(sensor: FingerprintSensor) -> None:
    opening = await sensor.open()

    assert (opening.found_baud, opening.templates_wiped) == (57_600, 0)
    assert opening.parameters.baud == 57_600


async def test_a_bare_plate_is_no_finger_in_seven_milliseconds(
    sensor: FingerprintSensor, stopwatch: Stopwatch
) -> None:
    assert not await sensor.finger_is_imaged()
    assert stopwatch.elapsed_s() == pytest.approx(0.007, abs=0.0005)


async def test_a_finger_is_imaged_in_six_tenths_of_a_second(
    sensor: FingerprintSensor, twin: FingerprintTwin, ridges: NDArray[np.uint8], stopwatch: Stopwatch
) -> None:
    twin.present(ridges)

    assert await sensor.finger_is_imaged()
    assert stopwatch.elapsed_s() == pytest.approx(0.590, abs=0.001)


async def test_a_finger_laid_on_between_two_polls_is_seen(
    sensor: FingerprintSensor, twin: FingerprintTwin, ridges: NDArray[np.uint8]
) -> None:
    polls = [await sensor.finger_is_imaged()]
    twin.present(ridges)
    polls.append(await sensor.finger_is_imaged())
    twin.lift()
    polls.append(await sensor.finger_is_imaged())

    assert polls == [False, True, False]


async def test_an_image_arrives_pixel_by_pixel_and_cannot_be_changed(
    sensor: FingerprintSensor, twin: FingerprintTwin, ridges: NDArray[np.uint8]
) -> None:
    twin.present(ridges)
    await sensor.finger_is_imaged()

    image = await whole_image(sensor)

    assert np.array_equal(image.pixels, ridges)
    assert (image.pixels_per_inch, image.grey_levels) == (500, 16)
    assert not image.pixels.flags.writeable


async def test_the_last_exposure_survives_the_lifted_finger(
    sensor: FingerprintSensor, twin: FingerprintTwin, ridges: NDArray[np.uint8]
) -> None:
    twin.present(ridges)
    await sensor.finger_is_imaged()
    twin.lift()

    assert np.array_equal((await whole_image(sensor)).pixels, ridges)


@pytest.mark.parametrize("baud", [9_600, 57_600, 115_200])
async def test_an_upload_takes_the_time_of_its_bits_on_the_wire(
    baud: int, rng: np.random.Generator, ridges: NDArray[np.uint8], stopwatch: Stopwatch
) -> None:
    profile = replace(R307, baud=baud)
    twin = FingerprintTwin(profile, rng)
    sensor = FingerprintSensor(DirectLine(twin, baud), profile)
    twin.present(ridges)
    await sensor.finger_is_imaged()
    begun_s = stopwatch.elapsed_s()

    await whole_image(sensor)

    bound_s = WIRE_BYTES * 10 / baud
    assert bound_s <= stopwatch.elapsed_s() - begun_s + 1e-9 <= 1.03 * bound_s


async def test_progress_grows_from_packet_to_packet_to_the_whole(
    sensor: FingerprintSensor, twin: FingerprintTwin, ridges: NDArray[np.uint8]
) -> None:
    twin.present(ridges)
    await sensor.finger_is_imaged()
    shares: list[float] = []

    await sensor.read_image(shares.append)

    assert len(shares) > 20
    assert shares == sorted(set(shares))
    assert shares[-1] == 1.0


@pytest.mark.parametrize(
    "sizes",
    [repeat(1), repeat(7), cycle([139, 1]), cycle([3, 1000, 2, 64])],
    ids=["single bytes", "sevens", "a packet and a byte", "mixed"],
)
async def test_an_image_arrives_whole_however_the_line_cuts_it(
    sizes: "repeat[int] | cycle[int]",
    line: DirectLine,
    twin: FingerprintTwin,
    ridges: NDArray[np.uint8],
) -> None:
    sensor = FingerprintSensor(InPieces(line, sizes), R307)
    twin.present(ridges)
    await sensor.finger_is_imaged()

    assert np.array_equal((await whole_image(sensor)).pixels, ridges)


async def test_an_image_that_was_never_taken_is_refused_by_the_sensor(sensor: FingerprintSensor) -> None:
    with pytest.raises(SensorRefused, match="UPLOAD_IMAGE") as refusal:
        await whole_image(sensor)

    assert refusal.value.confirmation == Confirmation.CANNOT_SEND_IMAGE


async def test_a_wrong_password_is_refused(rng: np.random.Generator) -> None:
    twin = FingerprintTwin(R307, rng, password=1234)
    sensor = FingerprintSensor(DirectLine(twin, R307.baud), R307)

    with pytest.raises(SensorRefused) as refusal:
        await sensor.open()

    assert refusal.value.confirmation == Confirmation.WRONG_PASSWORD


async def test_the_right_password_opens_a_protected_sensor(rng: np.random.Generator) -> None:
    twin = FingerprintTwin(R307, rng, password=1234)
    sensor = FingerprintSensor(DirectLine(twin, R307.baud), R307, password=1234)

    await sensor.open()

    assert not await sensor.finger_is_imaged()
