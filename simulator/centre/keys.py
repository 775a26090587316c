"""The keys of a development centre: to open records, to sign its word, and its terminals' public ones."""

from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from host_tools.keys import (
    CENTRE_PRIVATE_NAME,
    CENTRE_SIGNING_NAME,
    DEMO_KEY_ID,
    read_centre_key,
    read_device_key,
    read_signing_key,
)

TERMINALS = "terminal*.pem"


@dataclass(frozen=True, slots=True)
class CentreKeys:
    """private: opens what is sealed to the centre. terminals: raw Ed25519 keys of those it knows."""

    key_id: str
    private: X25519PrivateKey = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)
    terminals: frozenset[bytes]


def load_centre_keys(folder: Path) -> CentreKeys:
    """The keys that `host_tools keys --demo` left in `folder`; host_tools.keys.KeyFileUnusable."""
    return CentreKeys(
        DEMO_KEY_ID,
        read_centre_key(folder / CENTRE_PRIVATE_NAME),
        read_signing_key(folder / CENTRE_SIGNING_NAME),
        frozenset(read_device_key(file) for file in folder.glob(TERMINALS)),
    )
