"""Real faces as the portrait camera would deliver them."""

import csv
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

BOOTH_ROWS, BOOTH_COLUMNS = 1280, 960
_PICTURE_SIDE = 1000  # of a square studio portrait, at the distance of a person before the terminal


@dataclass(frozen=True, slots=True)
class KioskFault:
    """One simulated frame with one fault; category "ok" has none."""

    category: str
    subject: str
    file: Path


def read_rgb(file: Path) -> Pixels:
    """(rows, columns, 3) uint8 RGB."""
    picture = cv2.imread(str(file), cv2.IMREAD_COLOR_RGB)
    assert picture is not None, file
    return np.asarray(picture, np.uint8)


def kiosk_faults(data: Path) -> list[KioskFault]:
    """All frames of the set, by the names of its own list."""
    folder = data / "face" / "kiosk_faults"
    with (folder / "labels.csv").open(encoding="utf-8") as stream:
        return [
            KioskFault(row["category"], row["subject"], folder / row["file"])
            for row in csv.DictReader(stream)
        ]


def kiosk_frame(data: Path, category: str, subject: str) -> Pixels:
    """One frame of the set."""
    return read_rgb(data / "face" / "kiosk_faults" / f"{category}_{subject}.jpg")


def in_booth(portrait: Pixels) -> Pixels:
    """A square studio portrait in a frame of the booth's camera, the backdrop continued above and below."""
    small = cv2.resize(portrait, (_PICTURE_SIDE, _PICTURE_SIDE), interpolation=cv2.INTER_AREA)
    left = (_PICTURE_SIDE - BOOTH_COLUMNS) // 2
    border = (BOOTH_ROWS - _PICTURE_SIDE) // 2
    middle = small[:, left : left + BOOTH_COLUMNS]
    return np.asarray(cv2.copyMakeBorder(middle, border, border, 0, 0, cv2.BORDER_REPLICATE), np.uint8)
