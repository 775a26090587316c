"""Owners and modes of the state folder, read from the files that set them on the terminal."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from hw.disk_image.ext4 import Access
from hw.disk_image.layout import HERE

ROOTFS = HERE / "rootfs"
STATE = "/var/lib/tram"
_USERS = ROOTFS / "etc/sysusers.d/tram.conf"
_MODES = ROOTFS / "etc/tmpfiles.d/tram.conf"


def state_folders() -> Mapping[str, Access]:
    """The folders below the state folder by their path in it; "" is the state folder itself."""
    return {path: access for kind, path, access in _entries() if kind == "d"}


def state_files() -> Mapping[str, Access]:
    """The files that provisioning may put there, by their path in the state folder."""
    return {path: access for kind, path, access in _entries() if kind == "z"}


def state_owners(access: Access) -> tuple[str, str]:
    """The names of the user and the group."""
    names = {number: name for name, number in _numbers().items()}
    return names[access.uid], names[access.gid]


def _entries() -> Iterator[tuple[str, str, Access]]:
    numbers = _numbers()
    for kind, path, mode, user, group in _lines(_MODES):
        access = Access(int(mode, 8), numbers[user], numbers[group])
        yield kind, path.removeprefix(STATE).removeprefix("/"), access


def _numbers() -> Mapping[str, int]:
    """The fixed number of each user, which is its group's too, and of each group that stands alone."""
    own = {words[1]: int(words[2].partition(":")[0]) for words in _lines(_USERS) if words[0] in "ug"}
    return {"root": 0, **own}


def _lines(file: Path) -> Iterator[list[str]]:
    for line in file.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()
