"""Whoever changes, swaps, leaves out or replays a part of a saved record is found out."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from firmware.sealing.manifest import (
    MANIFEST_NAME,
    Manifest,
    ManifestContents,
    ManifestEntry,
    entry_of,
    parse_manifest,
    signed_bytes,
)
from firmware.sealing.packet import (
    file_name,
    parse_packet,
)
from host_tools.sealed_record import Damage, RecordDamaged, check_record, open_record
from tests.sealing_world import SMALL, Centre, damage_of, make_vault, save_visit

PORTRAIT, THUMB, OWN = "0001-portrait.sealed", "0002-fingerprint.sealed", "record.json.sealed"


@pytest.fixture
def centre() -> Centre:
    """Keys of a centre and of its terminal."""
    return Centre()


@pytest.fixture
def folder(tmp_path: Path, centre: Centre) -> Path:
    """A saved record with two artefacts."""
    return save_visit(make_vault(tmp_path, centre))


def resign(
    folder: Path, device: Ed25519PrivateKey, change: Callable[[ManifestContents], ManifestContents]
) -> None:
    """Change the manifest and sign it again, as somebody with the terminal's key could."""
    manifest = parse_manifest((folder / MANIFEST_NAME).read_bytes())
    contents = change(manifest.contents)
    signature = device.sign(signed_bytes(contents, manifest.sealed_key))
    (folder / MANIFEST_NAME).write_bytes(Manifest(contents, manifest.sealed_key, signature).encode())


def relist(folder: Path, contents: ManifestContents) -> ManifestContents:
    """The contents with sizes and hashes of what lies in the folder now."""

    def entry(old: ManifestEntry) -> ManifestEntry:
        data = (folder / file_name(old)).read_bytes()
        return replace(entry_of(parse_packet(data).header, data), artefact_id=old.artefact_id)

    return replace(contents, entries=tuple(entry(old) for old in contents.entries))


def test_an_untouched_record_opens(folder: Path, centre: Centre) -> None:
    opened = open_record(check_record(folder, centre.keys.device_public_key), centre.private)

    assert [artefact.part for artefact in opened.artefacts] == [part.key for part in SMALL]


def damages_of_changed_bytes(file: Path, masks: tuple[int, ...], step: int) -> set[Damage]:
    """What is found after each single change of a byte in `file`, at every `step`th place."""
    whole = file.read_bytes()
    found = set[Damage]()
    for place in range(0, len(whole), step):
        for mask in masks:
            file.write_bytes(whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :])
            with pytest.raises(RecordDamaged) as raised:
                check_record(file.parent)
            found.add(raised.value.damage)
    return found


@pytest.mark.parametrize(
    ("masks", "step"),
    [
        pytest.param((0x01,), 7, id="some"),
        pytest.param((0x01, 0x20, 0x80), 1, id="all", marks=pytest.mark.slow),
    ],
)
def test_every_changed_byte_of_the_manifest_is_found(folder: Path, masks: tuple[int, ...], step: int) -> None:
    found = damages_of_changed_bytes(folder / MANIFEST_NAME, masks, step)

    assert found == {Damage.MANIFEST_MALFORMED, Damage.SIGNATURE_WRONG}


@pytest.mark.parametrize("name", [PORTRAIT, THUMB, OWN])
def test_a_changed_byte_of_a_packet_is_found(folder: Path, name: str) -> None:
    assert damages_of_changed_bytes(folder / name, (0x10,), 31) == {Damage.PACKET_ALTERED}


@pytest.mark.parametrize("name", [PORTRAIT, OWN])
def test_a_packet_cut_short_or_made_longer_is_found(folder: Path, centre: Centre, name: str) -> None:
    whole = (folder / name).read_bytes()

    for data in (b"", whole[:-1], whole + b"\0"):
        (folder / name).write_bytes(data)
        assert damage_of(folder, centre) is Damage.PACKET_ALTERED


def test_a_packet_that_was_left_out_is_missed(folder: Path, centre: Centre) -> None:
    (folder / THUMB).unlink()

    assert damage_of(folder, centre) is Damage.PACKET_MISSING


def test_a_packet_that_was_added_is_noticed(folder: Path, centre: Centre) -> None:
    shutil.copy(folder / THUMB, folder / "0009-fingerprint.sealed")

    assert damage_of(folder, centre) is Damage.PACKET_UNLISTED


def test_two_packets_that_changed_places_are_noticed(folder: Path, centre: Centre) -> None:
    portrait, thumb = (folder / PORTRAIT).read_bytes(), (folder / THUMB).read_bytes()
    (folder / PORTRAIT).write_bytes(thumb)
    (folder / THUMB).write_bytes(portrait)

    assert damage_of(folder, centre) is Damage.PACKET_ALTERED


def test_a_folder_without_a_manifest_is_no_record(folder: Path, centre: Centre) -> None:
    (folder / MANIFEST_NAME).unlink()

    assert damage_of(folder, centre) is Damage.MANIFEST_MISSING


def test_another_private_key_does_not_open_a_record(folder: Path) -> None:
    with pytest.raises(RecordDamaged) as found:
        open_record(check_record(folder), X25519PrivateKey.generate())

    assert found.value.damage is Damage.KEY_WRONG


def test_a_record_signed_by_another_terminal_is_not_believed(folder: Path, centre: Centre) -> None:
    stranger = Ed25519PrivateKey.generate()
    public = stranger.public_key().public_bytes_raw()

    resign(folder, stranger, lambda contents: replace(contents, device_key=public))

    check_record(folder)
    assert damage_of(folder, centre) is Damage.DEVICE_UNKNOWN


def test_a_signature_by_another_key_is_wrong(folder: Path, centre: Centre) -> None:
    resign(folder, Ed25519PrivateKey.generate(), lambda contents: contents)

    assert damage_of(folder, centre) is Damage.SIGNATURE_WRONG


def test_the_sealed_key_opens_for_its_own_manifest_only(folder: Path, centre: Centre) -> None:
    resign(folder, centre.device, lambda contents: replace(contents, created="2027-01-01T00:00:00Z"))

    assert damage_of(folder, centre) is Damage.KEY_WRONG


def test_an_artefact_that_is_left_out_of_a_manifest_signed_again_is_missed(
    folder: Path, centre: Centre
) -> None:
    (folder / THUMB).unlink()
    resign(folder, centre.device, lambda contents: replace(contents, entries=contents.entries[::2]))

    assert damage_of(folder, centre) is Damage.KEY_WRONG


def test_an_artefact_of_another_visit_is_noticed_even_when_it_is_signed(
    tmp_path: Path, centre: Centre
) -> None:
    one = save_visit(make_vault(tmp_path, centre, seed=1), "visit-1")
    other = save_visit(make_vault(tmp_path, centre, seed=2), "visit-2")

    shutil.copy(other / THUMB, one / THUMB)
    resign(one, centre.device, lambda contents: relist(one, contents))

    assert damage_of(one, centre) is Damage.PACKET_MISPLACED


def test_an_artefact_of_another_visit_under_a_forged_header_spoils_the_key(
    tmp_path: Path, centre: Centre
) -> None:
    one = save_visit(make_vault(tmp_path, centre, seed=1), "visit-1")
    other = save_visit(make_vault(tmp_path, centre, seed=2), "visit-2")
    own, foreign = (parse_packet((folder / THUMB).read_bytes()) for folder in (one, other))

    (one / THUMB).write_bytes(replace(foreign, header=own.header).encode())
    resign(one, centre.device, lambda contents: relist(one, contents))

    assert damage_of(one, centre) is Damage.KEY_WRONG


def test_entries_in_another_order_are_no_manifest(folder: Path, centre: Centre) -> None:
    resign(folder, centre.device, lambda contents: replace(contents, entries=contents.entries[::-1]))

    assert damage_of(folder, centre) is Damage.MANIFEST_MALFORMED
