"""The irises of two opened records: on their sides, exchanged, another person's, or not to be compared."""

import struct
import tracemalloc

import numpy as np
import pytest

from firmware.matching.iris_code import IrisCode
from firmware.matching.irises_seen import Sides
from firmware.records.images import to_png
from firmware.records.samples import EyeSide
from host_tools.iris_sides import MOST_PIXELS, Gap, codes_of, compare_eyes, eyes_of
from host_tools.sealed_record import OpenedArtefact, OpenedRecord
from tests.eye_records import LEFT, PARTS, RIGHT, Pictures, eyes_on, frame

PEOPLE = ((600, 601), (602, 603), (606, 607))
BLANK = np.full((480, 640), 120, np.uint8)


def opened(pictures: Pictures) -> OpenedRecord:
    """A record of those eyes; there is an artefact of the others too, without a picture."""
    files = {side: to_png(pictures[side]) if side in pictures else b"" for side in EyeSide}
    return OpenedRecord({}, tuple(OpenedArtefact(PARTS[side].key, {}, file) for side, file in files.items()))


def with_file(file: bytes) -> OpenedRecord:
    """A record whose right eye is that file."""
    return OpenedRecord({}, (OpenedArtefact(PARTS[RIGHT].key, {}, file),))


def compared(earlier: Pictures, later: Pictures) -> Sides:
    return compare_eyes(eyes_of(opened(earlier)), eyes_of(opened(later)))


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("occasion", [1, 2])
def test_who_comes_again_has_the_eyes_on_the_same_sides(person: tuple[int, int], occasion: int) -> None:
    assert compared(eyes_on(0, *person), eyes_on(occasion, *person)) is Sides.AS_BEFORE


@pytest.mark.parametrize("person", PEOPLE)
def test_eyes_that_were_given_for_each_other_are_swapped(person: tuple[int, int]) -> None:
    right, left = person

    assert compared(eyes_on(0, right, left), eyes_on(1, left, right)) is Sides.SWAPPED
    assert compared(eyes_on(0, left, right), eyes_on(1, right, left)) is Sides.SWAPPED


def test_another_person_has_other_eyes() -> None:
    assert compared(eyes_on(0, 600, 601), eyes_on(1, 602, 603)) is Sides.UNLIKE


def test_one_eye_for_both_sides_contradicts_itself() -> None:
    assert compared(eyes_on(0), {RIGHT: frame(600, 1), LEFT: frame(600, 2)}) is Sides.UNLIKE


def test_one_eye_is_enough() -> None:
    right_eye, left_eye = {RIGHT: frame(600, 1)}, {LEFT: frame(601, 1)}

    assert compared(eyes_on(0), right_eye) is Sides.AS_BEFORE
    assert compared(left_eye, eyes_on(0)) is Sides.AS_BEFORE
    assert compared(eyes_on(0), {LEFT: frame(600, 1)}) is Sides.SWAPPED


@pytest.mark.parametrize(("earlier", "later"), [("", ""), ("RL", ""), ("", "RL"), ("R", "L"), ("L", "R")])
def test_without_both_of_a_side_there_is_nothing_to_compare(earlier: str, later: str) -> None:
    given = [
        {side: eye for side, eye in eyes_on(occasion).items() if side.name[0] in sides}
        for occasion, sides in enumerate((earlier, later))
    ]

    assert compared(*given) is Sides.NOTHING_TO_COMPARE


def test_an_eye_that_is_not_clear_is_not_compared() -> None:
    blurred = {RIGHT: BLANK, LEFT: frame(601, 1)}

    eyes = eyes_of(opened(blurred))

    assert eyes[RIGHT] is Gap.NOT_CLEAR
    assert isinstance(eyes[LEFT], IrisCode)
    assert compared(eyes_on(0), blurred) is Sides.AS_BEFORE
    assert compared(eyes_on(0), {RIGHT: BLANK, LEFT: BLANK}) is Sides.NOTHING_TO_COMPARE


def test_an_eye_without_a_picture_was_not_taken() -> None:
    assert eyes_of(OpenedRecord({}, ())) == {RIGHT: Gap.NOT_TAKEN, LEFT: Gap.NOT_TAKEN}
    assert eyes_of(opened({}))[RIGHT] is Gap.NOT_TAKEN


@pytest.mark.parametrize("length", [1, 23, 24, 1000])
def test_a_picture_that_is_cut_short_is_not_clear(length: int) -> None:
    assert eyes_of(with_file(to_png(frame(600, 0))[:length]))[RIGHT] is Gap.NOT_CLEAR


def test_a_picture_that_is_too_large_is_never_unpacked() -> None:
    huge = with_file(to_png(np.zeros((8192, 8192), np.uint8)))
    tracemalloc.start()

    eye = eyes_of(huge)[RIGHT]

    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert eye is Gap.NOT_CLEAR
    assert peak_bytes < MOST_PIXELS


@pytest.mark.parametrize(("columns", "rows"), [(0, 480), (640, 0), (1 << 16, 1 << 16), (1 << 31, 1)])
def test_a_picture_that_states_another_size_is_not_clear(columns: int, rows: int) -> None:
    file = bytearray(to_png(BLANK))
    struct.pack_into(">II", file, 16, columns, rows)

    assert eyes_of(with_file(bytes(file)))[RIGHT] is Gap.NOT_CLEAR


def test_another_kind_of_file_is_not_clear() -> None:
    assert eyes_of(with_file(b"GIF89a" + bytes(100)))[RIGHT] is Gap.NOT_CLEAR


def test_nothing_of_an_eye_shows_in_a_repr() -> None:
    assert repr(codes_of(eyes_of(opened({RIGHT: frame(600, 0)})))) == f"{{{RIGHT!r}: IrisCode()}}"
