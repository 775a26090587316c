"""The sets of prints with the original's golden features, as tests, fit and report read them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.nfiq2.frame import GreyImage
from firmware.quality.fingerprint.nfiq2.names import FEATURES

SETS = ("alilou_color48", "fvc_mixed_dalin", "mosip_mock_10fingers", "sfinge_nfiq2")
GOLDEN_FILE = "nfiq2_v2.3.csv"


@dataclass(frozen=True, slots=True, eq=False)
class GoldenPrint:
    """One print at 500 pixels per inch, and what NFIQ 2.3 says of it.

    features: the 69 by name, with the six digits of the golden file. is_native: scored as it is stored,
    not resampled.
    """

    set_name: str
    file: str
    image: GreyImage = field(repr=False)
    score: int
    features: dict[str, float] = field(repr=False)
    foreground_px: float
    is_native: bool

    @property
    def is_tuned_on(self) -> bool:
        """The estimate of the minutiae was fitted to it: the small-area set, every other finger of FVC."""
        if self.set_name == "fvc_mixed_dalin":
            return int(self.file[:3]) % 2 == 0
        return self.set_name == "alilou_color48"


def golden_prints(finger: Path, set_name: str) -> Iterator[GoldenPrint]:
    """Every print of one set in the folder `finger` of the shared data, in the order of its golden file."""
    with (finger / set_name / GOLDEN_FILE).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield _golden(finger, set_name, row)


def _golden(finger: Path, set_name: str, row: dict[str, str]) -> GoldenPrint:
    pixels_per_inch = float(row["native_dpi"])
    return GoldenPrint(
        set_name,
        row["file"],
        at_500_pixels_per_inch(finger / set_name / row["file"], pixels_per_inch),
        int(row["nfiq2"]),
        {name: float(row[name]) for name in FEATURES},
        float(row["SufficientFingerprintForeground"]),
        pixels_per_inch == 500.0,
    )


def at_500_pixels_per_inch(file: Path, native: float) -> GreyImage:
    """The image in `file`, resampled where it is not native, though not as the golden files were."""
    image = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise FileNotFoundError(file)
    scale = 500.0 / native
    grey: NDArray[np.uint8] = image.astype(np.uint8)
    return (
        grey
        if scale == 1.0
        else cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)
    )
