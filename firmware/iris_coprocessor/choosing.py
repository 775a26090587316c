"""Which program starts, and whether it is whole; small, since it is loaded before any of them.

A folder that an update has filled lists its files with their CRC-32.
"""

import os
from binascii import crc32

TRIAL, CHOSEN, SUMS = "trial", "slot", "sums"
FOLDERS = ("slot_a", "slot_b")
CHUNK = 256


def chosen() -> tuple[str, bool, bool]:
    """The folder to start from, "" for the root; whether it is on trial; whether the chosen one was damaged.

    First one on trial, once; else the one that a terminal has greeted, if it is whole; else the cable's.
    """
    trial = said(TRIAL)
    removed(TRIAL)
    if _may_start(trial):
        return trial, True, False
    folder = said(CHOSEN)
    if _may_start(folder):
        return folder, False, trial != ""
    removed(CHOSEN)
    return "", False, trial != "" or folder != ""


def _may_start(folder: str) -> bool:
    return folder in FOLDERS and is_whole(folder)


def said(name: str) -> str:
    """What a small file holds; nothing when there is none."""
    try:
        with open(name) as file:
            return str(file.read(64)).strip()
    except OSError:
        return ""


def removed(name: str) -> None:
    """Make sure that there is no such file."""
    try:
        os.remove(name)
    except OSError:
        pass


def is_whole(folder: str) -> bool:
    """Whether every file in a folder is as it was proved."""
    lines = _lines(folder + "/" + SUMS)
    return bool(lines) and all(_is_as_proved(folder, line) for line in lines)


def _lines(name: str) -> list[str]:
    """The lines of a file; none when there is none."""
    try:
        with open(name) as file:
            return str(file.read(4096)).split("\n")[:-1]
    except OSError:
        return []


def _is_as_proved(folder: str, line: str) -> bool:
    name, _, crc = line.partition(" ")
    try:
        return str(crc_of(folder + "/" + name)) == crc
    except OSError:
        return False


def crc_of(name: str) -> int:
    """CRC-32 of a file."""
    crc = 0
    with open(name, "rb") as file:
        while True:
            data = file.read(CHUNK)
            if not data:
                return crc
            crc = crc32(data, crc)
