"""`keys`: demo keys for a terminal and its centre, and reading key files."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import cast

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from firmware.sealing.keys import CENTRE_KEY_NAME, DEVICE_KEY_NAME
from host_tools.command import Command, do_with

CENTRE_PRIVATE_NAME = "private.pem"
CENTRE_SIGNING_NAME = "signing.pem"
DEVICE_PUBLIC_NAME = "terminal.pem"
DEMO_KEY_ID = "demo"
_CENTRE_TOML = '''# Demo key of an invented centre: never for real people.
key_id = "{key_id}"
public_key = """
{public_key}"""
signing_key = """
{signing_key}"""
not_before = 2020-01-01T00:00:00Z
not_after = 2100-01-01T00:00:00Z
'''


class KeyFileUnusable(Exception):
    """A key file cannot be read or holds no such key; the message says which and what to do."""


def read_centre_key(file: Path) -> X25519PrivateKey:
    """The centre's private key in a PEM file; else KeyFileUnusable."""
    try:
        key = load_pem_private_key(_read(file), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileUnusable(f"{file}: not a private key; give an unencrypted PEM file") from error
    if not isinstance(key, X25519PrivateKey):
        raise KeyFileUnusable(f"{file}: not an X25519 key; give the centre's private key")
    return key


def read_signing_key(file: Path) -> Ed25519PrivateKey:
    """The centre's private key to sign with, in a PEM file; else KeyFileUnusable."""
    try:
        key = load_pem_private_key(_read(file), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileUnusable(f"{file}: not a private key; give an unencrypted PEM file") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileUnusable(f"{file}: not an Ed25519 key; give the centre's signing key")
    return key


def read_device_key(file: Path) -> bytes:
    """A terminal's public key in a PEM file, as raw bytes; else KeyFileUnusable."""
    try:
        key = load_pem_public_key(_read(file))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyFileUnusable(f"{file}: not a public key; give a PEM file") from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFileUnusable(f"{file}: not an Ed25519 key; give the terminal's public key")
    return key.public_bytes_raw()


def make_demo_keys(centre: Path, terminal: Path) -> None:
    """Fresh keys: the private one of a centre in `centre`, a terminal's key ring in `terminal`."""
    private, signing, device = (
        X25519PrivateKey.generate(),
        Ed25519PrivateKey.generate(),
        Ed25519PrivateKey.generate(),
    )
    for folder in (centre, terminal):
        folder.mkdir(0o700, parents=True, exist_ok=True)
    _write_secret(centre / CENTRE_PRIVATE_NAME, private_pem(private))
    _write_secret(centre / CENTRE_SIGNING_NAME, private_pem(signing))
    (centre / DEVICE_PUBLIC_NAME).write_bytes(public_pem(device))
    _write_secret(terminal / DEVICE_KEY_NAME, private_pem(device))
    public_key, signing_key = public_pem(private).decode(), public_pem(signing).decode()
    stated = _CENTRE_TOML.format(key_id=DEMO_KEY_ID, public_key=public_key, signing_key=signing_key)
    (terminal / CENTRE_KEY_NAME).write_text(stated, "utf-8")


def _make(arguments: Namespace) -> int:
    demo = cast("Path", arguments.demo)
    centre, terminal = demo / "centre", cast("Path | None", arguments.state) or demo / "state"
    terminal /= "keys"
    files = [centre / name for name in (CENTRE_PRIVATE_NAME, CENTRE_SIGNING_NAME, DEVICE_PUBLIC_NAME)]
    files += [terminal / DEVICE_KEY_NAME, terminal / CENTRE_KEY_NAME]
    missing = [file for file in files if not file.exists()]
    if missing and missing != files:
        print(f"error: {missing[0]} is missing; remove {centre} and {terminal} for new keys", file=sys.stderr)
        return 1
    if missing:
        make_demo_keys(centre, terminal)
    print(f"demo keys: the centre's in {centre}, the terminal's in {terminal}")
    return 0


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise KeyFileUnusable(f"{file}: {error.strerror}; check the path") from error


def _write_secret(file: Path, pem: bytes) -> None:
    file.touch(0o600)
    file.write_bytes(pem)


def private_pem(key: X25519PrivateKey | Ed25519PrivateKey) -> bytes:
    """A private key as a file keeps it: PKCS 8, not encrypted."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_pem(key: X25519PrivateKey | Ed25519PrivateKey) -> bytes:
    """The public half of a key as a file keeps it."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--demo", type=Path, required=True, metavar="DIR", help="folder for the keys; those there are kept"
    )
    parser.add_argument(
        "--state", type=Path, metavar="DIR", help="state folder of the terminal (default: DIR/state)"
    )
    do_with(parser, _make)


KEYS = Command("keys", "make demo keys for a terminal and its centre", _configure)
