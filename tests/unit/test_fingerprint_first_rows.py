"""The first rows of an image: hopeless ones are given up early, acceptable ones never."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.capture.policy.fingers import load_finger_policy
from firmware.quality.advice import Advice
from firmware.quality.fingerprint.first_rows import FirstRows
from firmware.quality.fingerprint.gates import gates
from firmware.quality.fingerprint.measures import measure
from firmware.quality.report import Verdict
from tests.finger_quality.prints import on_sensor, read_set
from tests.unit.ridges import COLUMNS, ROWS, quantised, rings

LIMITS = load_finger_policy().limits
Image = NDArray[np.uint8]


def _given_up(image: Image) -> tuple[float, Advice | None]:
    """At which share of the upload, and the advice; 1.0 where it is read to its end."""
    first = FirstRows(LIMITS, len(image))
    for rows in range(16, len(image), 16):
        if not first(image[:rows]):
            return rows / len(image), first.advice
    return 1.0, first.advice


def _only(rows: slice, columns: slice) -> Image:
    seen = np.full((ROWS, COLUMNS), 255, np.uint8)
    seen[rows, columns] = rings()[rows, columns]
    return quantised(seen)


@pytest.mark.parametrize(
    ("image", "share", "advice"),
    [
        pytest.param(_only(slice(0, 0), slice(0, 0)), 0.5, Advice.FINGER_PLACE, id="bare"),
        pytest.param(quantised(rings(depth=0.1)), 0.5, Advice.FINGER_GLASS, id="latent"),
        pytest.param(_only(slice(0, 60), slice(None)), 0.8, Advice.FINGER_DOWN, id="only the end"),
        pytest.param(_only(slice(None), slice(200, None)), 0.8, Advice.FINGER_LEFT, id="beside the middle"),
    ],
)
def test_a_hopeless_image_is_given_up_early(image: Image, share: float, advice: Advice) -> None:
    at, told = _given_up(image)
    assert at <= share
    assert told is advice


def test_a_good_image_is_read_to_its_end() -> None:
    assert _given_up(quantised(rings())) == (1.0, None)


def _passes(image: Image) -> bool:
    return all(part.verdict is not Verdict.FAIL for part in gates(measure(image), LIMITS))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fvc_mixed_dalin", "mosip_mock_10fingers"])
def test_no_real_print_that_passes_is_given_up(shared_data: Path, name: str) -> None:
    whole = [one.image for one in read_set(shared_data / "finger" / name)]
    images = [*whole, *(on_sensor(image, sensor) for image in whole for sensor in ("r307", "r503"))]
    given_up = [image for image in images if _given_up(image)[0] < 1.0]
    assert not [image for image in given_up if _passes(image)]
