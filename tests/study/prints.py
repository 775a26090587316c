"""The real prints of several impressions a finger, whole and as an R307 delivers them."""

import csv
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

GreyImage = NDArray[np.uint8]

SETS = ("alilou_color48", "fvc_mixed_dalin")
PIXELS_PER_INCH = 500
R307 = (288, 256)
_TEXTURE = 20.0  # standard deviation of the grey levels where there are ridges


@dataclass(frozen=True, slots=True)
class Print:
    """One impression of one finger of a set, in a file of its own."""

    finger: int
    file: Path
    native_dpi: float


def data_folder() -> Path:
    """Where the reference images are: TRAM_SHARED, else ../shared."""
    shared = os.environ.get("TRAM_SHARED", str(Path(__file__).parents[3] / "shared"))
    return Path(shared) / "data" / "finger"


def prints_of(name: str, folder: Path) -> tuple[Print, ...]:
    """Every impression of the set, ordered by finger and file."""
    with (folder / name / "nfiq2_v2.3.csv").open(newline="") as table:
        rows = [(row["file"], float(row["native_dpi"])) for row in csv.DictReader(table)]
    found = [Print(_finger(file), folder / name / file, dpi) for file, dpi in rows]
    return tuple(sorted(found, key=lambda one: (one.finger, one.file.name)))


def _finger(file: str) -> int:
    """sub7/71.png is of finger 7, 107_2.png of finger 107."""
    first, _, _ = file.replace("/", "_").partition("_")
    return int(first.removeprefix("sub"))


def whole(one: Print) -> GreyImage:
    """The impression at 500 pixels per inch, 8 bits."""
    image = np.asarray(cv2.imread(str(one.file), cv2.IMREAD_GRAYSCALE), np.uint8)
    if one.native_dpi == PIXELS_PER_INCH:
        return image
    scale = PIXELS_PER_INCH / one.native_dpi
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)


def as_r307(one: Print) -> GreyImage:
    """(288, 256) around the print's middle, white beyond the image, 16 grey levels times 17."""
    image = whole(one)
    down, across = _middle(image)
    plate = np.full(R307, 255, np.uint8)
    rows, columns = _span(down, image.shape[0], R307[0]), _span(across, image.shape[1], R307[1])
    seen = image[rows, columns]
    top, left = (R307[0] - seen.shape[0]) // 2, (R307[1] - seen.shape[1]) // 2
    plate[top : top + seen.shape[0], left : left + seen.shape[1]] = seen
    return (plate // 16 * 17).astype(np.uint8)


VIEWS: dict[str, Callable[[Print], GreyImage]] = {"whole": whole, "r307": as_r307}


def _middle(image: GreyImage) -> tuple[float, float]:
    """Row and column of the centroid of everything that has ridges."""
    grey = image.astype(np.float32)
    mean = np.asarray(cv2.blur(grey, (17, 17)), np.float32)
    spread = cv2.blur(grey * grey, (17, 17)) - mean * mean
    rows, columns = np.nonzero(spread > _TEXTURE**2)
    if not rows.size:
        return (image.shape[0] - 1) / 2, (image.shape[1] - 1) / 2
    return float(rows.mean()), float(columns.mean())


def _span(middle: float, length: int, seen: int) -> slice:
    begin = max(0, min(round(middle - (seen - 1) / 2), length - seen))
    return slice(begin, min(begin + seen, length))
