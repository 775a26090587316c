"""The lamp as the stage sees it: the pins of the booth's lamp, told by datagrams."""

import asyncio
import json
import socket
from pathlib import Path
from types import TracebackType
from typing import Self

RED, GREEN, BLUE = 17, 27, 22
LONGEST_BYTES = 200


class LampListener:
    """Follows the lamp from `with` to its end."""

    def __init__(self, address: Path) -> None:
        self._address = address
        self._values = dict.fromkeys((RED, GREEN, BLUE), 0.0)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)

    @property
    def colour(self) -> list[float]:
        """Red, green, blue, each 0.0 to 1.0."""
        return list(self._values.values())

    def __enter__(self) -> Self:
        self._address.unlink(missing_ok=True)
        self._socket.bind(str(self._address))
        self._socket.setblocking(False)
        asyncio.get_running_loop().add_reader(self._socket, self._hear)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()
        self._address.unlink(missing_ok=True)

    def _hear(self) -> None:
        change = json.loads(self._socket.recv(LONGEST_BYTES))
        if change["pin"] in self._values:
            self._values[change["pin"]] = change["value"]
