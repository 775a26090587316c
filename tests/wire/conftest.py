"""One sensor on one line, with a twin at the other end."""

import asyncio
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.profiles import R307
from hw.fingerprint.sensor import FingerprintSensor
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lines import DirectLine


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def ridges(rng: np.random.Generator) -> NDArray[np.uint8]:
    """A picture of the plate's size that an error-free upload reproduces: only multiples of 17."""
    levels = rng.integers(0, 16, (R307.rows, R307.columns), np.uint8)
    return levels * np.uint8(17)


@pytest.fixture
def twin(rng: np.random.Generator) -> FingerprintTwin:
    return FingerprintTwin(R307, rng, noise_levels=0.0)


@pytest.fixture
def line(twin: FingerprintTwin) -> DirectLine:
    return DirectLine(twin, R307.baud)


@pytest.fixture
def sensor(line: DirectLine) -> FingerprintSensor:
    return FingerprintSensor(line, R307)


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


@dataclass(slots=True)
class Stopwatch:
    """Loop time since it was made."""

    begun_s: float

    def elapsed_s(self) -> float:
        return asyncio.get_running_loop().time() - self.begun_s


@pytest.fixture
async def stopwatch() -> Stopwatch:
    return Stopwatch(asyncio.get_running_loop().time())
