"""The fingerprint driver on real serial ports, with a twin behind a pseudo-terminal."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.profiles import R307
from hw.fingerprint.sensor import FingerprintSensor
from hw.wire.line import LineLost
from hw.wire.serial_line import open_serial
from simulator.bench_pty import PtyBench
from simulator.fingerprint.twin import FingerprintTwin
from tests.wire.images import whole_image


@pytest.fixture
def anyio_backend() -> str:
    """Real time: terminals do not exist under virtual time."""
    return "asyncio"


@pytest.fixture
def twin() -> FingerprintTwin:
    return FingerprintTwin(R307, np.random.default_rng(7), noise_levels=0.0)


@pytest.fixture
async def bench(twin: FingerprintTwin, tmp_path: Path) -> AsyncIterator[PtyBench]:
    bench = PtyBench(twin, is_paced=False, link=tmp_path / "fingerprint")
    yield bench
    bench.unplug()


async def test_an_image_crosses_a_real_port(
    bench: PtyBench, twin: FingerprintTwin, ridges: NDArray[np.uint8]
) -> None:
    sensor = FingerprintSensor(open_serial(str(bench.plug()), R307.baud), R307)
    twin.present(ridges)

    await sensor.open()
    assert await sensor.finger_is_imaged()
    assert np.array_equal((await whole_image(sensor)).pixels, ridges)
    sensor.close()


async def test_a_sensor_unplugged_in_the_middle_of_an_image_is_found_again_at_the_same_path(
    bench: PtyBench, twin: FingerprintTwin, ridges: NDArray[np.uint8], tmp_path: Path
) -> None:
    sensor = FingerprintSensor(open_serial(str(bench.plug()), R307.baud), R307)
    twin.present(ridges)
    await sensor.finger_is_imaged()

    with pytest.raises(LineLost):
        await sensor.read_image(lambda share: bench.unplug() if share > 0.5 else None)
    sensor.close()
    with pytest.raises(LineLost):
        open_serial(str(tmp_path / "fingerprint"), R307.baud)

    bench.plug()
    again = FingerprintSensor(open_serial(str(tmp_path / "fingerprint"), R307.baud), R307)
    await again.open()
    assert await again.finger_is_imaged()
    assert np.array_equal((await whole_image(again)).pixels, ridges)
    again.close()


async def test_a_paced_bench_answers_no_faster_than_the_wire() -> None:
    bench = PtyBench(FingerprintTwin(replace(R307, baud=9_600), np.random.default_rng(7)))
    sensor = FingerprintSensor(open_serial(str(bench.plug()), 9_600), R307)
    await bench.ready()
    loop = asyncio.get_running_loop()
    begun_s = loop.time()

    await sensor.read_parameters()

    assert loop.time() - begun_s >= 28 * 10 / 9_600
    sensor.close()
    bench.unplug()
