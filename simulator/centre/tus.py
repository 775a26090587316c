"""What the upload protocol asks of headers and bodies: tus 1.0.0, https://tus.io/protocols/resumable-upload.

Core with the extensions creation, checksum (sha256) and expiration.
"""

import base64
import binascii
import hashlib
from email.utils import format_datetime
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request

from firmware.sealing.packet import MAX_PACKET_BYTES
from simulator.centre.uploads import Announced, Upload

VERSION = "1.0.0"
PIECE_TYPE = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460  # tus: extension checksum
MAX_PIECE_BYTES = 4 << 20  # a piece is held in memory until its checksum is known
MAX_METADATA_CHARACTERS = 1 << 10  # three values of at most 64 characters take 400
MAX_LENGTH_DIGITS = 15

CAPABILITIES = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,checksum,expiration",
    "Tus-Checksum-Algorithm": "sha256",
    "Tus-Max-Size": str(MAX_PACKET_BYTES),
}
_METADATA = {"record_id", "name", "sha256"}


def refusal(status: int, reason: str) -> HTTPException:
    """An answer that refuses; the reason names a header or a limit, never a value."""
    return HTTPException(status, reason, {"Tus-Resumable": VERSION, **CAPABILITIES})


def check_version(request: Request) -> None:
    """Refuse another version of the protocol."""
    if request.headers.get("Tus-Resumable") != VERSION:
        raise refusal(HTTPStatus.PRECONDITION_FAILED, "Tus-Resumable")


def announced(request: Request) -> Announced:
    """The file that the headers of a creation announce."""
    try:
        metadata = _metadata(request.headers.get("Upload-Metadata", ""))
        file = Announced(length=_count(request, "Upload-Length"), **metadata)
    except ValueError as error:
        raise refusal(HTTPStatus.BAD_REQUEST, "Upload-Metadata") from error
    if file.is_too_long:
        raise refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Upload-Length")
    return file


def check_place(request: Request, upload: Upload) -> None:
    """Refuse a piece that does not begin where the upload ends."""
    if request.headers.get("Content-Type") != PIECE_TYPE:
        raise refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type")
    if _count(request, "Upload-Offset") != upload.received:
        raise refusal(HTTPStatus.CONFLICT, "Upload-Offset")


async def piece_of(request: Request, upload: Upload) -> bytes:
    """The body, within its limits and as its checksum says, if it has one."""
    checksum = _checksum(request)
    room = min(MAX_PIECE_BYTES, upload.announced.length - upload.received)
    piece = await body_within(request, room)
    if checksum is not None and hashlib.sha256(piece).digest() != checksum:
        raise refusal(CHECKSUM_MISMATCH, "Upload-Checksum")
    return piece


async def body_within(request: Request, most: int) -> bytes:
    """The whole body, of at most `most` bytes."""
    if "Content-Length" in request.headers and _count(request, "Content-Length") > most:
        raise refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Content-Length")
    body = bytearray()
    async for part in request.stream():
        if len(body) + len(part) > most:
            raise refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body")
        body += part
    return bytes(body)


def state_of(upload: Upload) -> dict[str, str]:
    """The headers that tell how far an upload is."""
    state = {
        "Tus-Resumable": VERSION,
        "Upload-Offset": str(upload.received),
        "Upload-Length": str(upload.announced.length),
        "Cache-Control": "no-store",
    }
    if not upload.is_whole:
        state["Upload-Expires"] = format_datetime(upload.expires_at, usegmt=True)
    return state


def _count(request: Request, name: str) -> int:
    digits = request.headers.get(name, "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MAX_LENGTH_DIGITS):
        raise refusal(HTTPStatus.BAD_REQUEST, name)
    return int(digits)


def _metadata(text: str) -> dict[str, str]:
    if len(text) > MAX_METADATA_CHARACTERS:
        raise ValueError("too long")
    pairs = [pair.strip().partition(" ") for pair in text.split(",")]
    values = {key: base64.b64decode(value, validate=True).decode("ascii") for key, _, value in pairs}
    if set(values) != _METADATA or len(pairs) != len(_METADATA):
        raise ValueError("not these keys")
    return values


def _checksum(request: Request) -> bytes | None:
    stated = request.headers.get("Upload-Checksum")
    if stated is None:
        return None
    algorithm, _, digest = stated.partition(" ")
    try:
        decoded = base64.b64decode(digest, validate=True)
    except binascii.Error:
        decoded = b""
    if algorithm != "sha256" or len(decoded) != hashlib.sha256().digest_size:
        raise refusal(HTTPStatus.BAD_REQUEST, "Upload-Checksum")
    return decoded
