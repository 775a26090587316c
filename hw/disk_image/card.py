"""Puts a card together: a file system for each partition, then all of them behind one partition table."""

import shutil
from pathlib import Path

from hw.disk_image.access import state_folders
from hw.disk_image.ext4 import Access, make_ext4
from hw.disk_image.layout import SLOTS, FileSystem, Layout, Partition, Size
from hw.disk_image.manifest import write_manifest
from hw.disk_image.staging import Parts, stage_boot, stage_bootconfig, stage_persistent, stage_system
from hw.disk_image.tools import run
from hw.disk_image.vfat import make_vfat

IMAGE_NAME = "tram.img"
ALIGNMENT = "4M"  # no partition shares an erase block of the card with another
_LINUX, _FAT = "0fc63daf-8483-4772-8e79-3d69d8477de4", "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7"
_TYPES = {FileSystem.EXT4: _LINUX, FileSystem.VFAT: _FAT}


def build_image(parts: Parts, layout: Layout, size: Size, folder: Path) -> Path:
    """Build `tram.img` and its manifest in `folder`; the image's path. Equal parts make equal bytes."""
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    trees = work / "trees"
    trees.mkdir(parents=True)
    _stage(trees, parts, layout)
    for partition in layout.partition:
        _make(work / partition.file_name, trees, partition, size)
    _put_together(work, layout, folder)
    shutil.rmtree(work)
    write_manifest(folder / IMAGE_NAME)
    return folder / IMAGE_NAME


def _stage(trees: Path, parts: Parts, layout: Layout) -> None:
    stage_system(trees / "system", parts)
    stage_bootconfig(trees / "bootconfig")
    stage_persistent(trees / "persistent")
    for slot in SLOTS:
        stage_boot(trees / f"boot_{slot}", trees / "system", slot, layout)
        (trees / f"system_{slot}").symlink_to("system")


def _make(file: Path, trees: Path, partition: Partition, size: Size) -> None:
    tree, room = (trees / partition.name).resolve(), partition.bytes_on(size)
    if partition.filesystem is FileSystem.VFAT:
        make_vfat(file, tree, room, partition.uuid, partition.name)
    else:
        access = _persistent_access() if partition.name == "persistent" else {}
        make_ext4(file, tree, room, partition.uuid, partition.name, access)


def _persistent_access() -> dict[str, Access]:
    return {f"/tram/{path}".rstrip("/"): access for path, access in state_folders().items()}


def _put_together(work: Path, layout: Layout, folder: Path) -> None:
    for name in ("empty", "scratch"):
        (work / name).mkdir()
    (work / "card.cfg").write_text(_configuration(layout), "utf-8")
    words = (
        "--inputpath",
        work,
        "--outputpath",
        folder,
        "--rootpath",
        work / "empty",
        "--tmppath",
        work / "scratch",
    )
    run(("genimage", "--config", work / "card.cfg", *words))


def _configuration(layout: Layout) -> str:
    """What genimage is asked for."""
    partitions = "".join(
        _section(
            f"partition {each.name}",
            {
                "image": each.file_name,
                "partition-uuid": each.uuid,
                "partition-type-uuid": _TYPES[each.filesystem],
            },
        )
        for each in layout.partition
    )
    table = {"partition-table-type": "gpt", "align": ALIGNMENT, "disk-uuid": layout.disk_uuid}
    return f"image {IMAGE_NAME} {{\n{_section('hdimage', table)}{partitions}}}\n"


def _section(title: str, values: dict[str, str]) -> str:
    lines = "".join(f'    {name} = "{value}"\n' for name, value in values.items())
    return f"  {title} {{\n{lines}  }}\n"
