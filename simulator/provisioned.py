"""The state folder of a simulated terminal, provisioned by the technician's tool, and the centre's keys."""

import re
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from firmware.clock import SystemClock
from firmware.identity import IDENTITY_NAME
from firmware.sealing.keys import CENTRE_KEY_NAME
from host_tools.attendants import Pin
from host_tools.keys import CENTRE_PRIVATE_NAME, make_demo_keys, read_centre_key
from host_tools.provisioning import Wishes, provision_state
from host_tools.state import FolderState
from simulator.citizen import DEMO_PIN
from simulator.scenario import TerminalSetting

ATTENDANT = "demo-attendant"
EXPIRED = "2021-01-01T00:00:00Z"
TERMINAL = b"""terminal_id = "demo-1"
ward_code = "00004"
role = "fixed"
team = "demo"
campaign = "demo"
board = "terminal_a"
site = { kind = "ward_office", address = "simulated" }
"""


def provision(state: Path, centre: Path, setting: TerminalSetting) -> X25519PrivateKey:
    """Keys, identity and one attendant below `state`; the centre's private key, which is kept in `centre`.

    Keys that are there already stay, so that older records can still be opened.
    """
    keys = state / "keys"
    if not (keys / CENTRE_KEY_NAME).exists():
        make_demo_keys(centre, keys)
    wishes = Wishes(terminal=TERMINAL, pins=(Pin(ATTENDANT, DEMO_PIN),))
    provision_state(FolderState(state), wishes, SystemClock().now())
    _spoil(state, setting)
    return read_centre_key(centre / CENTRE_PRIVATE_NAME)


def _spoil(state: Path, setting: TerminalSetting) -> None:
    """What a careless hand may have done since."""
    _set(state / IDENTITY_NAME, "ward_code", f'"{setting.ward_code}"')
    if setting.centre_key == "expired":
        _set(state / "keys" / CENTRE_KEY_NAME, "not_after", EXPIRED)


def _set(file: Path, key: str, value: str) -> None:
    text = re.sub(rf"{key} = .*", f"{key} = {value}", file.read_text("utf-8"))
    file.write_text(text, "utf-8")
