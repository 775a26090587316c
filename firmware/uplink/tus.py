"""The client's half of tus 1.0.0: core, creation, checksum (sha256) and expiration. https://tus.io/protocols/"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto

from firmware.uplink.link import LONGEST_REQUEST_S, Answer, Link, LinkLost

VERSION = {"Tus-Resumable": "1.0.0"}
MAX_ADDRESS_CHARACTERS = 1024
_OFFSET_DIGITS = 12


class Setback(Enum):
    """Why a piece was not taken."""

    GONE = auto()  # the upload is not known any more
    OFFSET = auto()  # the centre stands elsewhere
    DAMAGED = auto()  # the piece arrived with another checksum


@dataclass(frozen=True, slots=True)
class Place:
    """Where an upload is continued. expires: when the centre forgets it, in UTC, if it says so."""

    address: str
    expires: datetime | None = None

    def has_expired_at(self, moment: datetime) -> bool:
        """Whether asking for it is of no use."""
        return self.expires is not None and self.expires <= moment


class TooLarge(Exception):
    """The centre takes no upload of that size."""


class Tus:
    """Creates, continues and asks after uploads; LinkLost whenever the centre does not play its part."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def create(self, size: int, metadata: Mapping[str, str]) -> tuple[Place, int]:
        """An upload of `size` bytes and how much of it is there; TooLarge when it is refused for that.

        A centre that knows the file from before may answer with the upload that it has.
        """
        headers = {**VERSION, "Upload-Length": str(size), "Upload-Metadata": encoded_metadata(metadata)}
        answer = await self._link.ask("POST", "uploads", headers)
        if answer.status == 413:
            raise TooLarge
        location = answer.headers.get("location", "")
        if answer.status != 201 or not 0 < len(location) <= MAX_ADDRESS_CHARACTERS:
            raise LinkLost(f"status {answer.status} to a creation")
        offset = _offset(answer) if "upload-offset" in answer.headers else 0
        return Place(self._link.address_of(location), _expiry(answer)), min(offset, size)

    async def offset(self, place: Place, size: int) -> int | Setback:
        """How many of the `size` bytes the centre has, or GONE."""
        answer = await self._link.ask("HEAD", self._link.address_of(place.address), VERSION)
        if answer.status in {404, 410}:
            return Setback.GONE
        if answer.status not in {200, 204}:
            raise LinkLost(f"status {answer.status} to a question for the offset")
        offset = _offset(answer)
        return offset if offset <= size else Setback.GONE

    async def append(self, place: Place, offset: int, piece: bytes) -> int | Setback:
        """Send a piece; the centre's new offset, or why it did not take the piece."""
        checksum = base64.b64encode(hashlib.sha256(piece).digest()).decode()
        headers = {
            **VERSION,
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {checksum}",
        }
        address = self._link.address_of(place.address)
        answer = await self._link.ask("PATCH", address, headers, piece, LONGEST_REQUEST_S)
        return _taken(answer, offset + len(piece))


def encoded_metadata(metadata: Mapping[str, str]) -> str:
    """Keys with their values in base64, as the header Upload-Metadata has them."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items())


def _taken(answer: Answer, end: int) -> int | Setback:
    match answer.status:
        case 204 | 200:
            return end if _offset(answer) == end else Setback.OFFSET
        case 404 | 410:
            return Setback.GONE
        case 409:
            return Setback.OFFSET
        case 460:
            return Setback.DAMAGED
        case _:
            raise LinkLost(f"status {answer.status} to a piece")


def _offset(answer: Answer) -> int:
    text = answer.headers.get("upload-offset", "")
    if not (text.isascii() and text.isdigit() and len(text) <= _OFFSET_DIGITS):
        raise LinkLost("no offset")
    return int(text)


def _expiry(answer: Answer) -> datetime | None:
    """The moment in the header Upload-Expires; None without one that can be read."""
    text = answer.headers.get("upload-expires")
    if text is None:
        return None
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None
