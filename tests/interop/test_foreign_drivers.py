"""Drivers that others wrote for real sensors, unmodified, against our twin."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.profiles import FAP_20, R503, SensorProfile
from hw.fingerprint.protocol import pack_pixels
from tests.interop.conftest import run_foreign, served

pytestmark = pytest.mark.slow

PYFINGERPRINT = """
import sys
from pyfingerprint.pyfingerprint import PyFingerprint
port, picture = sys.argv[1:]
sensor = PyFingerprint(port, 57600)
assert sensor.verifyPassword()
assert sensor.getTemplateCount() == 0
assert sensor.getMaxPacketSize() == 128
assert sensor.readImage()
assert sensor.convertImage(1)
sensor.downloadImage(picture)
print(sensor.getStorageCapacity())
"""

ADAFRUIT = """
import sys
import adafruit_fingerprint, serial
port, packet_code = sys.argv[1], int(sys.argv[2])
sensor = adafruit_fingerprint.Adafruit_Fingerprint(serial.Serial(port, 57600, timeout=1))
assert sensor.set_sysparam(6, packet_code) == adafruit_fingerprint.OK
assert sensor.count_templates() == adafruit_fingerprint.OK
assert sensor.get_image() == adafruit_fingerprint.OK
assert sensor.image_2_tz(1) == adafruit_fingerprint.OK
print(bytes(sensor.get_fpdata("image")).hex())
"""

UNPACED = ("--unpaced",)
PACED: tuple[str, ...] = ()


@pytest.fixture
def levels() -> NDArray[np.uint8]:
    """What is on the plate: (288, 256) uint8, 0 to 15; stripes, which sensors take features of, and noise."""
    stripes = 7.0 + 6.0 * np.sin(2.0 * np.pi * np.arange(256) / 9.0)
    noise = np.random.default_rng(5).integers(-1, 2, (288, 256))
    return (np.rint(stripes) + noise).clip(0, 15).astype(np.uint8)


@pytest.fixture
def finger(levels: NDArray[np.uint8], tmp_path: Path) -> Path:
    """A picture file of `levels`."""
    file = tmp_path / "finger.png"
    assert cv2.imwrite(str(file), levels * np.uint8(17))
    return file


@pytest.mark.parametrize("arguments", [UNPACED, PACED], ids=["unpaced", "paced"])
def test_pyfingerprint_downloads_the_finger_that_lies_on_the_plate(
    arguments: tuple[str, ...],
    foreign_python: Path,
    levels: NDArray[np.uint8],
    finger: Path,
    tmp_path: Path,
) -> None:
    picture = tmp_path / "downloaded.bmp"

    with served("--image", str(finger), *arguments) as port:
        capacity = run_foreign(foreign_python, PYFINGERPRINT, port, str(picture))

    downloaded = cv2.imread(str(picture), cv2.IMREAD_GRAYSCALE)
    assert downloaded is not None
    assert np.array_equal(downloaded, levels * 17)
    assert capacity == "1000"


@pytest.mark.parametrize(
    ("packet_code", "arguments"),
    [(1, UNPACED), (2, UNPACED), (3, UNPACED), (2, PACED)],
    ids=["64 unpaced", "128 unpaced", "256 unpaced", "128 paced"],
)
def test_adafruit_downloads_the_finger_that_lies_on_the_plate(
    packet_code: int,
    arguments: tuple[str, ...],
    foreign_python: Path,
    levels: NDArray[np.uint8],
    finger: Path,
) -> None:
    with served("--image", str(finger), *arguments) as port:
        downloaded = run_foreign(foreign_python, ADAFRUIT, port, str(packet_code))

    left, right = levels[:, 0::2].reshape(-1), levels[:, 1::2].reshape(-1)
    assert downloaded == (left * 16 + right).tobytes().hex()


ADAFRUIT_AT = """
import sys
import adafruit_fingerprint, serial
sensor = adafruit_fingerprint.Adafruit_Fingerprint(serial.Serial(sys.argv[1], int(sys.argv[2]), timeout=1))
assert sensor.get_image() == adafruit_fingerprint.OK
print(bytes(sensor.get_fpdata("image")).hex())
"""


@pytest.mark.parametrize("profile", [R503, FAP_20], ids=lambda profile: profile.name)
def test_adafruit_takes_images_of_other_sizes_and_depths(
    profile: SensorProfile, foreign_python: Path, tmp_path: Path
) -> None:
    """pyfingerprint cannot: it unpacks 256 x 288 pixels of 4 bits, whatever comes."""
    picture = np.random.default_rng(5).integers(0, 16, (profile.rows, profile.columns), np.uint8) * np.uint8(
        17
    )
    assert cv2.imwrite(str(tmp_path / "finger.png"), picture)

    with served("--image", str(tmp_path / "finger.png"), "--profile", profile.name, "--unpaced") as port:
        downloaded = run_foreign(foreign_python, ADAFRUIT_AT, port, str(profile.baud))

    sent = picture.tobytes() if profile.bits_per_pixel == 8 else pack_pixels(picture)
    assert downloaded == sent.hex()
