"""Who may attest a visit: attendants known by a PIN, of which only a salted hash is on the terminal."""

import hashlib
import hmac
import tomllib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

PIN_TRIES = 5
PIN_PAUSE_S = 3.0  # with five tries a guesser gets nowhere among 10,000 PINs
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**14, 8, 1  # OWASP's minimum for interactive log-in; about 50 ms


@dataclass(frozen=True, slots=True)
class Attendant:
    """One attendant of the ward office. identity: a staff code, not a name."""

    identity: str
    salt: bytes = field(repr=False)
    pin_hash: bytes = field(repr=False)


FindAttendant = Callable[[str], Awaitable[Attendant | None]]
"""The attendant of a PIN."""


def pin_hash(pin: str, salt: bytes) -> bytes:
    """The slow hash of a PIN."""
    return hashlib.scrypt(pin.encode(), salt=salt, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P)


def load_attendants(path: Path) -> tuple[Attendant, ...]:
    """The attendants of a file with `[identity] salt = hex, pin_hash = hex`; none when there is no file."""
    return parse_attendants(path.read_text("utf-8")) if path.exists() else ()


def parse_attendants(text: str) -> tuple[Attendant, ...]:
    """The attendants of such a file."""
    table = tomllib.loads(text)
    return tuple(
        Attendant(identity, bytes.fromhex(entry["salt"]), bytes.fromhex(entry["pin_hash"]))
        for identity, entry in table.items()
    )


def attendant_with(pin: str, attendants: tuple[Attendant, ...]) -> Attendant | None:
    """The attendant whose PIN this is; every entry is tried, so that the time tells nothing."""
    found: Attendant | None = None
    for attendant in attendants:
        if hmac.compare_digest(pin_hash(pin, attendant.salt), attendant.pin_hash):
            found = attendant
    return found
