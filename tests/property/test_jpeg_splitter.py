"""Pictures out of a stream of bytes: any chunking, any noise, any damage."""

import time
import tracemalloc
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hw.camera.jpegs import JpegSplitter, shape_of
from tests.camera.jpeg_files import jpeg, with_thumbnail

PICTURES = (jpeg(20), with_thumbnail(jpeg(90), jpeg(200, 8, 8)), jpeg(160, 32, 40))
MANY = PICTURES * 80  # more than two segments of the greatest length
_noise = st.lists(
    st.one_of(
        st.binary(max_size=40), st.sampled_from([b"\xff\xd8", b"\xff\xda\x00\x02", b"\xff\xe0\xff\xff"])
    )
).map(b"".join)


def _fed(data: bytes, cuts: list[int], limit: int = 1 << 20) -> list[bytes]:
    splitter = JpegSplitter(limit)
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    pieces = [data[begin:end] for begin, end in pairwise(edges)]
    return [found.data for piece in pieces for found in splitter.feed(piece)]


@given(st.lists(st.integers(0, 1 << 16), max_size=30))
def test_any_chunking_gives_the_same_pictures(cuts: list[int]) -> None:
    assert _fed(b"".join(PICTURES), cuts) == list(PICTURES)


def test_single_bytes_give_the_same_pictures() -> None:
    data = b"".join(PICTURES)
    assert _fed(data, list(range(len(data)))) == list(PICTURES)


@given(st.binary(max_size=60).filter(lambda noise: 0xFF not in noise))
def test_what_lies_between_pictures_is_skipped(noise: bytes) -> None:
    assert _fed(noise + noise.join(PICTURES) + noise, []) == list(PICTURES)


@given(_noise, st.lists(st.integers(0, 1 << 16), max_size=5))
def test_after_any_noise_whole_pictures_are_found_again(noise: bytes, cuts: list[int]) -> None:
    assert _fed(noise + b"".join(MANY), cuts)[-20:] == list(MANY[-20:])


@given(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=4))
def test_damage_costs_no_later_picture(at: int, written: bytes) -> None:
    damaged = bytearray(PICTURES[1])
    at %= len(damaged)
    damaged[at : at + len(written)] = written
    assert _fed(bytes(damaged) + b"".join(MANY), [])[-20:] == list(MANY[-20:])


@given(st.integers(2, len(PICTURES[1]) - 1))
def test_a_picture_that_is_cut_short_costs_no_later_picture(kept: int) -> None:
    assert _fed(PICTURES[1][:kept] + b"".join(MANY), [])[-20:] == list(MANY[-20:])


@given(st.lists(st.binary(max_size=200), max_size=40))
def test_no_more_is_kept_than_the_limit(pieces: list[bytes]) -> None:
    splitter = JpegSplitter(limit=500)
    for piece in [b"\xff\xd8\xff\xda\x00\x02", *pieces]:
        splitter.feed(piece)
        assert splitter.held_bytes <= 500


def test_a_picture_is_known_by_the_bytes_in_which_it_began() -> None:
    splitter = JpegSplitter()
    first, second = PICTURES[0], PICTURES[2]
    splitter.feed(b"noise" + first[:100], 1.0)
    found = splitter.feed(first[100:] + second[:50], 2.0) + splitter.feed(second[50:] + b"noise", 3.0)
    found += splitter.feed(first, 4.0)
    assert [(jpeg.data, jpeg.mark) for jpeg in found] == [(first, 1.0), (second, 2.0), (first, 4.0)]


def test_pictures_that_begin_inside_each_other_cost_no_more_than_their_bytes() -> None:
    nested = b"\xff\xd8" + b"\xff\xe0\x00\x04\xff\xd8" * 10_000 + b"\x00\x00"
    begun_s = time.process_time()
    assert _fed(nested + PICTURES[0], []) == [PICTURES[0]]
    assert time.process_time() - begun_s < 10.0  # half a minute where each is walked by itself


def test_one_byte_at_a_time_is_not_remembered_byte_by_byte() -> None:
    splitter = JpegSplitter()
    tracemalloc.start()
    splitter.feed(b"\xff\xd8\xff\xda\x00\x02")
    for number in range(100_000):
        splitter.feed(b"\x00", float(number))
    held_bytes, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held_bytes < 2_000_000


def test_the_shape_is_that_of_the_picture_and_not_of_its_thumbnail() -> None:
    assert [shape_of(picture) for picture in PICTURES] == [(48, 64), (48, 64), (32, 40)]


@given(st.binary(max_size=300))
def test_a_shape_is_looked_for_in_any_bytes(data: bytes) -> None:
    shape = shape_of(b"\xff\xd8" + data)
    assert shape is None or len(shape) == 2
