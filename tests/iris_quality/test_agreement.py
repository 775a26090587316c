"""Our metrics against those of iris-iqm 1.1.0, whose figures are kept in golden.csv."""

from functools import cache

import numpy as np
import pytest

from firmware.quality.iris.geometry import Circle
from tests.eyes import FAULTS, eye_frame
from tests.iris_quality.agreement import (
    METRICS,
    Metric,
    Pair,
    differences,
    entropy_of_all,
    margin_without_right,
    pairs,
    sharpness_by_rows,
)
from tests.iris_quality.figures import outcome
from tests.iris_quality.frames import Told, golden

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

BLIND = ("noise", "aside", "dilated", "glare")  # BIQT's ISO score of most of these is 100


@cache
def _pairs() -> list[Pair]:
    return pairs()


def test_both_find_the_same_eye_on_many_frames() -> None:
    assert len(_pairs()) >= 20


@pytest.mark.parametrize(
    "metric", [each for each in METRICS if each.tolerance is not None], ids=lambda of: of.clause
)
def test_where_both_follow_the_standard_they_agree(metric: Metric) -> None:
    assert metric.tolerance is not None
    assert np.percentile(np.abs(differences(metric, _pairs())), 95) <= metric.tolerance


@pytest.mark.parametrize("told", golden()[::9], ids=lambda of: f"{of.kind}-{of.seed}")
def test_with_its_slips_ours_is_what_iris_iqm_says_of_any_picture(told: Told) -> None:
    image, _ = eye_frame(told.seed, told.kind)
    rows, columns = image.shape

    assert sharpness_by_rows(image) == pytest.approx(told.figures["iso_sharpness"], rel=0.02, abs=0.01)
    assert entropy_of_all(image) == pytest.approx(told.figures["iso_greyscale_utilization"], abs=0.01)
    iris = Circle(told.iris.x, told.iris.y, float(int(told.iris.r)))
    assert margin_without_right(iris, (rows, columns)) == pytest.approx(
        told.figures["iso_margin_adequacy"], abs=2.0
    )


@pytest.mark.parametrize("kind", BLIND)
def test_faults_that_score_a_hundred_there_are_rejected_here_with_the_right_advice(kind: str) -> None:
    blind = [told for told in golden() if told.kind == kind and told.figures["iso_overall_quality"] == 100]
    assert len(blind) >= 2

    judged = [outcome(kind, told.seed).report for told in blind]

    assert not any(report.accepted for report in judged)
    assert sum(report.advice in FAULTS[kind].advice for report in judged) >= len(judged) - 1
