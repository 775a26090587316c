"""What one portrait frame and one card frame cost on one core; needs the shared reference data."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
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
from tests.portraits import Pixels, kiosk_frame, read_rgb

DATA = Path(os.environ.get("TRAM_SHARED", Path(__file__).parents[3] / "shared")) / "data"
ROUNDS = 15


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
    yield Row("card QR, 1280 × 720", _median_ms(partial(find_codes, card)), "ms", "≤ 3", _opencv(grey))
    yield Row("card QR, no code in the frame", _median_ms(partial(find_codes, without_code)), "ms", "≤ 3")


def _opencv(grey: NDArray[np.uint8]) -> str:
    detector = cv2.QRCodeDetector()
    return f"OpenCV {_median_ms(partial(detector.detectAndDecode, grey)):.0f} ms"


def _median_ms(job: Callable[[], object]) -> float:
    job()
    return median(_ms(job) for _ in range(ROUNDS))


def _ms(job: Callable[[], object]) -> float:
    begun_s = perf_counter()
    job()
    return (perf_counter() - begun_s) * 1000.0
