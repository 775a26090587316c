"""The terminal's keys: read strictly, used once, wiped, never shown."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from firmware.records.refusal import Refusal, SaveRefused
from firmware.sealing.keys import CENTRE_KEY_NAME, DEVICE_KEY_NAME, load_key_ring
from firmware.sealing.packet import SUITE, ContentType, Kind, PacketHeader
from firmware.sealing.seal import KeyWiped, VisitKey
from host_tools.keys import make_demo_keys, read_centre_key, read_device_key
from tests.sealing_world import NOON, Centre

HEADER = PacketHeader("aa" * 16, "bb" * 16, Kind.IRIS, 3, SUITE, "2026-03-02T05:00:00Z", ContentType.ARTEFACT)


@pytest.fixture
def keys_folder(tmp_path: Path) -> Path:
    """A terminal's folder with demo keys."""
    make_demo_keys(tmp_path / "centre", tmp_path / "keys")
    return tmp_path / "keys"


def refusal_of(folder: Path) -> Refusal:
    with pytest.raises(SaveRefused) as refused:
        load_key_ring(folder)
    return refused.value.reason


def change_centre(folder: Path, old: str, new: str) -> None:
    file = folder / CENTRE_KEY_NAME
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_demo_keys_make_a_key_ring_that_fits_the_centres_side(keys_folder: Path) -> None:
    keys = load_key_ring(keys_folder)

    centre = keys_folder.parent / "centre"
    assert keys.device_public_key == read_device_key(centre / "terminal.pem")
    assert keys.centre.public_key == read_centre_key(centre / "private.pem").public_key()
    assert keys.centre.key_id == "demo"


def test_the_private_keys_are_for_their_owner_alone(keys_folder: Path) -> None:
    for file in (keys_folder / DEVICE_KEY_NAME, keys_folder.parent / "centre" / "private.pem"):
        assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", [DEVICE_KEY_NAME, CENTRE_KEY_NAME])
@pytest.mark.parametrize("contents", [None, b"", b"\xff\xfe", b"-----BEGIN PRIVATE KEY-----"])
def test_a_key_file_that_is_missing_or_spoilt_is_a_missing_key(
    keys_folder: Path, name: str, contents: bytes | None
) -> None:
    (keys_folder / name).unlink()
    if contents is not None:
        (keys_folder / name).write_bytes(contents)

    assert refusal_of(keys_folder) is Refusal.KEY_MISSING


def test_a_key_of_another_kind_is_a_missing_key(keys_folder: Path) -> None:
    centre_private = keys_folder.parent / "centre" / "private.pem"
    (keys_folder / DEVICE_KEY_NAME).write_bytes(centre_private.read_bytes())

    assert refusal_of(keys_folder) is Refusal.KEY_MISSING


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("key_id =", "key_name ="),
        ("key_id =", "note = 1\nkey_id ="),
        ("not_after = 2100-01-01T00:00:00Z", "not_after = 2100-01-01T00:00:00"),
        ("not_after = 2100-01-01T00:00:00Z", 'not_after = "never"'),
    ],
)
def test_an_unknown_field_or_a_date_without_zone_is_a_missing_key(
    keys_folder: Path, old: str, new: str
) -> None:
    change_centre(keys_folder, old, new)

    assert refusal_of(keys_folder) is Refusal.KEY_MISSING


def test_a_centres_key_is_valid_from_its_first_moment_to_before_its_last() -> None:
    key = replace(Centre().keys.centre, not_before=NOON, not_after=NOON + timedelta(days=1))

    moments = (NOON - timedelta(seconds=1), NOON, NOON + timedelta(hours=23), NOON + timedelta(days=1))

    assert [key.is_valid_at(moment) for moment in moments] == [False, True, True, False]


def test_no_private_key_shows_in_a_repr() -> None:
    assert "PrivateKey" not in repr(Centre().keys)


def test_a_visits_key_is_overwritten_when_it_is_wiped() -> None:
    secret = bytearray(range(32))
    key = VisitKey(secret)

    key.wipe()

    assert secret == bytearray(32)
    with pytest.raises(KeyWiped):
        key.seal(HEADER, b"late")


def test_the_contents_open_under_their_own_header_alone() -> None:
    packet = VisitKey(bytearray(range(32))).seal(HEADER, b"contents")
    cipher = ChaCha20Poly1305(bytes(range(32)))

    assert cipher.decrypt(packet.nonce, packet.ciphertext, HEADER.associated_data()) == b"contents"
    for other in (
        replace(HEADER, record_id="ac" * 16),
        replace(HEADER, artefact_id="bc" * 16),
        replace(HEADER, kind=Kind.PORTRAIT),
        replace(HEADER, sequence=4),
        replace(HEADER, created="2026-03-02T05:00:01Z"),
        replace(HEADER, content_type=ContentType.RECORD),
    ):
        with pytest.raises(InvalidTag):
            cipher.decrypt(packet.nonce, packet.ciphertext, other.associated_data())


def test_every_sequence_number_has_its_own_nonce() -> None:
    key = VisitKey(bytearray(range(32)))

    nonces = {key.seal(replace(HEADER, sequence=number), b"").nonce for number in range(300)}

    assert len(nonces) == 300
