"""One question to the centre and its answer: bounded in time and size, redirects not followed."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from firmware.uplink.settings import TlsFiles, Uplink

REQUEST_LIMIT_S = 30.0
LONGEST_REQUEST_S = 120.0  # a piece of 32 KiB at 2.2 kbit/s
MAX_ANSWER_BYTES = 64 << 10

# What says that the centre, not the record, is the trouble: not known here, too busy, out of order.
_NOT_NOW = frozenset({401, 403, 407, 408, 425, 429})


class LinkLost(Exception):
    """No usable answer: try again later. The message says what happened, never what was sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the centre said. headers: found by their names in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Link:
    """Asks one centre and no other."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    def address_of(self, location: str) -> str:
        """The whole address of what the centre calls `location`; LinkLost when it lies elsewhere."""
        base = self._http.base_url
        try:
            address = base.join(location)
        except httpx.InvalidURL as error:
            raise LinkLost("an address that is none") from error
        if (address.scheme, address.host, address.port) != (base.scheme, base.host, base.port):
            raise LinkLost("an address outside the centre")
        return str(address)

    async def ask(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        limit_s: float = REQUEST_LIMIT_S,
        most_bytes: int = MAX_ANSWER_BYTES,
    ) -> Answer:
        """The centre's answer; LinkLost when there is none in time, or one that says "not now"."""
        answer = await self.answer_of(method, address, headers or {}, body, limit_s, most_bytes)
        if answer.status >= 500 or answer.status in _NOT_NOW:
            raise LinkLost(f"status {answer.status}")
        return answer

    async def answer_of(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        body: bytes,
        limit_s: float,
        most_bytes: int = MAX_ANSWER_BYTES,
    ) -> Answer:
        """The centre's answer, whatever it says; LinkLost when there is none in time."""
        try:
            request = self._http.build_request(method, address, headers=headers, content=body)
            async with asyncio.timeout(limit_s):
                return await self._exchange(request, most_bytes)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            raise LinkLost(type(error).__name__) from error

    async def _exchange(self, request: httpx.Request, most_bytes: int) -> Answer:
        response = await self._http.send(request, stream=True)
        try:
            read = bytearray()
            async for piece in response.aiter_raw():
                read += piece
                if len(read) > most_bytes:
                    raise LinkLost("an answer without end")
            return Answer(response.status_code, response.headers, bytes(read))
        finally:
            await response.aclose()


def open_http(uplink: Uplink, transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """A client for the centre that the settings name; `transport` takes the place of the network.

    An in-process transport does not know time-outs, so `Link.ask` has a deadline of its own.
    """
    return httpx.AsyncClient(
        base_url=uplink.settings.base_url,
        verify=_tls_context(uplink.tls),
        transport=transport,
        timeout=LONGEST_REQUEST_S,
        follow_redirects=False,
        trust_env=False,
        headers={"Accept-Encoding": "identity"},
        limits=httpx.Limits(max_connections=4, max_keepalive_connections=2),
    )


def _tls_context(files: TlsFiles | None) -> ssl.SSLContext:
    """Believes the centre's authority alone; without files it believes nobody."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if files is None:
        return context
    context.load_verify_locations(files.ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(files.certificate, files.key)
    return context
