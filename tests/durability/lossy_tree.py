"""Files and folders of which only what was synced outlasts a power cut: the worst that POSIX allows.

Bytes wait for an fsync of their file, names for an fsync of their folder. A move between two folders becomes
durable in both when either is synced, as in a journal; nothing is ever written back by itself.
"""

import errno
import os
from dataclasses import dataclass, field
from itertools import count


@dataclass(eq=False)
class LossyFile:
    """A file. changed: rises with each change."""

    changed: int
    data: bytearray = field(default_factory=bytearray)
    durable: bytes = b""


@dataclass(eq=False)
class LossyFolder:
    """A folder: the names that the running system sees, and those that a cut leaves."""

    changed: int
    entries: dict[str, "LossyNode"] = field(default_factory=dict[str, "LossyNode"])
    durable: dict[str, "LossyNode"] = field(default_factory=dict[str, "LossyNode"])


LossyNode = LossyFile | LossyFolder


@dataclass(frozen=True, eq=False)
class Move:
    """A renaming from one folder to another that is durable in neither."""

    node: LossyNode
    old: LossyFolder
    old_name: str
    new: LossyFolder
    new_name: str


class LossyTree:
    """Paths are absolute, as FUSE gives them; a fault is an OSError with its number."""

    def __init__(self) -> None:
        self._ticks = count(1)
        self._root = LossyFolder(0)
        self._moves: list[Move] = []

    def node(self, path: str) -> LossyNode:
        """What is at `path`."""
        node: LossyNode = self._root
        for name in filter(None, path.split("/")):
            if not isinstance(node, LossyFolder) or name not in node.entries:
                raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
            node = node.entries[name]
        return node

    def folder(self, path: str) -> LossyFolder:
        """The folder at `path`."""
        node = self.node(path)
        if not isinstance(node, LossyFolder):
            raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        return node

    def file(self, path: str) -> LossyFile:
        """The file at `path`."""
        node = self.node(path)
        if not isinstance(node, LossyFile):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
        return node

    def make_file(self, path: str) -> LossyFile:
        """A new, empty file."""
        file = LossyFile(next(self._ticks))
        self._put(path, file)
        return file

    def make_folder(self, path: str) -> None:
        """A new, empty folder."""
        self._put(path, LossyFolder(next(self._ticks)))

    def write(self, file: LossyFile, data: bytes, offset: int) -> None:
        """Change bytes of a file; not yet durable."""
        file.data[offset : offset + len(data)] = data
        file.changed = next(self._ticks)

    def truncate(self, file: LossyFile, size: int) -> None:
        """Cut a file short, or fill it up; not yet durable."""
        file.data[size:] = b""
        file.data += bytes(size - len(file.data))
        file.changed = next(self._ticks)

    def remove(self, path: str) -> None:
        """Take a file or an empty folder away; not yet durable."""
        node = self.node(path)
        if isinstance(node, LossyFolder) and node.entries:
            raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))
        parent, name = os.path.split(path)
        del self.folder(parent).entries[name]

    def rename(self, old: str, new: str) -> None:
        """Give a node another place; not yet durable."""
        node = self.node(old)
        (old_parent, old_name), (new_parent, new_name) = os.path.split(old), os.path.split(new)
        move = Move(node, self.folder(old_parent), old_name, self.folder(new_parent), new_name)
        del move.old.entries[old_name]
        move.new.entries[new_name] = node
        if move.old is not move.new:
            self._moves.append(move)

    def sync_file(self, file: LossyFile) -> None:
        """The bytes of a file are durable."""
        file.durable = bytes(file.data)

    def sync_folder(self, folder: LossyFolder) -> None:
        """The names in a folder are durable, and with them the other half of its moves."""
        for move in [move for move in self._moves if folder in (move.old, move.new)]:
            self._moves.remove(move)
            if move.old.durable.get(move.old_name) is move.node:
                del move.old.durable[move.old_name]
            move.new.durable[move.new_name] = move.node
        folder.durable = dict(folder.entries)

    def cut(self) -> None:
        """The power goes and comes back: only what was synced is there."""
        self._moves.clear()
        self._lose(self._root)

    def _lose(self, folder: LossyFolder) -> None:
        folder.entries = dict(folder.durable)
        for node in folder.entries.values():
            if isinstance(node, LossyFolder):
                self._lose(node)
            else:
                node.data = bytearray(node.durable)

    def _put(self, path: str, node: LossyNode) -> None:
        parent, name = os.path.split(path)
        entries = self.folder(parent).entries
        if name in entries:
            raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))
        entries[name] = node
