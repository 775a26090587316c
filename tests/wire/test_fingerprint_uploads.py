"""Images while they arrive: shown row by row, given up, or of another depth."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.codes import Confirmation
from hw.fingerprint.faults import ImageDamaged, SensorRefused
from hw.fingerprint.geometry import geometry_of
from hw.fingerprint.image import Extraction
from hw.fingerprint.intake import ImageIntake
from hw.fingerprint.profiles import FAP_20, R307, R503, SensorProfile
from hw.fingerprint.sensor import FingerprintSensor
from simulator.damage import intact, only, silence
from simulator.fingerprint.twin import FingerprintTwin
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
    intake.end(stray_bytes=0)

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


async def _holding_image(
    profile: SensorProfile, pixels: NDArray[np.uint8]
) -> tuple[FingerprintSensor, DirectLine]:
    """A sensor of a model, opened as an R307 would be, that holds an image."""
    twin = FingerprintTwin(profile, np.random.default_rng(7), noise_levels=0.0)
    line = DirectLine(twin, R307.baud)
    sensor = FingerprintSensor(line, R307)
    await sensor.open()
    twin.present(pixels)
    await sensor.finger_is_imaged()
    return sensor, line


@pytest.mark.parametrize("rows", [200, 280, 300])
async def test_a_sensor_of_another_height_delivers_it_and_the_next_image_in_one_upload(
    rows: int, rng: np.random.Generator, stopwatch: Stopwatch
) -> None:
    pixels = rng.integers(0, 16, (rows, R307.columns), np.uint8) * np.uint8(17)
    sensor, _ = await _holding_image(replace(R307, rows=rows), pixels)

    assert np.array_equal((await whole_image(sensor)).pixels, pixels)
    begun_s = stopwatch.elapsed_s()
    assert np.array_equal((await whole_image(sensor)).pixels, pixels)
    assert stopwatch.elapsed_s() - begun_s < 7.5


@pytest.mark.parametrize("number", [1, 70, 143])
async def test_a_packet_that_is_lost_in_every_upload_does_not_make_a_lower_image(
    number: int, ridges: NDArray[np.uint8]
) -> None:
    sensor, line = await _holding_image(R307, ridges)
    line.damage = lambda chunk: silence(chunk) if chunk.number == number else chunk

    with pytest.raises(ImageDamaged):
        await sensor.read_image()

    line.damage = intact
    assert np.array_equal((await whole_image(sensor)).pixels, ridges)


async def test_a_packet_that_is_lost_once_costs_one_more_upload(ridges: NDArray[np.uint8]) -> None:
    sensor, line = await _holding_image(R307, ridges)
    line.damage = only(silence, 50)

    assert np.array_equal((await whole_image(sensor)).pixels, ridges)
    assert (await sensor.read_parameters()).packet_bytes == 256


async def test_a_sensor_of_another_family_is_damage_and_not_a_garbled_image(
    rng: np.random.Generator,
) -> None:
    pixels = rng.integers(0, 16, (192, 192), np.uint8) * np.uint8(17)
    sensor, _ = await _holding_image(replace(R307, columns=192, rows=192), pixels)

    with pytest.raises(ImageDamaged, match="18432 good bytes of 36864"):
        await sensor.read_image()


async def test_a_model_that_can_be_interrupted_is(
    rng: np.random.Generator, ridges: NDArray[np.uint8]
) -> None:
    twin = FingerprintTwin(R503, rng)
    heard: list[bytes] = []
    line = DirectLine(twin, R503.baud, request_damage=lambda chunk: heard.append(chunk.data) or chunk)
    sensor = FingerprintSensor(line, R503)
    twin.present(ridges)
    await sensor.finger_is_imaged()

    assert await sensor.read_image(goes_on=lambda _: False) is None

    assert heard[-1] == bytes.fromhex("EF01 FFFFFFFF 01 0003 30 0034")
    assert await sensor.finger_is_imaged()


async def test_an_image_put_into_the_sensor_comes_out_again(
    sensor: FingerprintSensor, ridges: NDArray[np.uint8]
) -> None:
    await sensor.open()

    await sensor.imaging.download(ridges)

    assert np.array_equal((await whole_image(sensor)).pixels, ridges)
    with pytest.raises(ValueError, match="288 x 256"):
        await sensor.imaging.download(ridges[:10])
