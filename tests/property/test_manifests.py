"""A manifest is read back as it was signed, or it is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.sealing.manifest import (
    MAX_MANIFEST_BYTES,
    Manifest,
    ManifestContents,
    ManifestEntry,
    ManifestMalformed,
    parse_manifest,
)
from firmware.sealing.packet import Kind

STAMP = "2026-03-02T05:00:00Z"
ENTRIES = (
    ManifestEntry("a" * 32, Kind.PORTRAIT, 1, 900_000, "1" * 64),
    ManifestEntry("b" * 32, Kind.RECORD, 4, 1_500, "2" * 64),
)
CONTENTS = ManifestContents("0123456789abcdef", STAMP, "centre-2026", bytes(range(32)), ENTRIES)
MANIFEST = Manifest(CONTENTS, bytes(80), bytes(64))
GOLDEN = (
    '{"contents":{"centre_key_id":"centre-2026","created":"2026-03-02T05:00:00Z","device_key":"'
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
    '","entries":[{"artefact_id":"'
    + "a" * 32
    + '","kind":"portrait","sequence":1,"sha256":"'
    + "1" * 64
    + '",'
    '"size":900000},{"artefact_id":"'
    + "b" * 32
    + '","kind":"record","sequence":4,"sha256":"'
    + "2" * 64
    + '",'
    '"size":1500}],"format":"tram-manifest-1","record_id":"0123456789abcdef",'
    '"suite":"hpke-x25519-sha256+chacha20poly1305"},"sealed_key":"'
    + "00" * 80
    + '","signature":"'
    + "00" * 64
    + '"}'
).encode()

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
PLACES = [
    *((name,) for name in ("contents", "sealed_key", "signature")),
    *(("contents", name) for name in CONTENTS.document()),
    *(("contents", "entries", 0, name) for name in ("artefact_id", "kind", "sequence", "size", "sha256")),
]


def with_value(place: tuple[str | int, ...], value: object) -> bytes:
    """The golden manifest with another value at one place."""
    document: Any = json.loads(GOLDEN)
    at = document
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def test_the_spelling_is_the_one_that_is_described() -> None:
    assert MANIFEST.encode() == GOLDEN
    assert parse_manifest(GOLDEN) == MANIFEST


@given(st.sampled_from(PLACES), values)
def test_a_value_of_any_other_kind_is_refused_or_read_as_it_is(
    place: tuple[str | int, ...], value: object
) -> None:
    data = with_value(place, value)

    try:
        manifest = parse_manifest(data)
    except ManifestMalformed:
        return
    assert manifest.encode() == data


@given(st.binary(max_size=200) | values.map(lambda value: json.dumps(value).encode()))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(ManifestMalformed):
        parse_manifest(noise)


@pytest.mark.parametrize(
    "place_and_value",
    [
        (("contents", "entries"), []),
        (("contents", "entries", 0, "kind"), "record"),
        (("contents", "entries", 1, "kind"), "iris"),
        (("contents", "entries", 1, "sequence"), 1),
        (("contents", "entries", 0, "sequence"), 9),
        (("contents", "device_key"), "00"),
        (("contents", "format"), "tram-manifest-2"),
        (("contents", "suite"), "none"),
        (("sealed_key",), "00" * 79),
        (("signature",), ""),
        (("note",), "one field too many"),
    ],
)
def test_a_manifest_that_means_something_else_is_refused(place_and_value: tuple[Any, Any]) -> None:
    with pytest.raises(ManifestMalformed):
        parse_manifest(with_value(*place_and_value))


def test_a_manifest_beyond_its_limit_is_not_even_read() -> None:
    with pytest.raises(ManifestMalformed, match="bytes"):
        parse_manifest(b" " * (MAX_MANIFEST_BYTES + 1))
