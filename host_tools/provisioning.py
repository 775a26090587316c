"""What provisioning does to a state folder: each part is checked first, then written if it differs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from firmware.identity import IDENTITY_NAME, Identity, IdentityInvalid, parse_identity
from firmware.sealing.keys import (
    CENTRE_KEY_NAME,
    DEVICE_KEY_NAME,
    KeyUnusable,
    parse_centre_key,
    parse_device_key,
)
from host_tools.attendants import ATTENDANTS_NAME, Pin, with_pins
from host_tools.keys import private_pem
from host_tools.state import State
from hw.boards.board import BOARDS

DEVICE_KEY, CENTRE_KEY = f"keys/{DEVICE_KEY_NAME}", f"keys/{CENTRE_KEY_NAME}"
BOARD_NAME = "board.toml"
DEMO_KEY_ID = "demo"
_BOARDS_ON_TERMINAL = PurePosixPath("/opt/tram/hw/boards")
_TERMINAL_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,31}")
_WARD_CODE = re.compile(r"[0-9]{5}")


class CannotProvision(Exception):
    """Nothing was written; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be provisioned; None and empty leave what is there.

    terminal, centre: contents of a terminal file and of the centre's `centre.toml`. others: further files by
    their name in the state folder. demo: a demo centre is meant. new_key: make a new device key.
    """

    terminal: bytes | None = None
    centre: bytes | None = None
    pins: tuple[Pin, ...] = field(default=(), repr=False)
    others: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    demo: bool = False
    new_key: bool = False


def provision_state(state: State, wishes: Wishes, now: datetime) -> None:
    """Bring a state folder to what is wished; CannotProvision before the first byte, or not at all."""
    identity = _checked_identity(state, wishes)
    files = [*_files(state, wishes, now)]
    for name, data in files:
        if state.read(name) != data:
            state.write(name, data)
    if identity is not None:
        _choose_board(state, identity)
    state.finish()


def _files(state: State, wishes: Wishes, now: datetime) -> Iterator[tuple[str, bytes]]:
    """Everything to be written, by its name; reading it to the end makes every check."""
    if wishes.terminal is not None:
        yield IDENTITY_NAME, wishes.terminal
    if wishes.centre is not None:
        _check_centre(wishes.centre, now, demo=wishes.demo)
        yield CENTRE_KEY, wishes.centre
    if wishes.pins:
        yield ATTENDANTS_NAME, with_pins(state.read(ATTENDANTS_NAME), wishes.pins)
    yield from wishes.others
    if wishes.new_key or state.read(DEVICE_KEY) is None:
        yield DEVICE_KEY, private_pem(Ed25519PrivateKey.generate())
    else:
        _check_device_key(state)


def _checked_identity(state: State, wishes: Wishes) -> Identity | None:
    if wishes.terminal is None:
        return None
    identity = _identity(wishes.terminal)
    for problem in _problems(identity):
        raise CannotProvision(f"terminal file: {problem}")
    before = state.read(IDENTITY_NAME)
    has_key = state.read(DEVICE_KEY) is not None and not wishes.new_key
    if before is not None and has_key and _identity(before).terminal_id != identity.terminal_id:
        raise CannotProvision(
            f"this is {_identity(before).terminal_id}, with its own key: use another card or image, "
            "or give --new-key to make another terminal of it"
        )
    return identity


def _identity(data: bytes) -> Identity:
    try:
        return parse_identity(data.decode("utf-8"))
    except (UnicodeDecodeError, IdentityInvalid) as error:
        raise CannotProvision(f"terminal file: {error}; see host_tools/terminal.example.toml") from error


def _problems(identity: Identity) -> Iterator[str]:
    if not _TERMINAL_ID.fullmatch(identity.terminal_id):
        yield "terminal_id should be 2 to 32 small letters, digits and hyphens"
    if not _WARD_CODE.fullmatch(identity.ward_code):
        yield "ward_code should be five digits"
    if not (BOARDS / f"{identity.board}.toml").is_file():
        boards = ", ".join(sorted(path.stem for path in BOARDS.glob("*.toml")))
        yield f"no board {identity.board}; there is {boards}"


def _choose_board(state: State, identity: Identity) -> None:
    """A link into the program, so that after an update the board file fits the program that reads it."""
    target = str(_BOARDS_ON_TERMINAL / f"{identity.board}.toml")
    if state.link_target(BOARD_NAME) != target:
        state.link(BOARD_NAME, target)


def _check_centre(data: bytes, now: datetime, *, demo: bool) -> None:
    try:
        key = parse_centre_key(data)
    except KeyUnusable as error:
        raise CannotProvision(f"the centre's keys: {error} is not as it should be; ask the centre") from error
    if not key.is_valid_at(now):
        dates = f"from {key.not_before:%Y-%m-%d} to {key.not_after:%Y-%m-%d}, and today is {now:%Y-%m-%d}"
        raise CannotProvision(
            f"the centre's keys: key {key.key_id} is valid {dates}; ask the centre for its present key, "
            "or set this computer's date"
        )
    if key.key_id == DEMO_KEY_ID and not demo:
        raise CannotProvision("the centre's keys are a demo's; give --demo if nobody real is enrolled")


def _check_device_key(state: State) -> None:
    try:
        parse_device_key(state.read(DEVICE_KEY) or b"")
    except KeyUnusable as error:
        raise CannotProvision(
            f"{DEVICE_KEY} is there but is no key; look what it is, then give --new-key"
        ) from error


def read_file(path: Path, most_bytes: int = 1 << 20) -> bytes:
    """The contents of a file of the technician; CannotProvision when it cannot be read or is too long."""
    try:
        if path.stat().st_size > most_bytes:
            raise CannotProvision(f"{path}: more than {most_bytes} bytes; is it the right file?")
        return path.read_bytes()
    except OSError as error:
        raise CannotProvision(f"{path}: {error.strerror}; check the path") from error
