"""Serves an application to this machine's own browser, and to nobody else."""

import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from firmware.screen.loopback import LOOPBACK, Address, LoopbackOnly
from hw.faults import DeviceFault

_LONGEST_MESSAGE_BYTES = 1024  # of a page; all of ours say less
_PING_S = 5
_LINGER_S = 1  # how long the end waits for a page that does not let go


class PortTaken(DeviceFault):
    """The port to serve on is in use."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"port {port} on {host} is taken: end the program that has it")


@asynccontextmanager
async def serving(application: ASGIApp, host: str, port: int) -> AsyncGenerator[str]:
    """The URL under which 127.0.0.1 serves until the end of the block; port 0 takes a free one."""
    listening = _listen(host, port)
    bound_port: int = listening.getsockname()[1]
    server = _server(LoopbackOnly(application, Address(bound_port)))
    await server.startup([listening])
    try:
        yield f"http://{host}:{bound_port}/"
    finally:
        await server.shutdown([listening])


def _listen(host: str, port: int) -> socket.socket:
    if host != LOOPBACK:
        raise ValueError(f"a page is for this machine alone, on {LOOPBACK}, not on {host}")
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise PortTaken(host, port) from error


class _Protocol(WebSocketsSansIOProtocol):
    """Lets the booth end while a page is just leaving, where uvicorn 0.54 raises InvalidState."""

    def shutdown(self) -> None:
        if self.handshake_complete and self.conn.state is not State.OPEN:
            self.transport.abort()
        else:
            super().shutdown()


def _server(application: ASGIApp) -> uvicorn.Server:
    config = uvicorn.Config(
        application,
        http="h11",
        ws=_Protocol,
        ws_max_size=_LONGEST_MESSAGE_BYTES,
        ws_ping_interval=_PING_S,
        ws_ping_timeout=_PING_S,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        log_level="warning",  # at DEBUG the WebSocket library would log what people type
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=32,
        timeout_graceful_shutdown=_LINGER_S,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    return server
