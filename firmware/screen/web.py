"""The screen as a web page on this machine's own browser."""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from firmware.screen import dialogue, messages
from firmware.screen.conversation import Conversation
from firmware.screen.loopback import Address, LoopbackOnly
from firmware.screen.view import Answer, View
from hw.camera.frames import Frame
from hw.faults import DeviceFault

_PAGE = Path(__file__).parent / "page"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_MOST_PAGES = 4  # the kiosk's, and who looks on; each costs a JPEG a preview
_ANSWERS_KEPT = 4  # presses while the visit is busy; a person does not wait longer before pressing again
_TRY_LATER = 503
_LINGER_S = 1  # how long the end of the booth waits for a page that does not let go


class PortTaken(DeviceFault):
    """The screen's port is in use."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"the screen's port {port} on {host} is taken: end the program that has it")


class WebScreen:
    """A firmware.screen.view.Screen on every page that connects, each may answer; made by `serving`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._greeting = dialogue.messages_text(messages.load())
        self._view: View | None = None
        self._serial = 0
        self._pages: set[Conversation] = set()
        self._answers: asyncio.Queue[Answer] = asyncio.Queue(_ANSWERS_KEPT)

    @classmethod
    @asynccontextmanager
    async def serving(cls, host: str, port: int) -> AsyncGenerator["WebScreen"]:
        """Serve the page on a loopback address until the end of the block; port 0 takes a free one."""
        listening = _listen(host, port)
        bound_port: int = listening.getsockname()[1]
        screen = cls(f"http://{host}:{bound_port}/")
        server = _server(screen._application(Address(bound_port)))
        await server.startup([listening])
        try:
            yield screen
        finally:
            await server.shutdown([listening])

    @property
    def pages(self) -> int:
        """How many pages are connected."""
        return len(self._pages)

    def show(self, view: View) -> None:
        """Replace what is shown; answers to another question are forgotten."""
        if self._view is None or not dialogue.asks_the_same(self._view, view):
            self._serial += 1
            self._forget_answers()
        self._view = view
        for page in self._pages:
            self._send_view(page, view)

    def preview(self, frame: Frame) -> None:
        """Show a live frame; dropped when the view has no preview or nobody watches."""
        if self._view is None or self._view.preview is None:
            return
        for page in self._pages:
            page.preview(frame)

    async def answer(self) -> Answer:
        """The next answer that the view shown now asks for."""
        return await self._answers.get()

    def _hear(self, said: dialogue.Said) -> None:
        if self._view is None or not dialogue.is_asked(said, self._view, self._serial):
            return
        if not self._answers.full():
            self._answers.put_nowait(said.answer)

    async def _talk(self, websocket: WebSocket) -> None:
        if len(self._pages) >= _MOST_PAGES:
            await websocket.send_denial_response(Response(status_code=_TRY_LATER))
            return
        page = Conversation(websocket, self._greeting, self._hear)
        self._pages.add(page)
        try:
            await websocket.accept()
            if self._view is not None:
                self._send_view(page, self._view)
            await page.run()
        finally:
            self._pages.discard(page)

    def _forget_answers(self) -> None:
        while not self._answers.empty():
            self._answers.get_nowait()

    def _send_view(self, page: Conversation, view: View) -> None:
        page.show(dialogue.view_text(view, self._serial), with_preview=view.preview is not None)

    def _application(self, address: Address) -> Starlette:
        files = {f"/{path.name}": path for path in _PAGE.iterdir() if path.suffix in _TYPES}
        routes = [_file_route(url, path) for url, path in {"/": _PAGE / "index.html", **files}.items()]
        talk = WebSocketRoute("/screen", self._talk)
        return Starlette(routes=[*routes, talk], middleware=[Middleware(LoopbackOnly, address)])


def _file_route(url: str, path: Path) -> Route:
    content, media_type = path.read_bytes(), _TYPES[path.suffix]

    async def answer(request: Request) -> Response:
        del request
        return Response(content, media_type=media_type)

    return Route(url, answer)


def _listen(host: str, port: int) -> socket.socket:
    if not ipaddress.ip_address(host).is_loopback:
        raise ValueError(f"the screen is for this machine alone, not for {host}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise PortTaken(host, port) from error


class _Protocol(WebSocketsSansIOProtocol):
    """Lets the booth end while a page is just leaving, where uvicorn 0.54 raises InvalidState."""

    def shutdown(self) -> None:
        if self.handshake_complete and self.conn.state is not State.OPEN:
            self.transport.abort()
        else:
            super().shutdown()


def _server(application: Starlette) -> uvicorn.Server:
    config = uvicorn.Config(
        application,
        http="h11",
        ws=_Protocol,
        ws_max_size=dialogue.LONGEST_WORD * 4,
        ws_ping_interval=5,
        ws_ping_timeout=5,
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
