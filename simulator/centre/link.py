"""A terminal's way to a centre in the same process: an httpx transport without sockets."""

import httpx

from simulator.centre.faults import LinkDropped


class InProcessLink(httpx.AsyncBaseTransport):
    """Carries requests to an ASGI app. is_up: whether there is a link at all; it may change at any time."""

    def __init__(self, app: httpx.ASGITransport, *, is_up: bool = True) -> None:
        self._app = app
        self.is_up = is_up

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As the app answers; httpx.ConnectError without a link, httpx.ReadError when it drops."""
        if not self.is_up:
            raise httpx.ConnectError("no link", request=request)
        try:
            return await self._app.handle_async_request(request)
        except LinkDropped as error:
            raise httpx.ReadError("the link dropped", request=request) from error
