"""A thin wire to a centre in the same process, which drops every few seconds."""

import asyncio

import httpx
import numpy as np

HEAD_BYTES = 400  # a request's or answer's own lines
ROUND_TRIP_S = 0.15


class DroppingLink(httpx.AsyncBaseTransport):
    """Carries requests at `bytes_per_s`; is_up: whether there is a link at all.

    Drops come at random, on average every `between_drops_s`, in the middle of a request or of its answer: of
    what was under way the centre may have all or nothing, and nobody here is told.
    """

    def __init__(
        self,
        centre: httpx.AsyncBaseTransport,
        bytes_per_s: float,
        between_drops_s: float,
        chance: np.random.Generator,
    ) -> None:
        self.is_up = True
        self.drops = 0
        self._centre = centre
        self._bytes_per_s = bytes_per_s
        self._between_drops_s = between_drops_s
        self._chance = chance
        self._next_drop_s = 0.0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The centre's answer, if the link holds until it is here."""
        if not self.is_up:
            raise httpx.ConnectError("no link", request=request)
        await self._carry(len(await request.aread()), request)
        response = await self._centre.handle_async_request(request)
        await self._carry(int(response.headers.get("content-length", "0")), request)
        return response

    async def _carry(self, size: int, request: httpx.Request) -> None:
        takes_s = ROUND_TRIP_S / 2 + (size + HEAD_BYTES) / self._bytes_per_s
        now_s = asyncio.get_running_loop().time()
        if now_s >= self._next_drop_s:
            self._next_drop_s = now_s + self._chance.exponential(self._between_drops_s)
        left_s = self._next_drop_s - now_s
        await asyncio.sleep(min(takes_s, left_s))
        if takes_s > left_s:
            self.drops += 1
            raise httpx.ReadError("the link dropped", request=request)
