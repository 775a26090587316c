"""A line whose far end expects bytes that were typed from a data sheet, and answers such bytes."""

import asyncio
from collections import deque
from collections.abc import Iterable

HEADER_AND_ADDRESS = "EF01 FFFFFFFF"


def wire(*packets: str) -> bytes:
    """Packets in hexadecimal, each from its kind to its sum, as they go over the wire."""
    return b"".join(bytes.fromhex(f"{HEADER_AND_ADDRESS} {packet}") for packet in packets)


class ScriptedLine:
    """A ByteLine for one exchange of (question, answer) after the other; heard: all that was written."""

    def __init__(self, exchanges: Iterable[tuple[bytes, bytes]]) -> None:
        self._exchanges = deque(exchanges)
        self._waiting = b""
        self.heard: list[bytes] = []

    @property
    def is_over(self) -> bool:
        return not self._exchanges and not self._waiting

    async def write(self, data: bytes, *, timeout_s: float) -> None:
        self.heard.append(data)
        if self._exchanges and self._exchanges[0][0] == data:
            self._waiting += self._exchanges.popleft()[1]

    async def read_some(self, *, timeout_s: float) -> bytes:
        if not self._waiting:
            await asyncio.sleep(timeout_s)
        data, self._waiting = self._waiting, b""
        return data

    def set_baud(self, baud: int) -> None:
        pass

    def discard_input(self) -> None:
        self._waiting = b""

    def close(self) -> None:
        pass
