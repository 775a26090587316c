"""What the iris measure's shapes and ranks stand on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from firmware.quality.iris.geometry import Circle, unrolled
from firmware.quality.iris.ranks import median, median_grey, quantile

GREYS = arrays(np.uint8, st.integers(1, 300))


def test_beyond_the_edge_of_a_picture_is_black_and_not_what_chance_left_there() -> None:
    image = np.full((60, 80), 100, np.uint8)
    unrolled(image, Circle(40, 30, 20), 72, 0.5)

    inside, outside = (unrolled(image, Circle(4, 4, 20), 72, 0.5)[ray] for ray in (9, 45))

    assert (inside == 100).all()
    assert (outside[16:] == 0).all()


@given(GREYS, st.floats(0, 1))
def test_a_quantile_is_what_numpy_takes_longer_for(greys: NDArray[np.uint8], share: float) -> None:
    expected = float(np.quantile(greys.astype(np.float64), share))

    assert quantile(greys, share) == pytest.approx(expected, abs=1e-9)


@given(GREYS)
def test_the_lower_median_is_at_most_the_median_and_one_of_the_values(greys: NDArray[np.uint8]) -> None:
    assert median_grey(greys) <= median(greys)
    assert median_grey(greys) in greys


def test_of_no_values_there_is_no_median() -> None:
    assert np.isnan(median(np.zeros(0, np.float32)))
