"""Frames between two processes as bytes: what any bytes are taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw.camera.protocol import (
    HEAD_BYTES,
    MAX_METADATA_BYTES,
    MAX_SIDE,
    FrameHead,
    StreamBroken,
    decode_head,
    decode_metadata,
    encode_metadata,
)

_heads = st.builds(
    FrameHead,
    rows=st.integers(1, MAX_SIDE),
    columns=st.integers(1, MAX_SIDE),
    channels=st.sampled_from([1, 3]),
    exposed_ns=st.integers(0, 2**64 - 1),
    metadata_bytes=st.integers(0, MAX_METADATA_BYTES),
    is_held=st.booleans(),
)


@given(_heads)
def test_a_head_survives_the_wire(head: FrameHead) -> None:
    assert decode_head(head.encode()) == head


@given(st.binary(min_size=HEAD_BYTES, max_size=HEAD_BYTES))
def test_a_head_of_any_bytes_is_possible_or_refused(data: bytes) -> None:
    try:
        head = decode_head(data)
    except StreamBroken:
        return
    assert 0 < head.pixel_bytes <= 3 * MAX_SIDE**2
    assert head.encode() == data


@given(st.dictionaries(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False), max_size=8))
def test_metadata_survives_the_wire(metadata: dict[str, float]) -> None:
    assert decode_metadata(encode_metadata(metadata)) == metadata


def test_metadata_nested_deeper_than_the_stack_is_refused() -> None:
    with pytest.raises(StreamBroken):
        decode_metadata(b"[" * MAX_METADATA_BYTES)


@pytest.mark.parametrize("number", [b"1" + b"0" * 400, b"-1" + b"0" * 400, b"1e999", b"NaN", b"true"])
def test_what_no_float_holds_is_refused(number: bytes) -> None:
    with pytest.raises(StreamBroken):
        decode_metadata(b'{"Lux": ' + number + b"}")


@given(st.binary(max_size=200))
def test_metadata_of_any_bytes_is_numbers_or_refused(data: bytes) -> None:
    try:
        metadata = decode_metadata(data)
    except StreamBroken:
        return
    assert all(isinstance(value, float) for value in metadata.values())
