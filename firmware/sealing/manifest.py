"""The manifest of a saved record: what belongs to it, its key for the centre alone, the terminal's signature.

One file, canonical JSON: {"contents": ..., "sealed_key": hex, "signature": hex}. The key is bound to the
contents through HPKE's `info`; the signature covers contents and sealed key.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from firmware.records.plain import Json
from firmware.sealing.canonical import canonical_json
from firmware.sealing.packet import SUITE, Kind, PacketHeader, checked_count, checked_id, checked_stamp

MANIFEST_NAME = "manifest.json"
MANIFEST_FORMAT = "tram-manifest-1"
MAX_MANIFEST_BYTES = 256 << 10
MAX_ENTRIES = 256

_KEY_CONTEXT = b"tram visit key 1\n"
_SIGNATURE_CONTEXT = b"tram manifest 1\n"


class ManifestMalformed(Exception):
    """The bytes are no manifest in our one spelling."""


class SignatureWrong(Exception):
    """The manifest was not signed by that key, or was changed afterwards."""


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One packet of a record. sha256: of the whole sealed file, in hexadecimal digits; size: in bytes."""

    artefact_id: str
    kind: Kind
    sequence: int
    size: int
    sha256: str

    def describes(self, header: PacketHeader) -> bool:
        """Whether a packet with that header stands at this entry."""
        return (self.artefact_id, self.kind, self.sequence) == (
            header.artefact_id,
            header.kind,
            header.sequence,
        )


def entry_of(header: PacketHeader, sealed: bytes) -> ManifestEntry:
    """The entry of a packet that is about to be written."""
    digest = hashlib.sha256(sealed).hexdigest()
    return ManifestEntry(header.artefact_id, header.kind, header.sequence, len(sealed), digest)


@dataclass(frozen=True, slots=True)
class ManifestContents:
    """What the terminal states. entries: by rising sequence; the record itself comes last.

    centre_key_id: whose private key opens it. device_key: the terminal's public key, raw.
    """

    record_id: str
    created: str
    centre_key_id: str
    device_key: bytes
    entries: tuple[ManifestEntry, ...]

    def key_info(self) -> bytes:
        """What binds the sealed visit key to these contents: HPKE's `info`."""
        return _KEY_CONTEXT + hashlib.sha256(canonical_json(self.document())).digest()

    def document(self) -> dict[str, Json]:
        """The contents as they stand in the file."""
        return {
            "format": MANIFEST_FORMAT,
            "suite": SUITE,
            "record_id": self.record_id,
            "created": self.created,
            "centre_key_id": self.centre_key_id,
            "device_key": self.device_key.hex(),
            "entries": [_entry_document(entry) for entry in self.entries],
        }


@dataclass(frozen=True, slots=True)
class Manifest:
    """A signed manifest. sealed_key: the visit key for the centre; signature: of the key in the contents."""

    contents: ManifestContents
    sealed_key: bytes
    signature: bytes

    def encode(self) -> bytes:
        """The manifest as its file holds it."""
        document = _signed_document(self.contents, self.sealed_key)
        return canonical_json({**document, "signature": self.signature.hex()})

    def check_signature(self) -> None:
        """SignatureWrong unless the terminal that the contents name has signed them."""
        key = Ed25519PublicKey.from_public_bytes(self.contents.device_key)
        try:
            key.verify(self.signature, signed_bytes(self.contents, self.sealed_key))
        except InvalidSignature as error:
            raise SignatureWrong(self.contents.record_id) from error


def signed_bytes(contents: ManifestContents, sealed_key: bytes) -> bytes:
    """What the terminal's signature covers."""
    return _SIGNATURE_CONTEXT + canonical_json(_signed_document(contents, sealed_key))


def parse_manifest(data: bytes) -> Manifest:
    """The manifest that `data` spells in the one canonical way; else ManifestMalformed."""
    if len(data) > MAX_MANIFEST_BYTES:
        raise ManifestMalformed(f"{len(data)} bytes")
    try:
        manifest = _manifest_of(json.loads(data))
        spelling = manifest.encode()
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ManifestMalformed("no manifest") from error
    if spelling != data:
        raise ManifestMalformed("in another spelling")
    return manifest


def _signed_document(contents: ManifestContents, sealed_key: bytes) -> dict[str, Json]:
    return {"contents": contents.document(), "sealed_key": sealed_key.hex()}


def _entry_document(entry: ManifestEntry) -> Json:
    return {
        "artefact_id": entry.artefact_id,
        "kind": entry.kind.value,
        "sequence": entry.sequence,
        "size": entry.size,
        "sha256": entry.sha256,
    }


def _manifest_of(document: dict[str, object]) -> Manifest:
    contents = _contents_of(cast("dict[str, object]", document["contents"]))
    return Manifest(contents, _bytes(document["sealed_key"], 80), _bytes(document["signature"], 64))


def _contents_of(document: dict[str, object]) -> ManifestContents:
    entries = tuple(_entry_of(each) for each in cast("list[dict[str, object]]", document["entries"]))
    sequences = [entry.sequence for entry in entries]
    if not 1 <= len(entries) <= MAX_ENTRIES or sequences != sorted(set(sequences)):
        raise ValueError("entries out of order")
    if [entry.kind for entry in entries].index(Kind.RECORD) != len(entries) - 1:
        raise ValueError("the record is not last")
    return ManifestContents(
        record_id=checked_id(document["record_id"]),
        created=checked_stamp(document["created"]),
        centre_key_id=str(document["centre_key_id"]),
        device_key=_bytes(document["device_key"], 32),
        entries=entries,
    )


def _entry_of(document: dict[str, object]) -> ManifestEntry:
    return ManifestEntry(
        artefact_id=checked_id(document["artefact_id"]),
        kind=Kind(document["kind"]),
        sequence=checked_count(document["sequence"], 9999),
        size=checked_count(document["size"], 1 << 31),
        sha256=checked_id(document["sha256"]),
    )


def _bytes(value: object, size: int) -> bytes:
    """X25519 keys take 32 bytes, a sealed one 32 + 32 + 16, Ed25519 signatures 64: RFC 9180, RFC 8032."""
    decoded = bytes.fromhex(str(value))
    if len(decoded) != size:
        raise ValueError("not a key or signature")
    return decoded
