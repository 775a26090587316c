"""What one portrait frame and one card frame cost on one core; needs the shared reference data.

Portrait figures are processor time, so that what else the machine does does not count.
"""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import fmean, median
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.capture.card_code import find_codes
from firmware.capture.policy.loader import load_limits
from firmware.models import face_model, person_model
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.live import NOTHING_KNOWN, glance
from firmware.quality.portrait.measures import measure
from firmware.quality.portrait.model import FaceModel
from firmware.quality.portrait.scene import SceneLimits, assess_empty_scene
from tests.bench.portrait_memory import resident_mb
from tests.bench.portrait_peer import mediapipe_ms
from tests.bench.rows import Row
from tests.bench.timing import median_ms
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
FOLLOWED = 40  # frames: four times the detector, and every second one the expression


def rows() -> Iterator[Row]:
    """Medians of frames with a real face, and of frames with and without a card's code."""
    if not DATA.is_dir():
        return
    cv2.setNumThreads(1)
    pixels = kiosk_frame(DATA, "ok", "012")
    yield from _portrait(pixels)
    yield from _card(pixels)


def _portrait(upright: Pixels) -> Iterator[Row]:
    model = FaceModel(face_model(), person_model())
    limits = load_limits(PortraitLimits, "portrait.toml")
    wide = np.asarray(cv2.resize(upright[180:720], (1280, 720)), np.uint8)
    for name, pixels in (("1280 × 720", wide), ("960 × 1280", upright)):
        peer = mediapipe_ms(pixels) if pixels is wide else ""
        yield _row(
            f"portrait frame, {name}: everything", partial(glance, pixels, model, limits), "≤ 22", peer
        )
        yield Row(
            f"portrait frame, {name}: followed, mean", _followed_ms(pixels, model, limits), "ms", "≤ 16"
        )
    yield _row("of these: detector alone (nobody there)", partial(model.read, np.full_like(wide, 220)))
    yield _row("of these: measures", partial(measure, upright, model.read(upright)))
    yield _row("portrait still, full check with backdrop", partial(assess_portrait, upright, model, limits))
    scene = load_limits(SceneLimits, "portrait.toml", "scene")
    yield _row("empty scene", partial(assess_empty_scene, upright, scene))
    yield Row("portrait pipeline: resident memory", resident_mb(upright), "MB", "≤ 150")


def _row(name: str, work: Callable[[], object], target: str = "", peer: str = "") -> Row:
    return Row(name, median_ms(work, clock=process_time), "ms", target, peer)


def _followed_ms(pixels: Pixels, model: FaceModel, limits: PortraitLimits) -> float:
    known, durations_s = NOTHING_KNOWN, list[float]()
    for _ in range(FOLLOWED + 1):
        begun_s = process_time()
        seen = glance(pixels, model, limits, known)
        durations_s.append(process_time() - begun_s)
        known = seen.known(None)
    return fmean(durations_s[1:]) * 1000.0


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
