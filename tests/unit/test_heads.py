"""Invented heads: the mesh, its refinement, its raster; whole pictures in test_head_pictures.py."""

import numpy as np
import pytest

from simulator.people.facts import Sex
from simulator.people.heads.covers import brow_cover, cloth_cover, hair_cover
from simulator.people.heads.light import srgb
from simulator.people.heads.raster import NOTHING, faces_seen, values_at
from simulator.people.heads.refine import refinement
from simulator.people.heads.traits import generate_traits

SQUARE = np.asarray([[0, 1, 2, 3]], np.int32)
CUBE_POINTS = np.asarray([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float32)
CUBE = np.asarray(
    [[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]], np.int32
)


def places(*points: tuple[float, float, float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.asarray(points, np.float32)


def test_refining_a_cube_gives_four_quads_a_side_and_rounds_it() -> None:
    step = refinement(CUBE, len(CUBE_POINTS))

    fine = step.points(CUBE_POINTS)

    assert step.quads.shape == (24, 4)
    assert len(fine) == 8 + 6 + 12
    assert np.abs(fine[:8]).max() < 0.6  # Catmull and Clark: 5/9 of the corner
    assert np.abs(fine[:8]) == pytest.approx(5 / 9)


def test_the_rim_of_an_open_mesh_stays_where_it_is() -> None:
    points = np.asarray([[0, 0, 0], [2, 0, 0], [2, 2, 0], [0, 2, 0]], np.float32)

    fine = refinement(SQUARE, 4).points(points)

    assert (fine[:4] == points).all()
    assert fine[4] == pytest.approx([1, 1, 0])


def test_the_nearer_of_two_faces_hides_the_other() -> None:
    far = [[2, 12, 0], [12, 12, 0], [12, 2, 0], [2, 2, 0]]
    near = [[6, 12, 1], [12, 12, 1], [12, 6, 1], [6, 6, 1]]
    points = np.asarray(far + near, np.float32)
    quads = np.asarray([[4, 5, 6, 7], [0, 1, 2, 3]], np.int32)
    every = np.ones(2, np.bool_)

    seen = faces_seen(points, quads, every, ~every, (16, 16))

    assert seen[4, 4] == 1
    assert seen[9, 9] == 0
    assert seen[0, 0] == NOTHING


def test_the_back_of_a_face_is_seen_only_where_both_sides_are_drawn() -> None:
    points = np.asarray([[2, 2, 0], [12, 2, 0], [12, 12, 0], [2, 12, 0]], np.float32)
    drawn = np.ones(1, np.bool_)

    assert (faces_seen(points, SQUARE, drawn, ~drawn, (16, 16)) == NOTHING).all()
    assert faces_seen(points, SQUARE, drawn, drawn, (16, 16))[7, 7] == 0


def test_values_change_evenly_across_a_face() -> None:
    points = np.asarray([[0, 10, 0], [10, 10, 0], [10, 0, 0], [0, 0, 0]], np.float32)
    seen = np.zeros((11, 11), np.int32)
    pixels = np.asarray([0, 5, 10, 60, 120])

    at = values_at(seen, points, SQUARE, points[:, :2] * np.float32(3.0), pixels)

    assert at[0] == pytest.approx([0, 15, 30, 15, 30])
    assert at[1] == pytest.approx([0, 0, 0, 15, 30])


def test_hair_brows_and_cloth_lie_where_they_belong() -> None:
    forehead, crown, brow, cheek = (0, 0.05, 0.02), (0, 0.12, -0.03), (0.03, 0.0226, 0.02), (0.03, -0.03, 0.0)
    neck, chest = (0, -0.13, -0.06), (0, -0.25, 0.0)

    assert hair_cover(places(forehead, crown, cheek)).tolist() == [0.0, 1.0, 0.0]
    assert brow_cover(places(brow, cheek, forehead)).tolist() == [1.0, 0.0, 0.0]
    assert cloth_cover(places(cheek, neck, chest), 0.001).tolist() == [0.0, 0.0, 1.0]


def test_white_and_black_keep_their_code() -> None:
    assert srgb(places((0.0, 0.2140, 1.0))).tolist() == [[0, 127, 255]]


def test_the_same_seed_gives_the_same_looks_and_another_seed_others() -> None:
    one, same, other = (generate_traits(np.random.default_rng(seed), 40.0, Sex.FEMALE) for seed in (1, 1, 2))

    assert one == same
    assert one != other
