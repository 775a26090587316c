"""Each fault that a sensor, its wire and its supply can have, before our driver: the next image is right."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.faults import DeviceFault
from hw.fingerprint.faults import SensorSilent
from hw.fingerprint.profiles import R307
from hw.fingerprint.sensor import FingerprintSensor
from hw.wire.line import LineLost
from simulator.damage import Chunk, together
from simulator.fingerprint.mishaps import Mishaps, in_first_upload, mishaps
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lines import DirectLine
from tests.interop.fault_table import ROWS

pytestmark = pytest.mark.slow

UNPLUGGED_FOR_S = 1.0
CALL_LIMIT_S = 90.0  # three uploads, each to its own deadline, and the way back


@asynccontextmanager
async def bench(
    asked: Mishaps, rng: np.random.Generator, ridges: NDArray[np.uint8]
) -> AsyncGenerator[DirectLine]:
    """A line to a sensor with a finger on it, on which all that was asked for goes wrong."""
    twin = FingerprintTwin(R307, rng, noise_levels=0.0, faults=asked.sensor)
    twin.present(ridges)
    line = DirectLine(twin, R307.baud)

    def pull(chunk: Chunk) -> Chunk:
        loop = asyncio.get_running_loop()
        loop.call_later(1.0, line.unplug)
        loop.call_later(1.0 + UNPLUGGED_FOR_S, line.plug)
        return chunk

    line.damage = asked.damage
    if asked.unplugs_at is not None:
        line.damage = together(in_first_upload(pull, asked.unplugs_at), asked.damage)
    noise = asyncio.create_task(_noise(line, rng)) if asked.noisy else None
    yield line
    if noise is not None:
        noise.cancel()


async def _noise(line: DirectLine, rng: np.random.Generator) -> None:
    while True:
        await asyncio.sleep(float(rng.exponential(0.4)))
        line.say(rng.bytes(3))


async def _opened(sensor: FingerprintSensor) -> None:
    """As the booth does: again after a lost line, when it is back."""
    try:
        await sensor.open()
    except LineLost:
        await asyncio.sleep(2.0 * UNPLUGGED_FOR_S)
        await sensor.open()


async def _image(sensor: FingerprintSensor) -> NDArray[np.uint8] | None:
    """What it accepts within the limit; None when it says that it could not."""
    try:
        async with asyncio.timeout(CALL_LIMIT_S):
            image = await sensor.read_image()
    except DeviceFault:
        return None
    return None if image is None else image.pixels


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("fault", ROWS.values(), ids=ROWS.keys())
async def test_after_any_fault_the_next_image_is_right_and_no_wrong_one_is_ever_accepted(
    fault: str, seed: int, ridges: NDArray[np.uint8]
) -> None:
    rng = np.random.default_rng(seed)
    async with bench(mishaps(fault.split(), rng), rng, ridges) as line:
        sensor = FingerprintSensor(line, R307)
        await sensor.open()
        await sensor.finger_is_imaged()
        first = await _image(sensor)
        if first is None:
            await _opened(sensor)
        assert await sensor.finger_is_imaged()
        second = await _image(sensor)

    assert first is None or np.array_equal(first, ridges)
    assert second is not None
    assert np.array_equal(second, ridges)


@pytest.mark.parametrize("seed", range(3))
async def test_faults_that_come_together_never_make_a_wrong_image(
    seed: int, ridges: NDArray[np.uint8]
) -> None:
    rng = np.random.default_rng(seed)
    asked = mishaps(["flip", "lost-byte", "lost-packet", "twice", "stray", "late", "address", "noise"], rng)
    async with bench(asked, rng, ridges) as line:
        sensor = FingerprintSensor(line, R307)
        await sensor.open()
        await sensor.finger_is_imaged()
        images = [await _image(sensor) for _ in range(8)]

    accepted = [image for image in images if image is not None]
    assert accepted
    assert all(np.array_equal(image, ridges) for image in accepted)


async def test_a_sensor_that_is_silent_for_ever_is_said_to_be_in_time(ridges: NDArray[np.uint8]) -> None:
    rng = np.random.default_rng(1)
    async with bench(mishaps(["silent"], rng), rng, ridges) as line:
        with pytest.raises(SensorSilent):
            async with asyncio.timeout(CALL_LIMIT_S):
                await FingerprintSensor(line, R307).open()
