"""A terminal believes the centre's receipt only as the centre signed it."""

import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from firmware.sealing.centre_receipt import CentreReceipt, read_receipt
from firmware.sealing.manifest import SignatureWrong
from firmware.sealing.statement import StatementMalformed

CENTRE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RECEIPT = CentreReceipt(
    "ab" * 16, hashlib.sha256(b"manifest").hexdigest(), "2026-03-02T05:00:00Z", "test-2026"
)
SIGNED = RECEIPT.encode(CENTRE.sign(RECEIPT.signed_bytes()))


def test_a_receipt_is_read_as_it_was_signed() -> None:
    assert read_receipt(SIGNED, CENTRE.public_key()) == RECEIPT


def test_a_receipt_of_somebody_else_is_not_believed() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))

    with pytest.raises(SignatureWrong):
        read_receipt(RECEIPT.encode(other.sign(RECEIPT.signed_bytes())), CENTRE.public_key())


@pytest.mark.parametrize("name", ["record_id", "manifest_sha256", "received_at", "centre_key_id"])
def test_a_receipt_with_a_changed_field_is_not_believed(name: str) -> None:
    document = json.loads(SIGNED)
    document[name] = document[name].replace("2", "3").replace("a", "c")
    changed = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
    assert changed != SIGNED

    with pytest.raises(SignatureWrong):
        read_receipt(changed, CENTRE.public_key())


@pytest.mark.parametrize(
    "spoilt", [b"", b"[]", b"{}", b"\xff", SIGNED[:-1], SIGNED + b" ", b" " * 5000, b"[" * 4000]
)
def test_what_is_no_receipt_is_malformed(spoilt: bytes) -> None:
    with pytest.raises(StatementMalformed):
        read_receipt(spoilt, CENTRE.public_key())


def test_every_byte_of_a_receipt_counts() -> None:
    for place in range(len(SIGNED)):
        flipped = bytearray(SIGNED)
        flipped[place] ^= 1
        with pytest.raises((StatementMalformed, SignatureWrong)):
            read_receipt(bytes(flipped), CENTRE.public_key())
