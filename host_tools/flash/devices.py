"""The block devices of this machine, and which of them may be overwritten.

Everything is read below a given root, /sys and /proc of the machine or a tree of a test:

    sys/block/NAME         one disk: size in 512 bytes, removable, ro, device/{model,vendor,name,serial,type}
    sys/block/NAME/NAMEn   its partitions; holders/ of both name what stands on them (dm-0, md0)
    proc/self/mountinfo    third column: major:minor of what is mounted; after " - " its kind and source
    proc/swaps             first column: what is swapped to
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SECTOR_BYTES = 512  # the unit of sys/block/*/size, whatever the disk's own sectors are
LARGEST_FACT_BYTES = 4096  # an attribute of sysfs is at most a page


@dataclass(frozen=True, slots=True)
class BlockDevice:
    """One disk, card or loop device.

    is_removable: a card, or anything behind USB. uses: what this machine uses it for, in words.
    """

    name: str
    size_bytes: int
    model: str
    serial: str
    is_removable: bool
    is_loop: bool
    is_read_only: bool
    uses: tuple[str, ...]

    @property
    def path(self) -> Path:
        """Where it is opened."""
        return Path("/dev") / self.name


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a device may not be overwritten, and what to do about it."""

    reason: str
    hint: str


def refusal(device: BlockDevice, *, fixed_is_allowed: bool = False) -> Refused | None:
    """Why `device` may not be overwritten; None when it may. What is in use never may."""
    if device.uses:
        return Refused(
            ", ".join(device.uses), "unmount it first, if it is a card and not this computer's disk"
        )
    if device.is_read_only:
        return Refused("it is locked against writing", "slide the lock of the card or its adapter back")
    if not (device.is_removable or device.is_loop or fixed_is_allowed):
        return Refused("it is a fixed disk", "if it truly is the terminal's disk, add --fixed-disk")
    return None


def block_devices(root: Path = Path("/")) -> list[BlockDevice]:
    """Every device that holds something, by name; empty readers and unused loop devices are left out."""
    uses = _uses(root)
    devices = [_device(folder, uses) for folder in sorted((root / "sys/block").iterdir())]
    return [device for device in devices if device.size_bytes > 0]


def _device(folder: Path, uses: dict[str, tuple[str, ...]]) -> BlockDevice:
    parts = [folder.name, *(part.name for part in _partitions(folder))]
    is_card = _fact(folder / "device/type") == "SD"
    return BlockDevice(
        name=folder.name.replace("!", "/"),  # sysfs cannot show a slash
        size_bytes=int(_fact(folder / "size") or 0) * SECTOR_BYTES,
        model=_model(folder),
        serial=_serial(folder),
        is_removable=is_card or _fact(folder / "removable") == "1" or _is_behind_usb(folder),
        is_loop=(folder / "loop").is_dir(),
        is_read_only=_fact(folder / "ro") == "1",
        uses=tuple(use for part in parts for use in uses.get(part, ())),
    )


def _partitions(folder: Path) -> Iterator[Path]:
    return (part for part in sorted(folder.iterdir()) if (part / "partition").is_file())


def _model(folder: Path) -> str:
    """What a maker calls it: SCSI and NVMe say model, a card says name, a loop device its file."""
    names = ("device/vendor", "device/model", "device/name", "loop/backing_file")
    return " ".join(fact for name in names if (fact := _fact(folder / name)))


def _serial(folder: Path) -> str:
    """The number of the device, else of the USB reader that it is in."""
    if fact := _fact(folder / "serial"):
        return fact
    device = (folder / "device").resolve()
    for each in (device, *device.parents):
        fact = _fact(each / "serial")
        if fact or (each / "idVendor").is_file():  # beyond a USB device comes its hub
            return fact
    return ""


def _is_behind_usb(folder: Path) -> bool:
    return any((each / "idVendor").is_file() for each in (folder / "device").resolve().parents)


def _uses(root: Path) -> dict[str, tuple[str, ...]]:
    """For each disk and partition in use: for what; a disk below a mapped one is in use as well."""
    names = _names_by_number(root)
    uses = dict[str, tuple[str, ...]]()
    for name, use in (*_mounts(root, names), *_swaps(root), *_holders(root)):
        uses[name] = (*uses.get(name, ()), use)
    return uses


def _names_by_number(root: Path) -> dict[str, str]:
    return {_fact(folder / "dev"): folder.name for folder in _disks_and_partitions(root)}


def _disks_and_partitions(root: Path) -> Iterator[Path]:
    for folder in sorted((root / "sys/block").iterdir()):
        yield folder
        yield from _partitions(folder)


def _mounts(root: Path, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Mounted parts; btrfs has numbers of its own, so its source is looked at as well."""
    for line in (root / "proc/self/mountinfo").read_text("utf-8", "replace").splitlines():
        facts, _, kind_and_source = line.partition(" - ")
        _, _, number, _, where, *_ = facts.split(" ")
        source = kind_and_source.split(" ")[1]
        name = names.get(number, Path(source).name if source.startswith("/dev/") else "")
        if name:
            yield name, f"{name} is mounted on {_printable(where)}"


def _swaps(root: Path) -> Iterator[tuple[str, str]]:
    file = root / "proc/swaps"
    for line in file.read_text("utf-8").splitlines()[1:] if file.is_file() else ():
        name = Path(line.split()[0]).name
        yield name, f"{name} is swapped to"


def _holders(root: Path) -> Iterator[tuple[str, str]]:
    for folder in _disks_and_partitions(root):
        for holder in sorted((folder / "holders").glob("*")):
            yield folder.name, f"{folder.name} is part of {holder.name}"


def _fact(file: Path) -> str:
    """The words in a file of sysfs; "" when there is none or it cannot be read."""
    try:
        with file.open("rb") as stream:
            return _printable(stream.read(LARGEST_FACT_BYTES).decode("utf-8", "replace").strip())
    except OSError:
        return ""


def _printable(text: str) -> str:
    """A device may call itself anything, also what would command a terminal window."""
    return "".join(each if each.isprintable() else "?" for each in text)
