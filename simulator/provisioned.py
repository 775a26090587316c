"""The state folder of a simulated terminal, as provisioning leaves it, and the centre's side of its keys."""

import re
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from firmware.sealing.keys import CENTRE_KEY_NAME
from firmware.visit.attendants import pin_hash
from host_tools.keys import CENTRE_PRIVATE_NAME, make_demo_keys, read_centre_key
from simulator.citizen import DEMO_PIN
from simulator.scenario import TerminalSetting

ATTENDANT = "demo-attendant"
SALT = b"salt of the demo"
EXPIRED = "2021-01-01T00:00:00Z"


def provision(state: Path, centre: Path, setting: TerminalSetting) -> X25519PrivateKey:
    """Keys, identity and one attendant below `state`; the centre's private key, which is kept in `centre`.

    Keys that are there already stay, so that older records can still be opened.
    """
    keys = state / "keys"
    if not (keys / CENTRE_KEY_NAME).exists():
        make_demo_keys(centre, keys)
    if setting.centre_key == "expired":
        _expire(keys / CENTRE_KEY_NAME)
    identity = f'ward_code = "{setting.ward_code}"\nterminal_id = "demo-1"\n'
    (state / "identity.toml").write_text(identity, "utf-8")
    hashed = pin_hash(DEMO_PIN, SALT).hex()
    attendants = f'[{ATTENDANT}]\nsalt = "{SALT.hex()}"\npin_hash = "{hashed}"\n'
    (state / "attendants.toml").write_text(attendants, "utf-8")
    return read_centre_key(centre / CENTRE_PRIVATE_NAME)


def _expire(file: Path) -> None:
    text = re.sub(r"not_after = .*", f"not_after = {EXPIRED}", file.read_text("utf-8"))
    file.write_text(text, "utf-8")
