"""The layout of a sealed packet; no I/O and no keys.

    offset  bytes
    0       4      magic "TRS1"
    4       2      length n of the header, big-endian, 2..1024
    6       n      header, canonical JSON in UTF-8: nothing of the person, no score
    6 + n   12     nonce
    18 + n  16..   ciphertext, ending in its 16-byte tag

The associated data of the encryption is everything before the nonce.
"""

import json
import re
import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, cast

from firmware.records.plain import Json
from firmware.sealing.canonical import canonical_json

MAGIC = b"TRS1"
PREFIX = struct.Struct(">4sH")
MAX_HEADER_BYTES = 1024
NONCE_BYTES = 12
TAG_BYTES = 16
MAX_PACKET_BYTES = 64 << 20  # a lossless 12-megapixel picture stays below 36 MB
SUITE = "hpke-x25519-sha256+chacha20poly1305"  # a Pi 4 has no AES instructions

_ID = re.compile(r"[0-9a-f]{16,64}", re.ASCII)
_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)


class Kind(StrEnum):
    """What a packet holds; which finger or eye it is stands inside."""

    PORTRAIT = "portrait"
    FINGERPRINT = "fingerprint"
    IRIS = "iris"
    RECORD = "record"


class ContentType(StrEnum):
    """How the plain bytes are to be read."""

    ARTEFACT = "tram-artefact"
    RECORD = "application/json"


class PacketMalformed(Exception):
    """The bytes are no sealed packet of ours; the message says what is wrong with their layout."""


@dataclass(frozen=True, slots=True)
class PacketHeader:
    """What may be known of a packet without opening it. created: UTC, ISO 8601 to the second."""

    record_id: str
    artefact_id: str
    kind: Kind
    sequence: int
    suite: str
    created: str
    content_type: ContentType

    def encode(self) -> bytes:
        """The header as it stands in the packet."""
        document: dict[str, Json] = {
            "record_id": self.record_id,
            "artefact_id": self.artefact_id,
            "kind": self.kind.value,
            "sequence": self.sequence,
            "suite": self.suite,
            "created": self.created,
            "content_type": self.content_type.value,
        }
        return canonical_json(document)

    def associated_data(self) -> bytes:
        """What the encryption binds besides the contents: magic, length and header."""
        header = self.encode()
        return PREFIX.pack(MAGIC, len(header)) + header


class Numbered(Protocol):
    """A header or an entry of a manifest, as far as it names a file."""

    @property
    def kind(self) -> Kind: ...

    @property
    def sequence(self) -> int: ...


def file_name(packet: Numbered) -> str:
    """A packet's name in its folder."""
    return (
        "record.json.sealed" if packet.kind is Kind.RECORD else f"{packet.sequence:04d}-{packet.kind}.sealed"
    )


@dataclass(frozen=True, slots=True)
class SealedPacket:
    """A packet in its parts. ciphertext: with its tag."""

    header: PacketHeader
    nonce: bytes
    ciphertext: bytes

    def encode(self) -> bytes:
        """The packet as a file holds it."""
        return self.header.associated_data() + self.nonce + self.ciphertext


def parse_packet(data: bytes) -> SealedPacket:
    """The packet that `data` is, whole and nothing more; else PacketMalformed."""
    if not PREFIX.size <= len(data) <= MAX_PACKET_BYTES:
        raise PacketMalformed(f"{len(data)} bytes")
    magic, length = cast("tuple[bytes, int]", PREFIX.unpack_from(data))
    if magic != MAGIC:
        raise PacketMalformed("no magic")
    end = PREFIX.size + length
    if length > MAX_HEADER_BYTES or len(data) < end + NONCE_BYTES + TAG_BYTES:
        raise PacketMalformed(f"header of {length} bytes in {len(data)}")
    header = parse_header(data[PREFIX.size : end])
    return SealedPacket(header, data[end : end + NONCE_BYTES], data[end + NONCE_BYTES :])


def parse_header(data: bytes) -> PacketHeader:
    """The header that `data` spells in the one canonical way; else PacketMalformed."""
    try:
        header = _header_of(json.loads(data))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise PacketMalformed("no header") from error
    if header.encode() != data:
        raise PacketMalformed("header in another spelling")
    return header


def _header_of(document: dict[str, str | int]) -> PacketHeader:
    header = PacketHeader(
        record_id=checked_id(document["record_id"]),
        artefact_id=checked_id(document["artefact_id"]),
        kind=Kind(document["kind"]),
        sequence=checked_count(document["sequence"], 9999),
        suite=str(document["suite"]),
        created=checked_stamp(document["created"]),
        content_type=ContentType(document["content_type"]),
    )
    if header.suite != SUITE:
        raise ValueError("unknown suite")
    return header


def checked_id(value: object) -> str:
    """`value` when it is 16 to 64 hexadecimal digits; else ValueError."""
    return _matching(_ID, value)


def checked_stamp(value: object) -> str:
    """`value` when it looks like "2026-01-31T08:00:00Z"; else ValueError."""
    return _matching(_STAMP, value)


def checked_count(value: object, most: int) -> int:
    """`value` when it is a whole number from 0 to `most`; else ValueError."""
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError("not a count")
    return value


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"not {pattern.pattern}")
    return value
