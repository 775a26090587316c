"""The partitions of a card, as `layout.toml` lists them."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hw.tables import parse_table

HERE = Path(__file__).parent
SLOTS = ("a", "b")
MIB = 1024 * 1024


class FileSystem(StrEnum):
    """What a partition is formatted with."""

    VFAT = "vfat"
    EXT4 = "ext4"


class Size(StrEnum):
    """How large a card is made: for a terminal, or just large enough to try the tools."""

    CARD = "card"
    TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class Mebibytes:
    """A partition's size on each size of card."""

    card: int
    trial: int


@dataclass(frozen=True, slots=True)
class Partition:
    """One partition. uuid: of the partition and of its file system."""

    name: str
    filesystem: FileSystem
    uuid: str
    mib: Mebibytes

    @property
    def file_name(self) -> str:
        """Name of the file that holds it until the card is put together."""
        return f"{self.name}.{self.filesystem.value}"

    def bytes_on(self, size: Size) -> int:
        """How large it is on a card of that size."""
        return MIB * (self.mib.card if size is Size.CARD else self.mib.trial)


@dataclass(frozen=True, slots=True)
class Layout:
    """A card's partitions in their order; the first has number 1."""

    disk_uuid: str
    partition: tuple[Partition, ...]

    def __getitem__(self, name: str) -> Partition:
        return next(partition for partition in self.partition if partition.name == name)


def load_layout() -> Layout:
    """The layout of `layout.toml`."""
    return parse_table(Layout, tomllib.loads((HERE / "layout.toml").read_text("utf-8")), "layout")
