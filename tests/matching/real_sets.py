"""The real prints beside the project, as they are and as an R307 sends them."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.unit.ridges import COLUMNS, ROWS, quantised

ALILOU, FVC, MOSIP = "alilou_color48", "fvc_mixed_dalin", "mosip_mock_10fingers"
# Labels of this set that name one finger twice, as Bozorth3 says (up to 169) and the eye confirms.
ONE_FINGER = ({"32", "41"}, {"33", "46"})
_UNKNOWN = {"Finger_UKNOWN": "Left_Index"}  # the same capture, its record without a position


@dataclass(frozen=True, slots=True, eq=False)
class RealPrint:
    """One impression: whose finger, by the set's labels, and (rows, columns) uint8 at 500 pixels per inch."""

    finger: str
    image: NDArray[np.uint8] = field(repr=False)


def read_set(folder: Path, name: str) -> list[RealPrint]:
    """Every print of a set below `folder`, in the order of its table."""
    with (folder / name / "nfiq2_v2.3.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        RealPrint(_finger(name, row["file"]), _at_500(folder / name / row["file"], float(row["native_dpi"])))
        for row in rows
    ]


def _finger(name: str, file: str) -> str:
    if name == ALILOU:
        return Path(file).parent.name.removeprefix("sub")
    if name == FVC:
        return Path(file).stem.split("_")[0]
    label = Path(file).stem.removeprefix("auth_").removesuffix("_wsq")
    return _UNKNOWN.get(label, label)


def _at_500(path: Path, native: float) -> NDArray[np.uint8]:
    image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise FileNotFoundError(path)
    scale = 500.0 / native
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)


def on_the_sensor(print_: RealPrint) -> RealPrint:
    """What an R307 sends of it: 256 x 288 pixels around the print's centroid, the upper four bits."""
    ink = cv2.moments(255 - print_.image)
    middle = (ink["m01"] / ink["m00"], ink["m10"] / ink["m00"])
    seen = tuple(
        slice(start, start + wanted)
        for start, wanted in (
            (int(np.clip(at - wanted / 2, 0, max(side - wanted, 0))), wanted)
            for at, side, wanted in zip(middle, print_.image.shape, (ROWS, COLUMNS), strict=True)
        )
    )
    return RealPrint(print_.finger, quantised(print_.image[seen]))


def are_one_finger(one: str, other: str) -> bool | None:
    """By the labels; None where the labels are known to be wrong."""
    return None if {one, other} in ONE_FINGER else one == other
