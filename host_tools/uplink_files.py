"""The uplink's settings and the certificates that they name, as files of the state folder."""

import tomllib
from pathlib import Path

from firmware.uplink.settings import UplinkFileInvalid, load_uplink
from host_tools.provisioning import CannotProvision, read_file
from hw.disk_image.access import state_files

UPLINK_NAME = "uplink.toml"


def read_uplink_files(path: Path) -> tuple[tuple[str, bytes], ...]:
    """The settings at `path` and the files of their table `tls`, by their names in the state folder."""
    contents = read_file(path)
    try:
        load_uplink(path)
    except UplinkFileInvalid as error:
        raise CannotProvision(str(error)) from error
    names = [str(name) for name in tomllib.loads(contents.decode("utf-8")).get("tls", {}).values()]
    known = [name for name in names if name in state_files()]
    if known != names:
        raise CannotProvision(f"{path}: tls: a terminal keeps keys/ca.pem, keys/tls.pem and keys/tls-key.pem")
    return (UPLINK_NAME, contents), *((name, read_file(path.parent / name)) for name in known)
