"""The sensor's library: templates in its flash, on pages counted from 0, which outlive the power."""

import struct
from dataclasses import dataclass

from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.commands import Commands

INDEX_BYTES = 32
INDEX_PAGES = 8 * INDEX_BYTES  # of the library, which one answer of READ_INDEX tells of

_PLACE = struct.Struct(">BH")
_RANGE = struct.Struct(">BHH")
_SPAN = struct.Struct(">HH")
_COUNT = struct.Struct(">H")
_FOUND = struct.Struct(">HH")


@dataclass(frozen=True, slots=True)
class Found:
    """A template of the same finger. page: where it is. score: the sensor's own, higher is more alike."""

    page: int
    score: int


class Library:
    """Templates by their pages; buffers are counted from 1."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands

    async def store(self, page: int, buffer: int = 1) -> None:
        """Keep what `buffer` holds on a page, whatever that held."""
        await self._commands.do(Instruction.STORE_TEMPLATE, _PLACE.pack(buffer, page))

    async def load(self, page: int, buffer: int = 1) -> None:
        """Bring the template of a page into `buffer`."""
        await self._commands.do(Instruction.LOAD_TEMPLATE, _PLACE.pack(buffer, page))

    async def search(self, pages: range, buffer: int = 1) -> Found | None:
        """The page among `pages` whose template is of the finger in `buffer`."""
        return await self._found(Instruction.SEARCH, pages, buffer)

    async def search_fast(self, pages: range, buffer: int = 1) -> Found | None:
        """The same, sooner, and surer to miss a bad template."""
        return await self._found(Instruction.SEARCH_FAST, pages, buffer)

    async def delete(self, pages: range) -> None:
        """Empty these pages."""
        await self._commands.do(Instruction.DELETE_TEMPLATES, _SPAN.pack(pages.start, len(pages)))

    async def empty(self) -> None:
        """Empty all pages."""
        await self._commands.do(Instruction.EMPTY_LIBRARY)

    async def count(self) -> int:
        """How many pages hold a template."""
        return _COUNT.unpack(await self._commands.do(Instruction.COUNT_TEMPLATES, result_bytes=_COUNT.size))[
            0
        ]

    async def held_pages(self, index: int = 0) -> frozenset[int]:
        """The pages that hold a template, among the INDEX_PAGES of this part of the index."""
        bits = await self._commands.do(Instruction.READ_INDEX, bytes([index]), result_bytes=INDEX_BYTES)
        held = int.from_bytes(bits, "little")
        return frozenset(index * INDEX_PAGES + page for page in range(INDEX_PAGES) if held >> page & 1)

    async def _found(self, instruction: Instruction, pages: range, buffer: int) -> Found | None:
        reply = await self._commands.try_to(
            instruction,
            _RANGE.pack(buffer, pages.start, len(pages)),
            result_bytes=_FOUND.size,
            unless={Confirmation.NOT_FOUND},
        )
        return Found(*_FOUND.unpack(reply.results)) if reply.confirmation == Confirmation.OK else None
