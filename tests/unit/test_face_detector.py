"""What the detector's outputs mean, without the network."""

import numpy as np
import pytest

from firmware.quality.portrait.detector import anchor_centres, decoded, letterboxed, merge

WIDE = (720, 1280, 3)


def test_anchors_lie_on_a_fine_and_a_coarse_grid() -> None:
    anchors = anchor_centres()

    assert anchors.shape == (896, 2)
    np.testing.assert_allclose(
        anchors[[0, 1, 2, 511]], [[1 / 32] * 2] * 2 + [[3 / 32, 1 / 32], [31 / 32] * 2]
    )
    np.testing.assert_allclose(
        anchors[[512, 517, 518, 895]], [[1 / 16] * 2] * 2 + [[3 / 16, 1 / 16], [15 / 16] * 2]
    )


def test_a_frame_keeps_its_shape_between_black_bars() -> None:
    square = letterboxed(np.full(WIDE, 200, np.uint8))

    assert square.shape == (128, 128, 3)
    assert not square[:28].any()
    assert not square[100:].any()
    assert (square[28:100] == 200).all()


def test_one_likely_anchor_becomes_a_face_in_pixels_of_the_frame() -> None:
    logits = np.full(896, -10.0, np.float32)
    offsets = np.zeros((896, 16), np.float32)
    logits[0] = 3.0
    offsets[0, :4] = [60.0, 60.0, 32.0, 64.0]
    offsets[0, 4:6] = [50.0, 55.0]

    (face,) = decoded(logits, offsets, WIDE)

    assert face.score == pytest.approx(1 / (1 + np.exp(-3.0)))
    np.testing.assert_allclose(face.centre, [640, 360])
    np.testing.assert_allclose(face.size, [320, 640])
    np.testing.assert_allclose(face.points[0], [540, 310])


def test_the_largest_face_comes_first() -> None:
    logits = np.full(896, -10.0, np.float32)
    offsets = np.zeros((896, 16), np.float32)
    logits[[0, 895]] = [5.0, 1.0]
    offsets[0, 2:4] = 10.0
    offsets[895, 2:4] = 20.0

    faces = decoded(logits, offsets, WIDE)

    assert [face.size[0] for face in faces] == [200.0, 100.0]


def test_overlapping_boxes_merge_by_score_and_distant_ones_stay() -> None:
    places = np.zeros((3, 8, 2), np.float32)
    places[:, 1] = 10.0
    places[1, 0] = [3.0, 0.0]
    places[2, 0] = [50.0, 0.0]

    merged = merge(np.array([0.9, 0.6, 0.7], np.float32), places)

    assert [score for score, _ in merged] == pytest.approx([0.9, 0.7])
    np.testing.assert_allclose([place[0, 0] for _, place in merged], [3.0 * 0.6 / 1.5, 50.0])


def test_a_huge_logit_does_not_overflow() -> None:
    with np.errstate(over="raise"):
        assert decoded(np.full(896, -1e9, np.float32), np.zeros((896, 16), np.float32), WIDE) == []
