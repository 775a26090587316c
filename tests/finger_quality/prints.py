"""Real prints from the shared data, whole and as a sensor of the family sees them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

SENSORS = {"r307": (288, 256), "r503": (192, 192)}


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """One picture at 500 pixels per inch, 0 = ridge. nfiq2: what NFIQ 2.3 makes of it."""

    name: str
    nfiq2: int
    image: Image = field(repr=False)


def read_set(folder: Path) -> Iterator[Print]:
    """Every print of a set, in the order of its table."""
    with (folder / "nfiq2_v2.3.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            image = cv2.imread(str(folder / row["file"]), cv2.IMREAD_GRAYSCALE)
            if image is None:
                raise FileNotFoundError(folder / row["file"])
            scale = 500.0 / float(row["native_dpi"])
            scaled = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            yield Print(row["file"], int(row["nfiq2"]), scaled.astype(np.uint8))


def on_sensor(image: Image, sensor: str) -> Image:
    """The part around the centroid of the ink that this sensor sees, in 16 grey levels."""
    rows, columns = SENSORS[sensor]
    ink = cv2.moments(255 - image)
    row, column = int(ink["m01"] / ink["m00"]), int(ink["m10"] / ink["m00"])
    wide = cv2.copyMakeBorder(image, rows, rows, columns, columns, cv2.BORDER_CONSTANT, value=(255.0,))
    top, left = row + rows // 2, column + columns // 2
    return in_16_levels(wide[top : top + rows, left : left + columns].astype(np.uint8))


def in_16_levels(image: Image) -> Image:
    """What is left of the greys over the sensor's line."""
    return (image // 16 * 17).astype(np.uint8)


def seen_by(one: Print, sensor: str) -> Image:
    """The whole picture, or what `sensor` sees of it."""
    return one.image if sensor == "whole" else on_sensor(one.image, sensor)
