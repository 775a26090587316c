"""What one portrait frame and one card frame cost on one core; needs the shared reference data."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory
from time import perf_counter

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.capture.card_code import find_codes
from firmware.capture.policy.loader import load_limits
from firmware.models import face_model
from firmware.quality.portrait.assess import assess_face, assess_portrait
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import FaceModel
from tests.bench.rows import Row
from tests.interop.conftest import INTEROP_PYTHON, run_foreign
from tests.portraits import Pixels, kiosk_frame, read_rgb

DATA = Path(os.environ.get("TRAM_SHARED", Path(__file__).parents[3] / "shared")) / "data"
ROUNDS = 15
PYZBAR = """
import sys
from statistics import median
from time import perf_counter
from pyzbar.pyzbar import ZBarSymbol, decode
grey, columns, rows, rounds = open(sys.argv[1], "rb").read(), *map(int, sys.argv[2:])
times = []
for _ in range(rounds):
    begun = perf_counter()
    decode((grey, columns, rows), [ZBarSymbol.QRCODE])
    times.append(perf_counter() - begun)
print(median(times) * 1000)
"""


def rows() -> Iterator[Row]:
    """Medians of a frame of 960 x 1280 with a real face, and of frames with and without a card's code."""
    if not DATA.is_dir():
        return
    cv2.setNumThreads(1)
    pixels = kiosk_frame(DATA, "ok", "012")
    yield from _portrait(pixels)
    yield from _card(pixels)


def _portrait(pixels: Pixels) -> Iterator[Row]:
    model = FaceModel(face_model())
    limits = load_limits(PortraitLimits, "portrait.toml")
    face = model.read(pixels)
    empty = np.full_like(pixels, 220)
    yield Row("portrait frame: detector alone (nobody there)", _median_ms(partial(model.read, empty)), "ms")
    yield Row(
        "portrait frame: the three networks and the pose", _median_ms(partial(model.read, pixels)), "ms"
    )
    yield Row("portrait frame: measures", _median_ms(partial(assess_face, pixels, face, limits)), "ms")
    whole = partial(assess_portrait, pixels, model, limits)
    yield Row("portrait frame: everything", _median_ms(whole), "ms", "≤ 22")


def _card(without_code: Pixels) -> Iterator[Row]:
    card = read_rgb(DATA / "face" / "qr_cccd_synthetic" / "02_3ppm_0.jpg")
    grey = np.ascontiguousarray(card[:, :, 1])
    empty = np.ascontiguousarray(without_code[:720, :, 1])
    yield Row("card QR, 1280 × 720 grey", _median_ms(partial(find_codes, grey)), "ms", "≤ 3", _peers(grey))
    yield Row(
        "card QR, no code in the frame", _median_ms(partial(find_codes, empty)), "ms", "≤ 3", _peers(empty)
    )


def _peers(grey: NDArray[np.uint8]) -> str:
    detector = cv2.QRCodeDetector()
    opencv = f"OpenCV {_median_ms(partial(detector.detectAndDecode, grey)):.0f} ms"
    pyzbar = _pyzbar_ms(grey)
    return opencv if pyzbar is None else f"pyzbar {pyzbar:.0f} ms, {opencv}"


def _pyzbar_ms(grey: NDArray[np.uint8]) -> float | None:
    """None where it, or the system's libzbar0, is not installed."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "grey"
        file.write_bytes(grey.tobytes())
        rows, columns = grey.shape
        try:
            return float(run_foreign(INTEROP_PYTHON, PYZBAR, str(file), str(columns), str(rows), str(ROUNDS)))
        except (OSError, CalledProcessError):
            return None


def _median_ms(job: Callable[[], object]) -> float:
    job()
    return median(_ms(job) for _ in range(ROUNDS))


def _ms(job: Callable[[], object]) -> float:
    begun_s = perf_counter()
    job()
    return (perf_counter() - begun_s) * 1000.0
