"""The parts of the face model that turn bytes and numbers into faces, on anything."""

import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from firmware.quality.portrait.canonical import ModelInvalid, parse_canonical_face
from firmware.quality.portrait.detector import INPUT_SIDE, letterboxed, merge

SIDES = st.integers(1, 60)


@given(st.binary(max_size=200))
def test_any_geometry_is_read_or_refused(metadata: bytes) -> None:
    with contextlib.suppress(ModelInvalid):
        face = parse_canonical_face(metadata)
        assert len(face.points) == len(face.indices) > 0


def test_a_landmark_beyond_every_number_is_refused() -> None:
    vertices = _field(1, _field(3, bytes(20)))

    with pytest.raises(ModelInvalid):
        parse_canonical_face(vertices + _field(2, b"\x08" + _varint(2**69)))


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])


def _field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2]) + _varint(len(content)) + content


@given(
    arrays("<f4", st.tuples(st.integers(1, 20), st.just(5)), elements=st.floats(-50, 50, width=32)), st.data()
)
def test_rigid_points_are_vertices_turned_towards_the_camera(
    vertices: NDArray[np.float32], data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(vertices) - 1), min_size=1))
    basis = b"".join(_field(2, b"\x08" + _varint(index)) for index in chosen)
    metadata = _field(1, _field(3, vertices.tobytes())) + basis

    face = parse_canonical_face(metadata)

    assert face.indices.tolist() == chosen
    np.testing.assert_allclose(face.points, vertices[chosen, :3] * (1, -1, -1))


@given(
    arrays(np.float32, st.integers(1, 12), elements=st.floats(0.5, 1, width=16)),
    st.data(),
)
def test_merged_faces_lie_apart_or_are_one(scores: NDArray[np.float32], data: st.DataObject) -> None:
    shape = (len(scores), 8, 2)
    places = data.draw(arrays(np.float32, shape, elements=st.floats(0.125, 1, width=16)))

    merged = merge(scores, places)

    assert 1 <= len(merged) <= len(scores)
    assert max(score for score, _ in merged) == scores.max()
    for _, place in merged:
        assert (place >= places.min() - 1e-6).all()
        assert (place <= places.max() + 1e-6).all()


@given(st.tuples(SIDES, SIDES))
def test_a_frame_of_any_shape_fits_the_square(shape: tuple[int, int]) -> None:
    square = letterboxed(np.full((*shape, 3), 99, np.uint8))

    assert square.shape == (INPUT_SIDE, INPUT_SIDE, 3)
    assert set(np.unique(square)) <= {0, 99}
    assert (square == 99).any()


def test_a_frame_of_extreme_shape_still_has_a_row() -> None:
    assert (letterboxed(np.full((1, 2000, 3), 99, np.uint8)) == 99).any()
