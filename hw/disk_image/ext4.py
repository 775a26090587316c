"""ext4 file systems in files: made from a tree, read, and written to, without mounting and without root.

debugfs reports most of its failures in words only, so whoever writes reads back.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hw.disk_image.tools import EPOCH, ToolFailed, run

_TIMES = ("atime", "ctime", "mtime", "crtime")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may do what with a file or folder. mode: permission bits, also set-group-id."""

    mode: int
    uid: int = 0
    gid: int = 0


def make_ext4(file: Path, tree: Path, size: int, uuid: str, label: str, access: Mapping[str, Access]) -> None:
    """A file system of `size` bytes with everything below `tree`; equal trees make equal bytes.

    access: of the paths it names, as they are seen in the file system; what else belongs to the builder
    belongs to root.
    """
    seed = f"hash_seed={uuid},root_owner=0:0,nodiscard"
    words = ("mke2fs", "-q", "-F", "-t", "ext4", "-m", "0", "-d", tree, "-U", uuid, "-L", label, "-E", seed)
    run((*words, file, f"{size // 1024}k"))
    lines = [f"set_current_time @{EPOCH}"]
    for path in ("/", "/lost+found", *_paths(tree)):
        lines.extend(_inode_lines(path, tree, access))
    _debug(file, lines)


def _paths(tree: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(tree):
        folders.sort()
        for name in sorted((*folders, *files)):
            yield "/" + str((Path(folder) / name).relative_to(tree))


def _inode_lines(path: str, tree: Path, access: Mapping[str, Access]) -> Iterator[str]:
    for name in _TIMES:
        yield f'sif "{path}" {name} @{EPOCH}'
    if path in access:
        yield from _access_lines(path, stat.S_IFDIR, access[path])
    elif path != "/lost+found":
        found = (tree / path[1:]).lstat()
        yield f'sif "{path}" uid {_owner(found.st_uid, os.getuid())}'
        yield f'sif "{path}" gid {_owner(found.st_gid, os.getgid())}'


def _owner(found: int, builder: int) -> int:
    return 0 if found == builder else found


def _access_lines(path: str, kind: int, access: Access) -> Iterator[str]:
    yield f'sif "{path}" mode 0{kind | access.mode:o}'
    yield f'sif "{path}" uid {access.uid}'
    yield f'sif "{path}" gid {access.gid}'


@dataclass(frozen=True, slots=True)
class Ext4:
    """A file system inside a larger file. offset: where it begins, in bytes."""

    file: Path
    offset: int = 0

    def read(self, path: str) -> bytes | None:
        """The contents of a file, or None when there is none."""
        if b"Type: regular" not in self._ask(f'stat "{path}"'):
            return None
        return self._ask(f'cat "{path}"')

    def link_target(self, path: str) -> str | None:
        """Where a symbolic link leads, or None when there is none."""
        for line in self._ask(f'stat "{path}"').decode(errors="replace").splitlines():
            if line.startswith("Fast link dest:"):
                return line.split('"')[1]
        return None

    def write(self, path: str, data: bytes, access: Access) -> None:
        """Make or replace a file. The bytes go by memory, never by a file in between."""
        memory = os.memfd_create("contents")
        try:
            os.write(memory, data)
            os.lseek(memory, 0, os.SEEK_SET)
            lines = [f'rm "{path}"', f'write /proc/self/fd/{memory} "{path}"']
            _debug(self._address, [*lines, *_access_lines(path, stat.S_IFREG, access)], (memory,))
        finally:
            os.close(memory)
        if self.read(path) != data:
            raise ToolFailed(f"{self.file}: {path} was not written; is the partition full?")

    def link(self, path: str, target: str) -> None:
        """Make or replace a symbolic link."""
        _debug(self._address, [f'rm "{path}"', f'symlink "{path}" "{target}"'])
        if self.link_target(path) != target:
            raise ToolFailed(f"{self.file}: {path} was not linked; is the partition full?")

    @property
    def _address(self) -> str:
        return f"{self.file}?offset={self.offset}" if self.offset else str(self.file)

    def _ask(self, request: str) -> bytes:
        return run(("debugfs", "-R", request, self._address))


def _debug(address: str | Path, lines: list[str], descriptors: tuple[int, ...] = ()) -> None:
    run(("debugfs", "-w", "-f", "-", address), "\n".join((*lines, "")).encode(), descriptors)
