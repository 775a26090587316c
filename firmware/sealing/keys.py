"""The keys a terminal has: its own to sign with, and the centre's public one. None of them opens a record."""

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from firmware.records.refusal import Refusal, SaveRefused

DEVICE_KEY_NAME = "device.pem"
CENTRE_KEY_NAME = "centre.toml"
_CENTRE_FIELDS = {"key_id", "public_key", "signing_key", "not_before", "not_after"}


class KeyUnusable(Exception):
    """A key file is not what it should be; the message names the file, never its contents."""


@dataclass(frozen=True, slots=True)
class CentreKey:
    """The centre's public keys and when they may be used: from not_before up to, not including, not_after.

    public_key: what is sealed, is sealed to it. signing_key: checks receipts and answers.
    """

    key_id: str
    public_key: X25519PublicKey
    signing_key: Ed25519PublicKey
    not_before: datetime
    not_after: datetime

    def is_valid_at(self, moment: datetime) -> bool:
        """Whether the key may be used at `moment`."""
        return self.not_before <= moment < self.not_after


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of one terminal. device: Ed25519, signs manifests."""

    device: Ed25519PrivateKey = field(repr=False)
    centre: CentreKey

    def check(self, moment: datetime) -> None:
        """SaveRefused unless records may be sealed at `moment`."""
        if not self.centre.is_valid_at(moment):
            raise SaveRefused(Refusal.KEY_EXPIRED)

    @property
    def device_public_key(self) -> bytes:
        """The terminal's public key, raw, as manifests name it."""
        return self.device.public_key().public_bytes_raw()


def load_key_ring(folder: Path) -> KeyRing:
    """The keys in the state folder's `keys/`; SaveRefused(KEY_MISSING) when one is missing or unusable."""
    try:
        return KeyRing(_device_key(folder), _centre_key(folder))
    except (OSError, KeyUnusable) as error:
        raise SaveRefused(Refusal.KEY_MISSING) from error


def load_centre_key(folder: Path) -> CentreKey:
    """The centre's public keys in that folder, for whoever has no business with the terminal's own key."""
    try:
        return _centre_key(folder)
    except (OSError, KeyUnusable) as error:
        raise SaveRefused(Refusal.KEY_MISSING) from error


def _device_key(folder: Path) -> Ed25519PrivateKey:
    return parse_device_key((folder / DEVICE_KEY_NAME).read_bytes())


def _centre_key(folder: Path) -> CentreKey:
    return parse_centre_key((folder / CENTRE_KEY_NAME).read_bytes())


def parse_device_key(pem: bytes) -> Ed25519PrivateKey:
    """The terminal's own key of a PEM file; KeyUnusable when it is none."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(DEVICE_KEY_NAME) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnusable(DEVICE_KEY_NAME)
    return key


def parse_centre_key(data: bytes) -> CentreKey:
    """The centre's public keys of a `centre.toml`; KeyUnusable when one is missing or of another kind."""
    try:
        table = tomllib.loads(data.decode("utf-8"))
        key, signing = (
            load_pem_public_key(str(table.get(name)).encode()) for name in ("public_key", "signing_key")
        )
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(CENTRE_KEY_NAME) from error
    if set(table) != _CENTRE_FIELDS or not isinstance(key, X25519PublicKey):
        raise KeyUnusable(CENTRE_KEY_NAME)
    if not isinstance(signing, Ed25519PublicKey):
        raise KeyUnusable(CENTRE_KEY_NAME)
    begin, end = _moment(table, "not_before"), _moment(table, "not_after")
    return CentreKey(str(table["key_id"]), key, signing, begin, end)


def _moment(table: dict[str, object], name: str) -> datetime:
    moment = table[name]
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise KeyUnusable(f"{CENTRE_KEY_NAME}: {name}")
    return moment.astimezone(UTC)
