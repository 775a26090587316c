"""What a state folder holds, said without its secrets."""

import tomllib

from firmware.identity import IDENTITY_NAME, Identity, IdentityInvalid, parse_identity
from firmware.sealing.keys import CentreKey, KeyUnusable, parse_centre_key, parse_device_key
from firmware.visit.attendants import Attendant, parse_attendants
from host_tools.attendants import ATTENDANTS_NAME
from host_tools.keys import public_pem
from host_tools.provisioning import CENTRE_KEY, DEMO_KEY_ID, DEVICE_KEY
from host_tools.state import State
from host_tools.uplink_files import UPLINK_NAME

MISSING = "missing"
NO_UPLINK = "none: records stay on the terminal"


def summary(state: State) -> list[tuple[str, str]]:
    """Name and value of each fact; MISSING where a terminal cannot do without."""
    identity = _identity(state)
    facts = _identity_facts(identity) if identity else [("identity", MISSING)]
    uplink = state.read(UPLINK_NAME)
    return [
        *facts,
        ("device key", _device_key(state)),
        ("centre key", _centre_key(state)),
        ("attendants", ", ".join(each.identity for each in _attendants(state)) or MISSING),
        ("uplink", NO_UPLINK if uplink is None else str(tomllib.loads(uplink.decode("utf-8"))["base_url"])),
    ]


def public_key_of(state: State) -> tuple[str, bytes] | None:
    """Terminal and public device key as PEM, or None when either is missing."""
    identity, pem = _identity(state), state.read(DEVICE_KEY)
    if identity is None or pem is None:
        return None
    return identity.terminal_id, public_pem(parse_device_key(pem))


def _identity(state: State) -> Identity | None:
    try:
        return parse_identity((state.read(IDENTITY_NAME) or b"").decode("utf-8"))
    except (UnicodeDecodeError, IdentityInvalid):
        return None


def _identity_facts(identity: Identity) -> list[tuple[str, str]]:
    return [
        ("terminal", identity.terminal_id),
        ("ward", identity.ward_code),
        ("role", f"{identity.role}, team {identity.team}, campaign {identity.campaign}"),
        ("site", f"{identity.site.kind}: {identity.site.address}"),
        ("board", identity.board),
    ]


def _device_key(state: State) -> str:
    """The beginning of the public half, as `record` shows it."""
    try:
        return parse_device_key(state.read(DEVICE_KEY) or b"").public_key().public_bytes_raw().hex()[:16]
    except KeyUnusable:
        return MISSING


def _centre_key(state: State) -> str:
    try:
        key = parse_centre_key(state.read(CENTRE_KEY) or b"")
    except KeyUnusable:
        return MISSING
    return f"{key.key_id}, {key.not_before:%Y-%m-%d} to {key.not_after:%Y-%m-%d}{_demo_mark(key)}"


def _demo_mark(key: CentreKey) -> str:
    return ": A DEMO, nobody real may be enrolled" if key.key_id == DEMO_KEY_ID else ""


def _attendants(state: State) -> tuple[Attendant, ...]:
    return parse_attendants((state.read(ATTENDANTS_NAME) or b"").decode("utf-8"))
