"""Images while they arrive: shown row by row, given up, or of another depth."""

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.codes import Confirmation
from hw.fingerprint.faults import SensorRefused
from hw.fingerprint.geometry import geometry_of
from hw.fingerprint.image import Extraction
from hw.fingerprint.intake import ImageIntake
from hw.fingerprint.profiles import FAP_20, R307
from hw.fingerprint.sensor import FingerprintSensor
from simulator.lines import DirectLine
from tests.wire.conftest import Stopwatch
from tests.wire.faults import instead
from tests.wire.images import whole_image


async def test_rows_are_shown_as_they_arrive_and_never_change(
    imaged: FingerprintSensor, ridges: NDArray[np.uint8]
) -> None:
    shown: list[NDArray[np.uint8]] = []

    def watch(rows: NDArray[np.uint8]) -> bool:
        shown.append(rows)
        return True

    await imaged.read_image(goes_on=watch)

    sizes = [len(rows) for rows in shown]
    assert sizes == sorted(set(sizes))
    assert sizes[-1] == R307.rows
    assert all(np.array_equal(rows, ridges[: len(rows)]) for rows in shown)
    assert not any(rows.flags.writeable for rows in shown)


async def test_an_upload_that_is_not_worth_it_ends_at_once(
    imaged: FingerprintSensor, stopwatch: Stopwatch
) -> None:
    begun_s = stopwatch.elapsed_s()

    image = await imaged.read_image(goes_on=lambda rows: len(rows) < 40)

    assert image is None
    assert stopwatch.elapsed_s() - begun_s < 1.2


async def test_after_an_upload_that_was_given_up_the_sensor_answers_and_still_has_its_image(
    imaged: FingerprintSensor, ridges: NDArray[np.uint8], stopwatch: Stopwatch
) -> None:
    await imaged.read_image(goes_on=lambda rows: len(rows) < 40)
    begun_s = stopwatch.elapsed_s()

    assert not await imaged.finger_is_imaged()
    assert stopwatch.elapsed_s() - begun_s < 7.0
    assert np.array_equal((await whole_image(imaged)).pixels, ridges)


async def test_a_sensor_of_eight_bits_delivers_every_grey(rng: np.random.Generator) -> None:
    greys = rng.integers(0, 256, (FAP_20.rows, FAP_20.columns), np.uint8)
    intake = ImageIntake(geometry_of(FAP_20), lambda _: None, lambda _: True)
    intake.begin()

    for row in greys:
        intake.take(row.tobytes())
    intake.end(is_clean=True)

    assert np.array_equal(intake.pixels, greys)


@pytest.mark.parametrize(
    ("confirmation", "extraction"),
    [
        (Confirmation.OK, Extraction.FOUND),
        (Confirmation.IMAGE_MESSY, Extraction.MESSY),
        (Confirmation.TOO_FEW_FEATURES, Extraction.TOO_FEW),
        (Confirmation.NO_VALID_IMAGE, Extraction.NO_IMAGE),
    ],
)
async def test_what_the_sensor_finds_in_its_image_is_a_value(
    confirmation: Confirmation, extraction: Extraction, sensor: FingerprintSensor, line: DirectLine
) -> None:
    line.damage = instead(confirmation)

    assert await sensor.extract_features() is extraction


async def test_a_sensor_that_fails_to_look_for_features_refuses(
    sensor: FingerprintSensor, line: DirectLine
) -> None:
    line.damage = instead(Confirmation.HARDWARE_FAILED)

    with pytest.raises(SensorRefused, match="HARDWARE_FAILED"):
        await sensor.extract_features()
