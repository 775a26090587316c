"""How close finger images come to what their wires allow, beside two drivers that others wrote."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from hw.fingerprint.profiles import R307
from hw.fingerprint.sensor import FingerprintSensor
from hw.wire.serial_line import open_serial
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lines import DirectLine
from simulator.virtual_time import VirtualLoop
from tests.bench.rows import Row
from tests.interop.conftest import INTEROP_PYTHON, run_foreign, served

UPLOADS = 15
WIRE_BYTES = 12 + 12 + 36_864 + 288 * 11  # command, acknowledgement, image, overhead of its packets

PYFINGERPRINT = """
from pyfingerprint.pyfingerprint import PyFingerprint
sensor = PyFingerprint(port, 57600)
sensor.readImage()
upload = lambda: sensor.downloadImage(folder + "/finger.bmp")
"""
ADAFRUIT = """
import adafruit_fingerprint, serial
sensor = adafruit_fingerprint.Adafruit_Fingerprint(serial.Serial(port, 57600, timeout=1))
sensor.get_image()
upload = lambda: sensor.get_fpdata("image")
"""
TIMED = """
import sys
from time import perf_counter
port, folder, uploads = sys.argv[1], sys.argv[2], int(sys.argv[3])
{driver}
times = []
for _ in range(uploads):
    begun = perf_counter()
    upload()
    times.append(perf_counter() - begun)
print(min(times) * 1000)
"""


def rows() -> Iterator[Row]:
    """Paced images in virtual time, and unpaced ones over a pseudo-terminal."""
    for baud in (57_600, 115_200):
        yield from _virtual_rows(baud)
    yield _unpaced_row()


def _virtual_rows(baud: int) -> Iterator[Row]:
    begun_s = perf_counter()
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        upload_s = runner.run(_paced_upload_s(baud))
    speed_up = UPLOADS * upload_s / (perf_counter() - begun_s)
    name = f"finger image at {baud:,} baud, virtual"
    yield Row(name, upload_s / (WIRE_BYTES * 10 / baud), "× wire's own time", "≤ 1.03")
    yield Row(name, speed_up, "× real time")


async def _paced_upload_s(baud: int) -> float:
    """Mean virtual time of an upload at `baud`."""
    profile = replace(R307, baud=baud)
    twin = FingerprintTwin(profile, np.random.default_rng(1))
    twin.present(np.zeros((400, 300), np.uint8))
    sensor = FingerprintSensor(DirectLine(twin, baud), profile)
    await sensor.finger_is_imaged()
    loop = asyncio.get_running_loop()
    begun_s = loop.time()
    for _ in range(UPLOADS):
        await sensor.read_image()
    return (loop.time() - begun_s) / UPLOADS


def _unpaced_row() -> Row:
    """Best of several uploads by each driver, from a sensor in another process that never pauses."""
    peers = f"adafruit {_foreign(ADAFRUIT)} without checks; pyfingerprint {_foreign(PYFINGERPRINT)}"
    with served("--unpaced") as port:
        measured_ms = asyncio.run(_best_ms(port))
    return Row("finger image from an unpaced sensor, checked", measured_ms, "ms", "", peers)


async def _best_ms(port: str) -> float:
    sensor = FingerprintSensor(open_serial(port, R307.baud), R307)
    await sensor.open()
    await sensor.finger_is_imaged()
    times_ms: list[float] = []
    for _ in range(UPLOADS):
        begun_s = perf_counter()
        await sensor.read_image()
        times_ms.append((perf_counter() - begun_s) * 1000)
    sensor.close()
    return min(times_ms)


def _foreign(driver: str) -> str:
    """The same by a foreign driver."""
    if not INTEROP_PYTHON.exists():
        return "not installed"
    with served("--unpaced") as port, TemporaryDirectory() as folder:
        best_ms = float(run_foreign(INTEROP_PYTHON, TIMED.format(driver=driver), port, folder, str(UPLOADS)))
    return f"{best_ms:.1f} ms"
