"""Where a face is looked for after it has moved, whatever its movement."""

from math import cos, radians, sin

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from firmware.quality.portrait.detector import Floats
from firmware.quality.portrait.region import Region
from firmware.quality.portrait.tracking import Hold

FACE = np.random.default_rng(5).normal(0, 60, (478, 3)).astype(np.float32)
FOUND = Region(np.array([[1.2, -0.1, 310.0], [0.1, 1.2, 402.0]], np.float32))
CORNERS = np.array([[0, 0, 0], [256, 0, 0], [256, 256, 0], [0, 256, 0]], np.float32)


def _moved(points: Floats, turn: float, scale: float, shift: float) -> Floats:
    across, along = scale * cos(radians(turn)), scale * sin(radians(turn))
    flat = points[:, :2] @ np.array([[across, -along], [along, across]], np.float32).T + shift
    return np.column_stack([flat, points[:, 2]]).astype(np.float32)


@given(
    turn=st.floats(-60, 60), scale=st.floats(0.5, 2.0), shift=st.floats(-300, 300), noise=st.floats(0.0, 0.5)
)
def test_the_region_moves_turns_and_grows_with_the_face(
    turn: float, scale: float, shift: float, noise: float
) -> None:
    here = FACE + np.array([480, 560, 0], np.float32)
    after = _moved(here, turn, scale, shift)
    after[:, :2] += np.random.default_rng(0).normal(0, noise, (478, 2)).astype(np.float32)

    region = Hold.of(FOUND, here).region(after)

    expected = _moved(FOUND.points_in_frame(CORNERS), turn, scale, shift)
    assert np.abs(region.points_in_frame(CORNERS)[:, :2] - expected[:, :2]).max() < 0.5 + 6 * noise


def test_a_face_that_shrank_to_a_point_gives_a_region_of_no_size() -> None:
    here = FACE + np.array([480, 560, 0], np.float32)

    region = Hold.of(FOUND, here).region(np.full_like(here, 100))

    assert region.scale == 0.0
