"""FAT file systems in files, made from a folder with mtools."""

from pathlib import Path

from hw.disk_image.tools import run

_SECTOR = 512


def make_vfat(file: Path, tree: Path, size: int, uuid: str, label: str) -> None:
    """A file system of `size` bytes with everything in the folder `tree`; equal folders make equal bytes."""
    file.unlink(missing_ok=True)
    sectors, serial = str(size // _SECTOR), uuid[-8:]
    run(
        (
            "mformat",
            "-i",
            file,
            "-C",
            "-T",
            sectors,
            "-h",
            "64",
            "-s",
            "32",
            "-v",
            label.upper(),
            "-N",
            serial,
            "::",
        )
    )
    entries = sorted(tree.iterdir())
    if entries:
        run(("mcopy", "-i", file, "-s", "-m", *entries, "::"))


def read_vfat(file: Path, offset: int, path: str) -> bytes:
    """The contents of a file in the file system that begins at `offset` of `file`."""
    return run(("mtype", "-i", f"{file}@@{offset}", f"::{path}"))
