"""Who this terminal is: what provisioning wrote, and the version of the software."""

import tomllib
from pathlib import Path

from firmware.records.record import Site

SOFTWARE = "tram 0.1.0"
UNKNOWN = Site(ward_code="", terminal_id="")


def load_site(path: Path) -> Site:
    """Ward and terminal of an identity file; without one an unknown site, which no record is saved with."""
    if not path.exists():
        return UNKNOWN
    table = tomllib.loads(path.read_text("utf-8"))
    return Site(ward_code=str(table["ward_code"]), terminal_id=str(table["terminal_id"]))
