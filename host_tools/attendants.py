"""The attendants' file: staff codes with the salted hash of a PIN each. Nobody can read a PIN from it."""

import os
import re
from dataclasses import dataclass, field

from firmware.visit.attendants import Attendant, attendant_with, parse_attendants, pin_hash

ATTENDANTS_NAME = "attendants.toml"
SALT_BYTES = 16
PIN_DIGITS = (4, 12)  # what the screen's keypad takes
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


class PinRefused(Exception):
    """A staff code or PIN cannot be used; the message says why, and shows no PIN."""


@dataclass(frozen=True, slots=True)
class Pin:
    """An attendant's code and the PIN they chose."""

    code: str
    digits: str = field(repr=False)


def with_pins(contents: bytes | None, pins: tuple[Pin, ...]) -> bytes:
    """The attendants' file with these PINs set and everybody else as before.

    Who already has that PIN keeps the salt, so nothing changes. Two attendants cannot have the same PIN: it
    alone says who attests.
    """
    known = {each.identity: each for each in parse_attendants((contents or b"").decode("utf-8"))}
    for pin in pins:
        _check(pin)
        owner = attendant_with(pin.digits, tuple(known.values()))
        if owner is None:
            salt = os.urandom(SALT_BYTES)
            known[pin.code] = Attendant(pin.code, salt, pin_hash(pin.digits, salt))
        elif owner.identity != pin.code:
            raise PinRefused(f"{pin.code}: choose another PIN")
    return "".join(_entry(known[code]) for code in sorted(known)).encode()


def _check(pin: Pin) -> None:
    fewest, most = PIN_DIGITS
    if not _CODE.fullmatch(pin.code):
        raise PinRefused(
            f"{pin.code!r}: a staff code is at most 32 letters, digits, dots, hyphens, underscores"
        )
    if not (pin.digits.isascii() and pin.digits.isdigit() and fewest <= len(pin.digits) <= most):
        raise PinRefused(f"{pin.code}: a PIN is {fewest} to {most} digits")
    if len(set(pin.digits)) < 3:
        raise PinRefused(f"{pin.code}: choose a PIN with three different digits at least")


def _entry(attendant: Attendant) -> str:
    salt, hashed = attendant.salt.hex(), attendant.pin_hash.hex()
    return f'["{attendant.identity}"]\nsalt = "{salt}"\npin_hash = "{hashed}"\n'
