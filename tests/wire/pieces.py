"""A line that hands over what it has in pieces of any size."""

from collections.abc import Iterator

from hw.wire.line import ByteLine


class InPieces:
    """A ByteLine around another; each read gives at most the next of `sizes`."""

    def __init__(self, line: ByteLine, sizes: Iterator[int]) -> None:
        self._line = line
        self._sizes = sizes
        self._held = b""

    async def write(self, data: bytes, *, timeout_s: float) -> None:
        await self._line.write(data, timeout_s=timeout_s)

    async def read_some(self, *, timeout_s: float) -> bytes:
        self._held = self._held or await self._line.read_some(timeout_s=timeout_s)
        size = next(self._sizes)
        piece, self._held = self._held[:size], self._held[size:]
        return piece

    def set_baud(self, baud: int) -> None:
        self._line.set_baud(baud)

    def discard_input(self) -> None:
        self._held = b""
        self._line.discard_input()

    def close(self) -> None:
        self._line.close()
