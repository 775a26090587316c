"""A terminal's state folder, in place or on a card image: where provisioning writes."""

import grp
import os
import pwd
from pathlib import Path
from typing import Protocol

from firmware.outbox.disk import PosixDisk, write_durably
from hw.disk_image.access import state_files, state_owners
from hw.disk_image.ext4 import Access, Ext4
from hw.disk_image.manifest import write_manifest
from hw.disk_image.table import partition_offset

_PRIVATE = Access(0o600)
_PARTITION, _FOLDER = "persistent", "/tram"


class State(Protocol):
    """What provisioning needs of a state folder. Names are paths in it."""

    def read(self, name: str) -> bytes | None:
        """A file's contents, None without one."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Make or replace a file, with the owner and mode that the terminal gives it."""
        ...

    def link_target(self, name: str) -> str | None:
        """Where a symbolic link leads, None without one."""
        ...

    def link(self, name: str, target: str) -> None:
        """Make or replace a symbolic link."""
        ...

    def finish(self) -> None:
        """Done: whatever depends on the contents is brought up to date."""
        ...


class FolderState:
    """The state folder itself. Owners are given where this machine knows them: on the terminal, as root."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        path, access = self._folder / name, _access(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(PosixDisk(), path, data)
        path.chmod(access.mode)
        _give_away(path, access)

    def link_target(self, name: str) -> str | None:
        path = self._folder / name
        return str(path.readlink()) if path.is_symlink() else None

    def link(self, name: str, target: str) -> None:
        path = self._folder / name
        partial = path.with_name(f"{path.name}.partial")
        partial.unlink(missing_ok=True)
        partial.symlink_to(target)
        partial.rename(path)
        PosixDisk().sync_folder(self._folder)

    def finish(self) -> None:
        """Nothing else depends on it."""


class ImageState:
    """The state folder on a card image that is not mounted. Afterwards the image holds a secret: 0600."""

    def __init__(self, image: Path) -> None:
        """TableUnreadable when `image` is none."""
        self._image = image
        self._system = Ext4(image, partition_offset(image, _PARTITION))

    def read(self, name: str) -> bytes | None:
        return self._system.read(f"{_FOLDER}/{name}")

    def write(self, name: str, data: bytes) -> None:
        self._image.chmod(0o600)
        self._system.write(f"{_FOLDER}/{name}", data, _access(name))

    def link_target(self, name: str) -> str | None:
        return self._system.link_target(f"{_FOLDER}/{name}")

    def link(self, name: str, target: str) -> None:
        self._system.link(f"{_FOLDER}/{name}", target)

    def finish(self) -> None:
        write_manifest(self._image)


def _access(name: str) -> Access:
    return state_files().get(name, _PRIVATE)


def _give_away(path: Path, access: Access) -> None:
    """Give a file to its user and group when they are known here by the terminal's names."""
    user, group = state_owners(access)
    try:
        numbers = pwd.getpwnam(user).pw_uid, grp.getgrnam(group).gr_gid
    except KeyError:
        return
    if os.geteuid() == 0:
        os.chown(path, *numbers)
