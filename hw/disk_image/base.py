"""The tree that a system begins with: a Raspberry Pi OS, or a stand-in for trying the tools."""

from pathlib import Path

from hw.disk_image.tools import run

_NEEDED = ("etc/os-release", "boot/firmware/config.txt", "sbin/init", "usr/bin/python3")


class BaseUnusable(Exception):
    """A base tree lacks what a terminal needs; the message says what."""


def copy_base(base: Path | None, tree: Path) -> None:
    """Put the base tree, or the stand-in for it, where the system is staged; owners and links are kept."""
    if base is None:
        _make_stand_in(tree)
        return
    missing = [name for name in _NEEDED if not (base / name).exists() and not (base / name).is_symlink()]
    if missing:
        raise BaseUnusable(f"{base}: no {', '.join(missing)}; give the root of a Raspberry Pi OS (arm64)")
    tree.mkdir()
    run(("cp", "--archive", "--reflink=auto", f"{base}/.", tree))


def _make_stand_in(tree: Path) -> None:
    """Every path that a terminal needs, without what would run: it boots nothing."""
    for name in _NEEDED:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("# stand-in: boots nothing\n", "utf-8")
    (tree / "etc/os-release").write_text('ID=tram-stand-in\nPRETTY_NAME="stand-in, boots nothing"\n', "utf-8")
    (tree / "boot/firmware/kernel_2712.img").write_text("stand-in\n", "utf-8")
    for name in ("dev", "home", "persistent", "proc", "run", "sys", "tmp", "var/lib/tram"):
        (tree / name).mkdir(parents=True)
