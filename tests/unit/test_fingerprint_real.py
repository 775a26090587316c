"""The first fingerprint quality against real prints and their NFIQ 2.3 scores (some seconds)."""

import csv
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.capture.policy.fingers import load_finger_policy
from firmware.quality.advice import Advice
from firmware.quality.fingerprint.cells import orientation_certainty
from firmware.records.samples import FingerPosition
from tests.fingerprints import judged
from tests.unit.ridges import COLUMNS, ROWS, quantised

pytestmark = pytest.mark.slow

POLICY = load_finger_policy()
Image = NDArray[np.uint8]
Row = dict[str, str]


def _at_500_pixels_per_inch(file: Path, native: float) -> Image:
    image = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    assert image is not None, file
    scale = 500.0 / native
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)


def _read(folder: Path) -> list[tuple[Row, Image]]:
    with (folder / "nfiq2_v2.3.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [(row, _at_500_pixels_per_inch(folder / row["file"], float(row["native_dpi"]))) for row in rows]


@pytest.fixture(scope="module")
def prints(shared_data: Path) -> dict[str, list[tuple[Row, Image]]]:
    """Real and SFinGe prints by the name of their set."""
    finger = shared_data / "finger"
    return {
        name: _read(finger / name) for name in ("fvc_mixed_dalin", "mosip_mock_10fingers", "sfinge_nfiq2")
    }


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2.0)[where]


def _spearman(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def test_the_score_agrees_with_nfiq_2_on_prints_it_was_not_fitted_to(
    prints: dict[str, list[tuple[Row, Image]]],
) -> None:
    odd_fingers = [pair for pair in prints["fvc_mixed_dalin"] if int(pair[0]["file"][:3]) % 2]
    held_out = odd_fingers + prints["mosip_mock_10fingers"] + prints["sfinge_nfiq2"]
    golden = np.array([float(row["nfiq2"]) for row, _ in held_out])

    ours = np.array([float(judged(image, POLICY.limits).score) for _, image in held_out])

    assert len(held_out) == 56
    assert _spearman(golden, ours) >= 0.9
    assert ((golden >= 30) == (ours >= 30)).mean() >= 0.92


def _nfiq_2_blocks(image: Image) -> Image:
    """Without its near-white frame, cut to whole blocks of 32 pixels: what NFIQ 2's block features see."""
    rows, columns = (np.flatnonzero(image.mean(axis=axis) <= 250.0) for axis in (1, 0))
    inner = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return inner[: inner.shape[0] // 32 * 32, : inner.shape[1] // 32 * 32]


def _mean_certainty(image: Image) -> float:
    """Over the blocks that NFIQ 2's ridge segmentation keeps: a tenth of the image's own spread."""
    rows, columns = (side // 32 for side in image.shape)
    spread = image.reshape(rows, 32, columns, 32).std(axis=(1, 3))
    certainty = orientation_certainty(image.astype(np.float32))[::2, ::2]
    return float(certainty[spread > 0.1 * image.std()].mean())


def test_orientation_certainty_is_that_of_nfiq_2(prints: dict[str, list[tuple[Row, Image]]]) -> None:
    pairs = [pair for name in ("fvc_mixed_dalin", "mosip_mock_10fingers") for pair in prints[name]]
    golden = np.array([float(row["OCL_Bin10_Mean"]) for row, _ in pairs])

    ours = np.array([_mean_certainty(_nfiq_2_blocks(image)) for _, image in pairs])

    assert np.corrcoef(golden, ours)[0, 1] >= 0.99
    assert np.abs(golden - ours).mean() <= 0.02


def _on_the_sensor(image: Image) -> Image:
    """The part around the print's centroid that a sensor of 256 x 288 pixels sees, in 16 levels."""
    ink = cv2.moments(255 - image)
    row, column = int(ink["m01"] / ink["m00"]), int(ink["m10"] / ink["m00"])
    wide = cv2.copyMakeBorder(image, ROWS, ROWS, COLUMNS, COLUMNS, cv2.BORDER_CONSTANT, value=(255.0,))
    top, left = row + ROWS // 2, column + COLUMNS // 2
    return quantised(wide[top : top + ROWS, left : left + COLUMNS].astype(np.uint8))


def _ten_fingers(prints: dict[str, list[tuple[Row, Image]]]) -> dict[FingerPosition, Image]:
    by_name = {Path(row["file"]).stem.upper(): image for row, image in prints["mosip_mock_10fingers"]}
    return {position: _on_the_sensor(by_name[position.name]) for position in FingerPosition}


def test_ten_real_fingers_are_accepted_through_a_sensor(prints: dict[str, list[tuple[Row, Image]]]) -> None:
    reports = {
        position: judged(image, POLICY.limits_of(position))
        for position, image in _ten_fingers(prints).items()
    }
    assert [position.name for position, report in reports.items() if not report.accepted] == []


def _ghost(image: Image) -> Image:
    return quantised((255.0 - (255.0 - image) * 0.1).astype(np.uint8))


def _wet(image: Image) -> Image:
    return cv2.erode(image, np.ones((5, 5))).astype(np.uint8)


def _dry(image: Image) -> Image:
    skin = cv2.GaussianBlur(np.random.default_rng(3).normal(size=image.shape), (0, 0), 1.5)
    return np.where(skin < 0.0, 255, image).astype(np.uint8)


def _upper_part(image: Image) -> Image:
    part = image.copy()
    part[ROWS * 2 // 5 :] = 255
    return part


@pytest.mark.parametrize(
    ("damage", "advice", "least"),
    [
        (_ghost, Advice.FINGER_GLASS, 7),
        (_wet, Advice.FINGER_WIPE, 9),
        (_dry, Advice.FINGER_BREATHE, 7),
        (_upper_part, Advice.FINGER_DOWN, 9),
    ],
)
def test_damaged_real_fingers_are_rejected_and_never_told_a_wrong_cause(
    prints: dict[str, list[tuple[Row, Image]]], damage: Callable[[Image], Image], advice: Advice, least: int
) -> None:
    reports = [
        judged(damage(image), POLICY.limits_of(position)) for position, image in _ten_fingers(prints).items()
    ]
    assert not any(report.accepted for report in reports)
    assert {report.advice for report in reports} <= {advice, Advice.FINGER_AGAIN}
    assert sum(report.advice is advice for report in reports) >= least
