"""The centre's signed word that it holds a whole record; only with it a terminal deletes its own copy.

Canonical JSON: {"centre_key_id", "format", "manifest_sha256", "received_at", "record_id", "signature"}. The
signature is Ed25519 over the context line and the canonical JSON without itself.
"""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from firmware.records.plain import Json
from firmware.sealing.canonical import canonical_json
from firmware.sealing.packet import checked_id, checked_stamp
from firmware.sealing.statement import read_statement

RECEIPT_FORMAT = "tram-receipt-1"

_CONTEXT = b"tram receipt 1\n"


@dataclass(frozen=True, slots=True)
class CentreReceipt:
    """What the centre states. manifest_sha256: of the manifest file as received, in hexadecimal digits."""

    record_id: str
    manifest_sha256: str
    received_at: str
    centre_key_id: str

    def signed_bytes(self) -> bytes:
        """What the centre's signature covers."""
        return _CONTEXT + canonical_json(self._document())

    def encode(self, signature: bytes) -> bytes:
        """The receipt as it travels and as its file holds it."""
        return canonical_json({**self._document(), "signature": signature.hex()})

    def _document(self) -> dict[str, Json]:
        return {
            "format": RECEIPT_FORMAT,
            "record_id": self.record_id,
            "manifest_sha256": self.manifest_sha256,
            "received_at": self.received_at,
            "centre_key_id": self.centre_key_id,
        }


def read_receipt(data: bytes, centre: Ed25519PublicKey) -> CentreReceipt:
    """The receipt that `data` spells, its signature checked; StatementMalformed, SignatureWrong."""
    return read_statement(data, _receipt_of, centre)


def _receipt_of(document: dict[str, object]) -> CentreReceipt:
    return CentreReceipt(
        record_id=checked_id(document["record_id"]),
        manifest_sha256=_checked_hash(document["manifest_sha256"]),
        received_at=checked_stamp(document["received_at"]),
        centre_key_id=str(document["centre_key_id"]),
    )


def _checked_hash(value: object) -> str:
    digest = checked_id(value)
    if len(digest) != 64:
        raise ValueError("no SHA-256")
    return digest
