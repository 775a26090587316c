"""A centre in one small ASGI app, strict where the protocol is, with faults that a test may ask for."""

import base64
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firmware.sealing.centre_receipt import CentreReceipt

Fault = Callable[[Request], Awaitable[Response | None]]
TUS = {"Tus-Resumable": "1.0.0"}


def once(method: str, *answers: int) -> Fault:
    """A fault that answers the first requests of that method with these statuses."""
    left = list(answers)

    async def fault(request: Request) -> Response | None:
        if request.method == method and left:
            return Response(status_code=left.pop(0), headers=TUS)
        return None

    return fault


@dataclass
class Upload:
    """One file that arrives. pieces: the size of each that was taken."""

    record_id: str
    name: str
    sha256: str
    length: int
    data: bytearray = field(default_factory=bytearray)
    pieces: list[int] = field(default_factory=list[int])

    @property
    def is_whole(self) -> bool:
        return len(self.data) == self.length and hashlib.sha256(self.data).hexdigest() == self.sha256


async def no_fault(request: Request) -> Response | None:
    """Nothing goes wrong."""
    del request


class SmallCentre:
    """Takes uploads, gives signed receipts. fault: asked before each request, may answer in its stead."""

    def __init__(self, signing: Ed25519PrivateKey, fault: Fault = no_fault) -> None:
        self.fault = fault
        self.uploads: dict[str, Upload] = {}
        self.received: dict[str, dict[str, bytes]] = {}
        self.asked: list[str] = []
        self.expires: str | None = None
        self._signing = signing
        self._numbers = count()
        routes = [
            Route("/uploads", self._create, methods=["POST"]),
            Route("/uploads/{upload}", self._offset, methods=["HEAD"]),
            Route("/uploads/{upload}", self._append, methods=["PATCH"]),
            Route("/records/{record_id}/finish", self._finish, methods=["POST"]),
            Route("/returned", self._returned, methods=["GET"]),
        ]
        self.app = Starlette(routes=routes)

    async def _create(self, request: Request) -> Response:
        if (answer := await self._faulty(request)) is not None:
            return answer
        pairs = (pair.split(" ") for pair in request.headers["upload-metadata"].split(","))
        metadata = {key: base64.b64decode(value, validate=True).decode() for key, value in pairs}
        number = str(next(self._numbers))
        length = int(request.headers["upload-length"])
        self.uploads[number] = Upload(metadata["record_id"], metadata["name"], metadata["sha256"], length)
        expiry = {} if self.expires is None else {"Upload-Expires": self.expires}
        return Response(status_code=201, headers={**TUS, **expiry, "Location": f"/uploads/{number}"})

    async def _offset(self, request: Request) -> Response:
        if (answer := await self._faulty(request)) is not None:
            return answer
        upload = self.uploads.get(request.path_params["upload"])
        if upload is None:
            return Response(status_code=404, headers=TUS)
        offset = {"Upload-Offset": str(len(upload.data)), "Upload-Length": str(upload.length)}
        return Response(headers={**TUS, **offset, "Cache-Control": "no-store"})

    async def _append(self, request: Request) -> Response:
        if (answer := await self._faulty(request)) is not None:
            return answer
        upload = self.uploads.get(request.path_params["upload"])
        if upload is None:
            return Response(status_code=404, headers=TUS)
        if int(request.headers["upload-offset"]) != len(upload.data):
            return Response(status_code=409, headers=TUS)
        piece = await request.body()
        algorithm, checksum = request.headers["upload-checksum"].split(" ")
        if algorithm != "sha256" or base64.b64decode(checksum) != hashlib.sha256(piece).digest():
            return Response(status_code=460, headers=TUS)
        upload.data += piece
        upload.pieces.append(len(piece))
        return Response(status_code=204, headers={**TUS, "Upload-Offset": str(len(upload.data))})

    async def _finish(self, request: Request) -> Response:
        if (answer := await self._faulty(request)) is not None:
            return answer
        record_id = request.path_params["record_id"]
        digest = str((await request.json())["manifest_sha256"])
        missing = self._missing(record_id, digest)
        if missing:
            return Response(json.dumps({"missing": sorted(missing)}), 409, media_type="application/json")
        self.received[record_id] = self.files_of(record_id)
        return Response(self.receipt(record_id, digest), media_type="application/json")

    async def _returned(self, request: Request) -> Response:
        return await self._faulty(request) or Response(b"[]", media_type="application/json")

    def receipt(self, record_id: str, digest: str) -> bytes:
        """A signed receipt."""
        receipt = CentreReceipt(record_id, digest, "2026-03-02T05:00:00Z", "test-2026")
        return receipt.encode(self._signing.sign(receipt.signed_bytes()))

    def files_of(self, record_id: str) -> dict[str, bytes]:
        """The whole files of a record, by name."""
        mine = (each for each in self.uploads.values() if each.record_id == record_id and each.is_whole)
        return {each.name: bytes(each.data) for each in mine}

    def _missing(self, record_id: str, digest: str) -> set[str]:
        files = self.files_of(record_id)
        manifest = files.get("manifest.json")
        if manifest is None or hashlib.sha256(manifest).hexdigest() != digest:
            return {"manifest.json"}
        entries = json.loads(manifest)["contents"]["entries"]
        stated = {
            "record.json.sealed"
            if entry["kind"] == "record"
            else f"{entry['sequence']:04d}-{entry['kind']}.sealed"
            for entry in entries
        }
        return stated - set(files)

    async def _faulty(self, request: Request) -> Response | None:
        self.asked.append(f"{request.method} {request.url.path}")
        return await self.fault(request)
