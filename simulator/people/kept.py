"""Invented pictures kept on disk, shared by processes: whole or not at all, and no more than a limit."""

import contextlib
import os
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

FASTEST = (cv2.IMWRITE_PNG_COMPRESSION, 1)


def read(file: Path) -> NDArray[np.uint8] | None:
    """The picture with all its channels; None when there is none that can be read."""
    try:
        coded = np.frombuffer(file.read_bytes(), np.uint8)
    except OSError:
        return None
    picture = cv2.imdecode(coded, cv2.IMREAD_UNCHANGED) if coded.size else None
    return None if picture is None else picture.astype(np.uint8, copy=False)


def keep(file: Path, picture: NDArray[np.uint8], most_files: int) -> None:
    """Write a PNG; the oldest of too many go. Without a disk it is only slower the next time."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        _make_room(file.parent, most_files)
        unfinished = file.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(cv2.imencode(".png", picture, FASTEST)[1].tobytes())
        unfinished.replace(file)


def _make_room(folder: Path, most_files: int) -> None:
    """Entries may vanish meanwhile: another process makes room too."""
    written: list[tuple[float, Path]] = []
    for path in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            written.append((path.stat().st_mtime, path))
    for _, path in sorted(written)[: max(0, len(written) - most_files + 1)]:
        path.unlink(missing_ok=True)
