"""How close finger images come to what their wires allow, beside two drivers that others wrote."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from hw.fingerprint.profiles import R307, SensorProfile
from hw.fingerprint.sensor import FingerprintSensor
from hw.wire.serial_line import open_serial
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lines import DirectLine
from simulator.virtual_time import VirtualLoop
from tests.bench.rows import Row
from tests.interop.conftest import INTEROP_PYTHON, run_foreign, served

UPLOADS = 15
PEER_UPLOADS = 5  # the slowest peer takes a second for each
FINGERS = 10

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
    for baud, packet_bytes in ((57_600, 128), (115_200, 128), (115_200, 256)):
        yield from _virtual_rows(replace(R307, baud=baud, packet_bytes=packet_bytes))
    yield from _unpaced_rows()


def _virtual_rows(profile: SensorProfile) -> Iterator[Row]:
    begun_s = perf_counter()
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        upload_s = runner.run(_paced_upload_s(profile))
    speed_up = UPLOADS * upload_s / (perf_counter() - begun_s)
    name = f"finger image at {profile.baud:,} baud in packets of {profile.packet_bytes}"
    yield Row(name, upload_s / _wire_s(profile), "× wire's own time", "≤ 1.03")
    yield Row(f"{name}, virtual", speed_up, "× real time")
    yield Row(f"{FINGERS} such images", FINGERS * upload_s, "s of wire a visit")


def _wire_s(profile: SensorProfile) -> float:
    """Time of the bits of command, acknowledgement, image, and the overhead of its packets."""
    packets = -(-profile.image_bytes // profile.packet_bytes)
    return (12 + 12 + profile.image_bytes + 11 * packets) * 10 / profile.baud


async def _paced_upload_s(profile: SensorProfile) -> float:
    """Mean virtual time of an upload."""
    twin = FingerprintTwin(profile, np.random.default_rng(1))
    twin.present(np.zeros((400, 300), np.uint8))
    sensor = FingerprintSensor(DirectLine(twin, profile.baud), profile)
    await sensor.finger_is_imaged()
    loop = asyncio.get_running_loop()
    begun_s = loop.time()
    for _ in range(UPLOADS):
        await sensor.read_image()
    return (loop.time() - begun_s) / UPLOADS


def _unpaced_rows() -> Iterator[Row]:
    """Best of several uploads by each driver, from a sensor in another process that never pauses."""
    with served("--unpaced") as port:
        ours_ms = asyncio.run(_best_ms(port))
    name = "finger image from an unpaced sensor, checked, as opened"
    yield Row(name, ours_ms, "ms", "≤ 2.4")
    if not INTEROP_PYTHON.exists():
        return
    for peer, driver, target in (
        ("adafruit, no checks", ADAFRUIT, 10),
        ("pyfingerprint", PYFINGERPRINT, 100),
    ):
        peer_ms = _foreign_ms(driver)
        yield Row(
            name,
            peer_ms / ours_ms,
            "× as fast as the peer",
            f"≥ {target}",
            f"{peer}, packets of 128: {peer_ms:.1f} ms",
        )


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


def _foreign_ms(driver: str) -> float:
    """The same by a foreign driver."""
    with served("--unpaced") as port, TemporaryDirectory() as folder:
        return float(
            run_foreign(INTEROP_PYTHON, TIMED.format(driver=driver), port, folder, str(PEER_UPLOADS))
        )
