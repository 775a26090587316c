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
        return KeyRing(_device_key(folder / DEVICE_KEY_NAME), _centre_key(folder / CENTRE_KEY_NAME))
    except (OSError, KeyUnusable) as error:
        raise SaveRefused(Refusal.KEY_MISSING) from error


def load_centre_key(folder: Path) -> CentreKey:
    """The centre's public keys in that folder, for whoever has no business with the terminal's own key."""
    try:
        return _centre_key(folder / CENTRE_KEY_NAME)
    except (OSError, KeyUnusable) as error:
        raise SaveRefused(Refusal.KEY_MISSING) from error


def _device_key(file: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(file.name) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnusable(file.name)
    return key


def _centre_key(file: Path) -> CentreKey:
    try:
        table = tomllib.loads(file.read_text("utf-8"))
        key, signing = (
            load_pem_public_key(str(table.get(name)).encode()) for name in ("public_key", "signing_key")
        )
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(file.name) from error
    if set(table) != _CENTRE_FIELDS or not isinstance(key, X25519PublicKey):
        raise KeyUnusable(file.name)
    if not isinstance(signing, Ed25519PublicKey):
        raise KeyUnusable(file.name)
    begin, end = _moment(table, "not_before"), _moment(table, "not_after")
    return CentreKey(str(table["key_id"]), key, signing, begin, end)


def _moment(table: dict[str, object], name: str) -> datetime:
    moment = table[name]
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise KeyUnusable(f"{CENTRE_KEY_NAME}: {name}")
    return moment.astimezone(UTC)
