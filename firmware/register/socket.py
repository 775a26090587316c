"""Sealed requests to the uplink over its Unix socket, one connection each."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from firmware.register.protocol import REPLY_HEAD, Reply, reply_head, request_frame
from firmware.register.sealed import NobodyThere


@dataclass(frozen=True, slots=True)
class SocketCarrier:
    """Carries requests to the socket at `path`; whoever calls it sets the deadline."""

    path: Path

    async def __call__(self, request: bytes) -> Reply:
        """The uplink's reply; NobodyThere, FrameMalformed."""
        try:
            reader, writer = await asyncio.open_unix_connection(self.path)
            try:
                writer.write(request_frame(request))
                await writer.drain()
                return await _read_reply(reader)
            finally:
                writer.close()
        except (OSError, asyncio.IncompleteReadError) as error:
            raise NobodyThere(self.path.name) from error


async def _read_reply(reader: asyncio.StreamReader) -> Reply:
    status, length = reply_head(await reader.readexactly(REPLY_HEAD.size))
    return Reply(status, await reader.readexactly(length))
