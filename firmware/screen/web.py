"""The screen as a web page on this machine's own browser."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from firmware.screen import dialogue, messages, server
from firmware.screen.conversation import Conversation
from firmware.screen.view import Answer, View
from firmware.screen.voice.library import Clips, clips_in
from hw.camera.frames import Frame

_PAGE = Path(__file__).parent / "page"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_MOST_PAGES = 4  # the kiosk's, and who looks on; each costs a JPEG a preview
_ANSWERS_KEPT = 4  # presses while the visit is busy; a person does not wait longer before pressing again
_TRY_LATER = 503
_NOT_FOUND = 404


class WebScreen:
    """A firmware.screen.view.Screen on every page that connects, each may answer; made by `serving`."""

    def __init__(self, clips: Clips) -> None:
        self.url = ""
        self._clips = clips
        self._greeting = dialogue.messages_text(messages.load(), clips)
        self._view: View | None = None
        self._serial = 0
        self._pages: set[Conversation] = set()
        self._answers: asyncio.Queue[Answer] = asyncio.Queue(_ANSWERS_KEPT)

    @classmethod
    @asynccontextmanager
    async def serving(cls, host: str, port: int, voice: Path | None = None) -> AsyncGenerator["WebScreen"]:
        """Serve the page on a loopback address until the end of the block; port 0 takes a free one.

        voice: the folder of the clips; without one the page is silent.
        """
        screen = cls(clips_in(voice) if voice else {})
        async with server.serving(screen._application(), host, port) as screen.url:
            yield screen

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

    def _application(self) -> Starlette:
        files = {f"/{path.name}": path for path in _PAGE.iterdir() if path.suffix in _TYPES}
        routes = [_file_route(url, path) for url, path in {"/": _PAGE / "index.html", **files}.items()]
        voice = Route("/voice/{language}/{name}", self._clip)
        return Starlette(routes=[*routes, voice, WebSocketRoute("/screen", self._talk)])

    async def _clip(self, request: Request) -> Response:
        """One clip, by the names that were listed when the screen began and no others."""
        path = self._clips.get(request.path_params["language"], {}).get(request.path_params["name"])
        try:
            content = await asyncio.to_thread(path.read_bytes) if path else None
        except OSError:
            content = None
        if content is None:
            return Response(status_code=_NOT_FOUND)
        return Response(content, media_type="audio/ogg")


def _file_route(url: str, path: Path) -> Route:
    content, media_type = path.read_bytes(), _TYPES[path.suffix]

    async def answer(request: Request) -> Response:
        del request
        return Response(content, media_type=media_type)

    return Route(url, answer)
