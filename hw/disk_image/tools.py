"""The programs that make file systems: genimage, mke2fs, debugfs, mtools. None of them mounts anything."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

EPOCH = (
    1_767_225_600  # 2026-01-01: every file of an image bears this time, so that equal input makes equal bytes
)
LIMIT_S = 3600.0  # a whole card at a slow depot's disk
_ENVIRONMENT = {
    "PATH": f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "SOURCE_DATE_EPOCH": str(EPOCH),
    "E2FSPROGS_FAKE_TIME": str(EPOCH),
    "MTOOLS_SKIP_CHECK": "1",
}


class ToolFailed(Exception):
    """A program is missing or did not do its work; the message says which and what it wrote."""


def run(words: Sequence[str | Path], given: bytes | None = None, descriptors: tuple[int, ...] = ()) -> bytes:
    """What a program writes to its standard output; ToolFailed unless it ends well.

    given: its standard input. descriptors: open files that it may use.
    """
    program = shutil.which(str(words[0]), path=_ENVIRONMENT["PATH"])
    if program is None:
        raise ToolFailed(f"{words[0]} is not installed: `make test` installs what is missing")
    ended = subprocess.run(  # noqa: S603  # no shell, and every word is ours
        [program, *map(str, words[1:])],
        input=given or b"",
        env=_ENVIRONMENT,
        capture_output=True,
        pass_fds=descriptors,
        timeout=LIMIT_S,
        check=False,
    )
    if ended.returncode != 0:
        raise ToolFailed(f"{words[0]}: {ended.stderr.decode(errors='replace').strip() or ended.returncode}")
    return ended.stdout
