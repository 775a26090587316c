"""Encryption under one visit's key, and that key for the centre alone."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from firmware.sealing.keys import KeyRing
from firmware.sealing.manifest import Manifest, ManifestContents, signed_bytes
from firmware.sealing.packet import NONCE_BYTES, PacketHeader, SealedPacket

KEY_BYTES = 32
KEY_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)  # RFC 9180, base mode


class KeyWiped(Exception):
    """A visit's key was asked for after its visit: a bug."""


class VisitKey:
    """The key of one visit, which lives in this object alone until `wipe`.

    secret: 32 random bytes, drawn for this visit only; the object owns and overwrites them. Copies that the
    interpreter and OpenSSL made while sealing go with the process: one process, one visit.
    """

    def __init__(self, secret: bytearray) -> None:
        self._secret = secret

    def seal(self, header: PacketHeader, contents: bytes) -> SealedPacket:
        """`contents` encrypted, with the header bound to them.

        The nonce is the header's sequence number. A vault never gives a number twice in a visit, and no other
        visit has this key, so no nonce is used twice under one key.
        """
        nonce = nonce_of(header)
        cipher = ChaCha20Poly1305(self._usable())
        return SealedPacket(header, nonce, cipher.encrypt(nonce, contents, header.associated_data()))

    def seal_for(self, centre: X25519PublicKey, info: bytes) -> bytes:
        """The key itself, which only the centre can open and only with the same `info`."""
        return KEY_SUITE.encrypt(self._usable(), centre, info)

    def wipe(self) -> None:
        """Overwrite the key; nothing sealed with it can be opened any more, unless it was saved."""
        self._secret[:] = bytes(len(self._secret))
        self._secret = bytearray()

    def _usable(self) -> bytearray:
        if len(self._secret) != KEY_BYTES:
            raise KeyWiped
        return self._secret


def nonce_of(header: PacketHeader) -> bytes:
    """The nonce of the packet with that header."""
    return header.sequence.to_bytes(NONCE_BYTES, "big")


def sign_manifest(contents: ManifestContents, key: VisitKey, keys: KeyRing) -> Manifest:
    """The manifest of a record whose packets were sealed with `key`."""
    sealed_key = key.seal_for(keys.centre.public_key, contents.key_info())
    return Manifest(contents, sealed_key, keys.device.sign(signed_bytes(contents, sealed_key)))
