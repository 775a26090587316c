"""The centre's side of a sealed record: check it without a key, open it with the centre's private key."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from firmware.records.document import ARTEFACT_FORMAT, RECORD_FORMAT
from firmware.records.face_record import FaceRecordMalformed, picture_in
from firmware.records.picture_files import PictureForm
from firmware.records.record import adult_parts
from firmware.sealing.contents import ContentsMalformed, split_contents
from firmware.sealing.manifest import (
    MANIFEST_NAME,
    MAX_MANIFEST_BYTES,
    Manifest,
    ManifestEntry,
    ManifestMalformed,
    SignatureWrong,
    parse_manifest,
)
from firmware.sealing.packet import (
    MAX_PACKET_BYTES,
    Kind,
    PacketMalformed,
    SealedPacket,
    file_name,
    parse_packet,
)
from firmware.sealing.seal import KEY_SUITE

_PARTS = frozenset(part.key for part in adult_parts())  # an adult is asked for every part there is


class Damage(StrEnum):
    """What keeps a record from being believed."""

    UNREADABLE = "unreadable"
    MANIFEST_MISSING = "manifest missing"
    MANIFEST_MALFORMED = "manifest malformed"
    SIGNATURE_WRONG = "signature wrong"
    DEVICE_UNKNOWN = "signed by another terminal"
    PACKET_MISSING = "packet missing"
    PACKET_UNLISTED = "packet not in the manifest"
    PACKET_ALTERED = "packet altered"
    PACKET_MALFORMED = "packet malformed"
    PACKET_MISPLACED = "packet of another place or record"
    KEY_WRONG = "key does not open the record"
    PACKET_UNOPENED = "packet cannot be opened"
    CONTENTS_MALFORMED = "contents malformed"
    CONTENTS_INCONSISTENT = "contents do not fit the record"


class RecordDamaged(Exception):
    """A record is not as a terminal saved it. damage, name: what it is, and of which file."""

    def __init__(self, damage: Damage, name: str) -> None:
        super().__init__(f"{name}: {damage.value}")
        self.damage = damage
        self.name = name


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """A record whose signature, hashes and completeness hold; still sealed. packets: as in the manifest."""

    manifest: Manifest
    packets: tuple[SealedPacket, ...]


@dataclass(frozen=True, slots=True)
class OpenedArtefact:
    """One artefact in clear. document: see firmware/records/document.py; picture: PNG, or empty.

    product: the face record of a portrait's crop, or empty.
    """

    part: str
    document: dict[str, Any] = field(repr=False)
    picture: bytes = field(repr=False)
    product: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record in clear."""

    document: dict[str, Any] = field(repr=False)
    artefacts: tuple[OpenedArtefact, ...] = field(repr=False)


def check_record(folder: Path, device_key: bytes | None = None) -> CheckedRecord:
    """The record in `folder`, checked without a secret; RecordDamaged when anything is not as it was saved.

    device_key: the terminal's raw Ed25519 key; without it the key that the manifest names is believed.
    """
    manifest = _signed_manifest(folder / MANIFEST_NAME)
    if device_key is not None and device_key != manifest.contents.device_key:
        raise RecordDamaged(Damage.DEVICE_UNKNOWN, MANIFEST_NAME)
    _check_names(folder, manifest)
    packets = tuple(_checked_packet(folder, manifest, entry) for entry in manifest.contents.entries)
    return CheckedRecord(manifest, packets)


def open_record(checked: CheckedRecord, key: X25519PrivateKey) -> OpenedRecord:
    """The record in clear; RecordDamaged when the key or anything inside does not fit."""
    *artefacts, own = _opened_packets(checked, _visit_key(checked.manifest, key))
    record = _document(own, checked.packets[-1], RECORD_FORMAT)
    opened = tuple(
        _artefact(data, packet) for data, packet in zip(artefacts, checked.packets[:-1], strict=True)
    )
    _check_agreement(checked, record, opened)
    return OpenedRecord(record, opened)


def _signed_manifest(file: Path) -> Manifest:
    if not file.is_file():
        raise RecordDamaged(Damage.MANIFEST_MISSING, file.name)
    try:
        manifest = parse_manifest(_read(file, MAX_MANIFEST_BYTES))
        manifest.check_signature()
    except ManifestMalformed as error:
        raise RecordDamaged(Damage.MANIFEST_MALFORMED, file.name) from error
    except SignatureWrong as error:
        raise RecordDamaged(Damage.SIGNATURE_WRONG, file.name) from error
    return manifest


def _check_names(folder: Path, manifest: Manifest) -> None:
    listed = {MANIFEST_NAME, *(file_name(entry) for entry in manifest.contents.entries)}
    found = {path.name for path in folder.iterdir()}
    for name in sorted(listed - found):
        raise RecordDamaged(Damage.PACKET_MISSING, name)
    for name in sorted(found - listed):
        raise RecordDamaged(Damage.PACKET_UNLISTED, name)


def _checked_packet(folder: Path, manifest: Manifest, entry: ManifestEntry) -> SealedPacket:
    name = file_name(entry)
    data = _read(folder / name, MAX_PACKET_BYTES)
    if (len(data), hashlib.sha256(data).hexdigest()) != (entry.size, entry.sha256):
        raise RecordDamaged(Damage.PACKET_ALTERED, name)
    try:
        packet = parse_packet(data)
    except PacketMalformed as error:
        raise RecordDamaged(Damage.PACKET_MALFORMED, name) from error
    if packet.header.record_id != manifest.contents.record_id or not entry.describes(packet.header):
        raise RecordDamaged(Damage.PACKET_MISPLACED, name)
    return packet


def _read(file: Path, most: int) -> bytes:
    try:
        if file.stat().st_size > most:
            raise RecordDamaged(Damage.UNREADABLE, file.name)
        return file.read_bytes()
    except OSError as error:
        raise RecordDamaged(Damage.UNREADABLE, file.name) from error


def _visit_key(manifest: Manifest, key: X25519PrivateKey) -> bytes:
    try:
        return KEY_SUITE.decrypt(manifest.sealed_key, key, manifest.contents.key_info())
    except InvalidTag as error:
        raise RecordDamaged(Damage.KEY_WRONG, MANIFEST_NAME) from error


def _opened_packets(checked: CheckedRecord, visit_key: bytes) -> list[bytes]:
    cipher = ChaCha20Poly1305(visit_key)
    return [_opened(cipher, packet) for packet in checked.packets]


def _opened(cipher: ChaCha20Poly1305, packet: SealedPacket) -> bytes:
    try:
        return cipher.decrypt(packet.nonce, packet.ciphertext, packet.header.associated_data())
    except InvalidTag as error:
        raise RecordDamaged(Damage.PACKET_UNOPENED, file_name(packet.header)) from error


def _artefact(data: bytes, packet: SealedPacket) -> OpenedArtefact:
    try:
        encoded, picture, product = split_contents(data)
    except ContentsMalformed as error:
        raise RecordDamaged(Damage.CONTENTS_MALFORMED, file_name(packet.header)) from error
    document = _document(encoded, packet, ARTEFACT_FORMAT)
    if document.get("part") not in _PARTS or not _is_as_stated(product, document.get("product")):
        raise RecordDamaged(Damage.CONTENTS_MALFORMED, file_name(packet.header))
    return OpenedArtefact(document["part"], document, picture, product)


def _is_as_stated(product: bytes, stated: object) -> bool:
    """Whether the face record is there that the document speaks of, with a picture of that form and size."""
    if not isinstance(stated, dict) or not product:
        return stated is None and not product
    words = cast("dict[str, object]", stated)
    try:
        return words["form"] in set(PictureForm) and words["file_bytes"] == len(picture_in(product))
    except (FaceRecordMalformed, KeyError, TypeError):
        return False


def _document(data: bytes, packet: SealedPacket, form: str) -> dict[str, Any]:
    """The JSON object of that format in `data`; anything else is damage."""
    try:
        document = json.loads(data)
        if document["format"] == form:
            return document
    except (ValueError, TypeError, KeyError) as error:
        raise RecordDamaged(Damage.CONTENTS_MALFORMED, file_name(packet.header)) from error
    raise RecordDamaged(Damage.CONTENTS_MALFORMED, file_name(packet.header))


def _check_agreement(
    checked: CheckedRecord, record: dict[str, Any], artefacts: tuple[OpenedArtefact, ...]
) -> None:
    """The sealed record names itself and every artefact by id and part: nothing was left out or exchanged."""
    ids = [packet.header.artefact_id for packet in checked.packets if packet.header.kind is not Kind.RECORD]
    parts = {each.part: own for each, own in zip(artefacts, ids, strict=True)}
    if (record.get("record_id"), record.get("artefacts")) != (checked.manifest.contents.record_id, parts):
        raise RecordDamaged(Damage.CONTENTS_INCONSISTENT, file_name(checked.packets[-1].header))
