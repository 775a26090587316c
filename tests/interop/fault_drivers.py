"""One program a driver: an image, a new exposure, another image; a line of output each, at once.

Each gets a path, and writes the pixels' bytes in hexadecimal, or the name of the error. `again` takes a new
driver on the same path after a while, as whoever drives must after a lost line.
"""

_STEPS = """
import sys, time
def step(act):
    try:
        print(act(), flush=True)
        return True
    except Exception as error:
        print("error " + type(error).__name__, flush=True)
        return False
def again():
    global sensor
    time.sleep(2.5)
    sensor = connect()
    return capture()
port, picture, line_is_lost = sys.argv[1], sys.argv[2], sys.argv[3] == "unplug"
sensor = connect()
capture()
step(image)
step(capture) or (line_is_lost and step(again))
step(image)
"""

PYFINGERPRINT = (
    """
from pathlib import Path
from PIL import Image
from pyfingerprint.pyfingerprint import PyFingerprint
def connect():
    driver = PyFingerprint(port, 57600)
    driver.verifyPassword()
    return driver
def capture():
    return sensor.readImage()
def image():
    sensor.downloadImage(picture)
    grey = [value >> 4 for value in Image.open(picture).convert("L").getdata()]
    return bytes(left << 4 | right for left, right in zip(grey[::2], grey[1::2])).hex()
"""
    + _STEPS
)

ADAFRUIT = (
    """
import adafruit_fingerprint, serial
def connect():
    return adafruit_fingerprint.Adafruit_Fingerprint(serial.Serial(port, 57600, timeout=1))
def capture():
    if sensor.get_image() != adafruit_fingerprint.OK:
        raise RuntimeError("refused")
    return True
def image():
    return bytes(sensor.get_fpdata("image")).hex()
"""
    + _STEPS
)

OURS = (
    """
import asyncio
from hw.fingerprint.profiles import R307
from hw.fingerprint.protocol import pack_pixels
from hw.fingerprint.sensor import FingerprintSensor
from hw.wire.serial_line import open_serial
runner = asyncio.Runner()
def connect():
    driver = FingerprintSensor(open_serial(port, R307.baud), R307)
    runner.run(driver.open())
    return driver
def capture():
    return runner.run(sensor.finger_is_imaged())
def image():
    return pack_pixels(runner.run(sensor.read_image()).pixels).hex()
"""
    + _STEPS
)
