"""A disk that remembers what became durable when, and every state in which a power cut may leave it.

The model is the worst that POSIX allows: a name that was not synced may be there or not, each independently
of the others; a move is there whole or not at all; a file that is being written holds any part of its bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

from firmware.outbox.disk import PosixDisk


@dataclass(eq=False)
class FileNode:
    """A file, whatever its name is."""

    data: bytes


@dataclass(eq=False)
class FolderNode:
    """A folder, whatever its name is, with the entries that the running system sees."""

    entries: dict[str, "Node"] = field(default_factory=dict["str", "Node"])


Node = FileNode | FolderNode


@dataclass(frozen=True)
class Change:
    """One name in one folder: now of `node`, or gone."""

    folder: FolderNode
    name: str
    node: Node | None


@dataclass(frozen=True)
class Operation:
    """Changes that a disk keeps together or loses together."""

    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Sync:
    """The names in a folder have become durable."""

    folder: FolderNode


Event = Operation | Sync


class RecordingDisk:
    """Works on a real folder and records what a power cut could take back.

    deaf_to: name of a folder whose sync is not noted, to see that the model notices.
    """

    def __init__(self, root: Path, deaf_to: str | None = None) -> None:
        self.events: list[Event] = []
        self._root = root
        self._deaf_to = deaf_to
        self._tree = _read(root)
        self._before = snapshot(self._tree)
        self._disk = PosixDisk()

    def make_folder(self, path: Path) -> None:
        self._disk.make_folder(path)
        self._change((path, FolderNode()))

    def write(self, path: Path, data: bytes) -> None:
        self._disk.write(path, data)
        self._change((path, FileNode(data)))

    def rename(self, old: Path, new: Path) -> None:
        self._disk.rename(old, new)
        node = self._folder(old.parent).entries[old.name]
        self._change((old, None), (new, node))

    def remove(self, path: Path) -> None:
        self._disk.remove(path)
        self._change((path, None))

    def sync_folder(self, path: Path) -> None:
        self._disk.sync_folder(path)
        if path.name != self._deaf_to:
            self.events.append(Sync(self._folder(path)))

    def cuts(self) -> Iterator[tuple[int, "Survivor"]]:
        """Every state that a cut may leave, each once, with how many events may be over at most before it."""
        states = dict[frozenset[tuple[str, bytes | None]], tuple[int, Survivor]]()
        for done in range(len(self.events) + 1):
            for events in _endings(self.events, done):
                for state in _survivors(self._before, self._tree, events):
                    states[frozenset(state.paths())] = done, state
        yield from states.values()

    def _change(self, *named: tuple[Path, Node | None]) -> None:
        changes = tuple(Change(self._folder(path.parent), path.name, node) for path, node in named)
        self.events.append(Operation(changes))
        for change in changes:
            _apply(change.folder.entries, change)

    def _folder(self, path: Path) -> FolderNode:
        node: Node = self._tree
        for name in path.relative_to(self._root).parts:
            assert isinstance(node, FolderNode)
            node = node.entries[name]
        assert isinstance(node, FolderNode)
        return node


Entries = dict[FolderNode, dict[str, Node]]


@dataclass(frozen=True)
class Survivor:
    """What a disk holds after a power cut."""

    root: FolderNode
    entries: Entries

    def write_to(self, root: Path) -> None:
        """Make the same files and folders at `root`."""
        for path, data in self.paths():
            if data is None:
                (root / path).mkdir()
            else:
                (root / path).write_bytes(data)

    def paths(self) -> Iterator[tuple[str, bytes | None]]:
        """Every file with its bytes and every folder with None, a folder before what is in it."""
        yield from self._paths(self.root, ".")

    def _paths(self, folder: FolderNode, path: str) -> Iterator[tuple[str, bytes | None]]:
        yield path, None
        for name, node in self.entries.get(folder, {}).items():
            match node:
                case FileNode(data):
                    yield f"{path}/{name}", data
                case FolderNode():
                    yield from self._paths(node, f"{path}/{name}")


def snapshot(folder: FolderNode) -> Entries:
    """The entries of a folder and of all below it."""
    entries: Entries = {folder: dict(folder.entries)}
    for node in folder.entries.values():
        if isinstance(node, FolderNode):
            entries.update(snapshot(node))
    return entries


def _read(path: Path) -> FolderNode:
    return FolderNode(
        {each.name: _read(each) if each.is_dir() else FileNode(each.read_bytes()) for each in path.iterdir()}
    )


def _apply(entries: dict[str, Node], change: Change) -> None:
    if change.node is None:
        entries.pop(change.name, None)
    else:
        entries[change.name] = change.node


def _endings(events: list[Event], done: int) -> Iterator[list[Event]]:
    """The first `done` events; and, when the next one writes a file, these and half of that file."""
    yield events[:done]
    match events[done : done + 1]:
        case [Operation(changes=(Change(node=FileNode(data)) as change,))]:
            for part in (0, len(data) // 2):
                torn = replace(change, node=FileNode(data[:part]))
                yield [*events[:done], Operation((torn,))]
        case _:
            pass


def _survivors(before: Entries, root: FolderNode, events: list[Event]) -> Iterator[Survivor]:
    operations = [(place, event) for place, event in enumerate(events) if isinstance(event, Operation)]
    unsure = [place for place, event in operations if not _is_certain(event, events[place:])]
    for choice in product((True, False), repeat=len(unsure)):
        lost = {place for place, is_kept in zip(unsure, choice, strict=True) if not is_kept}
        yield Survivor(
            root, _entries_after(before, [event for place, event in operations if place not in lost])
        )


def _is_certain(operation: Operation, later: list[Event]) -> bool:
    synced = {event.folder for event in later if isinstance(event, Sync)}
    return all(change.folder in synced for change in operation.changes)


def _entries_after(before: Entries, operations: list[Operation]) -> Entries:
    entries = {folder: dict(names) for folder, names in before.items()}
    for operation in operations:
        for change in operation.changes:
            _apply(entries.setdefault(change.folder, {}), change)
    return entries
