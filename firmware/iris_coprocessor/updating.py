"""A new program over the line, with a way back.

The bundle is one file after another: length of the name 1, name, bytes 4 (little-endian), content. It is kept
whole until its CRC-32 is proved, then unpacked into the folder that does not run. ACTIVATE lets the board
start from there once; only when a terminal greets that program is the folder chosen for good, so one that
does not start, or does not hear, is gone after the next reset. What came by cable stays in the root for ever.
"""

import os
from binascii import crc32

from choosing import CHOSEN, CHUNK, FOLDERS, SUMS, TRIAL, crc_of, is_whole, removed, said
from protocol import FAIL, RANGE, SUCCESS, WRONG_STATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

BUNDLE = "bundle"
MOST_BYTES = 131072
MOST_NAME = 32
BLOCK_BYTES = 128


def keep(folder: str) -> None:
    """A terminal has greeted the program in `folder`: from now on it is the one that starts."""
    if folder and said(CHOSEN) != folder:
        _write(CHOSEN, folder)


class Update:
    """One bundle on its way; each answer is an ACK code."""

    def __init__(self, running: str) -> None:
        self._target = FOLDERS[1] if running == FOLDERS[0] else FOLDERS[0]
        self._size = -1
        self._next = 0
        self._is_proved = False
        self.is_to_start = False

    def begin(self, size: int) -> int:
        """Forget what was there. On trial, the other folder is the way back, and is kept."""
        if not 0 < size <= MOST_BYTES:
            return RANGE
        if said(CHOSEN) == self._target:
            return WRONG_STATE
        with open(BUNDLE, "wb"):
            pass
        removed(TRIAL)
        self._size, self._next, self._is_proved = size, 0, False
        return SUCCESS

    def block(self, number: int, data: bytes) -> int:
        """Blocks come in order; all but the last are full."""
        if self._size < 0 or self._is_proved:
            return WRONG_STATE
        left = self._size - number * BLOCK_BYTES
        if number != self._next or len(data) != min(BLOCK_BYTES, left):
            return RANGE
        with open(BUNDLE, "ab") as file:
            file.write(data)
        self._next += 1
        return SUCCESS

    def verify(self, crc: int) -> int:
        """FAIL when anything is missing or differs; then it must begin anew."""
        if self._size < 0 or self._next * BLOCK_BYTES < self._size:
            return WRONG_STATE
        size, self._size = self._size, -1
        if crc_of(BUNDLE) != crc:
            return FAIL
        self._is_proved = self._unpacked(size)
        return SUCCESS if self._is_proved else FAIL

    def activate(self) -> int:
        """Start it once, on trial."""
        if not self._is_proved:
            return WRONG_STATE
        _write(TRIAL, self._target)
        removed(BUNDLE)
        self.is_to_start = True
        return SUCCESS

    def _unpacked(self, size: int) -> bool:
        _emptied(self._target)
        sums = ""
        with open(BUNDLE, "rb") as bundle:
            while size > 0:
                name = _name_in(bundle)
                length = int.from_bytes(bundle.read(4), "little")
                size -= 5 + len(name) + length
                if not name or size < 0:
                    return False
                sums += name + " " + str(_copied(bundle, self._target + "/" + name, length)) + "\n"
        _write(self._target + "/" + SUMS, sums)
        return is_whole(self._target)


def _name_in(bundle: "BinaryIO") -> str:
    """A plain name of a module, or nothing: none that could leave its folder."""
    length = bundle.read(1)[0]
    name = bundle.read(length)
    if not 5 <= length <= MOST_NAME or name[-4:] != b".mpy":
        return ""
    if all(97 <= each <= 122 or 48 <= each <= 57 or each == 95 for each in name[:-4]):
        return name.decode()
    return ""


def _copied(source: "BinaryIO", name: str, length: int) -> int:
    """Copy so many bytes into a new file; their CRC-32."""
    crc = 0
    with open(name, "wb") as file:
        while length > 0:
            data = source.read(min(CHUNK, length))
            if not data:
                return -1
            file.write(data)
            crc = crc32(data, crc)
            length -= len(data)
    return crc


def _emptied(folder: str) -> None:
    if folder not in os.listdir():
        os.mkdir(folder)
    for name in os.listdir(folder):
        os.remove(folder + "/" + name)


def _write(name: str, text: str) -> None:
    with open(name, "w") as file:
        file.write(text)
