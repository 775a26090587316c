"""The official Node tus server as a process that may be killed and started again, and a wire that breaks."""

import socket
import subprocess
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path

import httpx

HERE = Path(__file__).parent / "tus"


class TusServer:
    """`server.mjs` over `folder`, always on the same port."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = int(free.getsockname()[1])
        self._process = self._started()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    def restart(self) -> None:
        """Kill it, and start it again."""
        self.kill()
        self._process = self._started()

    def kill(self) -> None:
        """End it at once."""
        with self._process:
            self._process.kill()

    def files(self) -> list[bytes]:
        """What it holds."""
        return [path.read_bytes() for path in self._folder.iterdir() if path.suffix != ".json"]

    def _started(self) -> subprocess.Popen[str]:
        words = ["node", str(HERE / "server.mjs"), str(self._folder), str(self._port)]
        process = subprocess.Popen(words, cwd=HERE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == str(self._port)
        return process


class BreakingWire(httpx.AsyncBaseTransport):
    """Real connections; the `at`-th piece stops half-way, after `happens`. asked: the methods, in order."""

    def __init__(self, at: int, happens: Callable[[], Awaitable[None]]) -> None:
        self.asked: list[str] = []
        self._at = at
        self._happens = happens
        self._wire = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The server's answer, if nothing happens."""
        self.asked.append(request.method)
        if request.method == "PATCH" and self.asked.count("PATCH") == self._at:
            request = await self._halved(request)
        return await self._wire.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._wire.aclose()

    async def _halved(self, request: httpx.Request) -> httpx.Request:
        body = await request.aread()

        async def half() -> AsyncGenerator[bytes]:
            yield body[: len(body) // 2]
            await self._happens()
            raise httpx.WriteError("the wire broke", request=request)

        return httpx.Request(request.method, request.url, headers=request.headers, content=half())
