"""The centre's HTTP interface: uploads, receipts, notices of returned records, look-ups."""

import json
from http import HTTPStatus
from typing import cast

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from firmware.sealing.look_up import REQUEST_BYTES, LookUpMalformed
from firmware.sealing.packet import checked_id
from simulator.centre import tus
from simulator.centre.archive import Archive, RecordIncomplete, RecordUnacceptable
from simulator.centre.irises import Irises
from simulator.centre.register import LookUpForbidden, LookUpsExhausted, PopulationRegister
from simulator.centre.returned import Returned
from simulator.centre.uploads import ContentsWrong, TooManyUploads, Upload, UploadGone, Uploads, UploadUnknown

MAX_FINISH_BYTES = 1 << 10


def centre_app(
    uploads: Uploads, archive: Archive, returned: Returned, irises: Irises, register: PopulationRegister
) -> Starlette:
    """The app over those stores; every call into them returns when its effect is durable.

    Irises are looked at after an answer, never before one.
    """
    desk = _Desk(uploads, archive, returned, irises)
    look_ups = _LookUps(register)
    return Starlette(
        routes=[
            Route("/uploads", desk.capabilities, methods=["OPTIONS"]),
            Route("/uploads", desk.begin, methods=["POST"]),
            Route("/uploads/{upload_id}", desk.capabilities, methods=["OPTIONS"]),
            Route("/uploads/{upload_id}", desk.state, methods=["HEAD"]),
            Route("/uploads/{upload_id}", desk.append, methods=["PATCH"]),
            Route("/records/{record_id}/finish", desk.finish, methods=["POST"]),
            Route("/returned", desk.returned, methods=["GET"]),
            Route("/look-ups", look_ups.answer, methods=["POST"]),
        ]
    )


class _Desk:
    """One method a route."""

    def __init__(self, uploads: Uploads, archive: Archive, returned: Returned, irises: Irises) -> None:
        self._uploads = uploads
        self._archive = archive
        self._returned = returned
        self._irises = irises

    async def capabilities(self, request: Request) -> Response:
        """What of the upload protocol is understood."""
        del request
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=tus.CAPABILITIES)

    async def begin(self, request: Request) -> Response:
        """Begin an upload, or find the one there is."""
        tus.check_version(request)
        try:
            upload = self._uploads.begin(tus.announced(request))
        except TooManyUploads as error:
            raise tus.refusal(HTTPStatus.TOO_MANY_REQUESTS, "uploads") from error
        place = request.url_for("state", upload_id=upload.upload_id).path
        return Response(status_code=HTTPStatus.CREATED, headers={**tus.state_of(upload), "Location": place})

    async def state(self, request: Request) -> Response:
        """How far an upload is."""
        tus.check_version(request)
        return Response(headers=tus.state_of(self._upload(request)))

    async def append(self, request: Request) -> Response:
        """Take the next piece of an upload."""
        tus.check_version(request)
        tus.check_place(request, self._upload(request))
        piece = await tus.piece_of(request, self._upload(request))
        upload = self._upload(request)
        tus.check_place(request, upload)  # another request may have been quicker
        try:
            longer = self._uploads.append(upload, piece)
        except ContentsWrong as error:
            raise tus.refusal(tus.CHECKSUM_MISMATCH, "sha256") from error
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=tus.state_of(longer))

    async def finish(self, request: Request) -> Response:
        """Give the receipt of a record that has arrived."""
        record_id, manifest_sha256 = await _finished(request)
        try:
            receipt = self._archive.accept(record_id, manifest_sha256)
        except RecordIncomplete as error:
            return JSONResponse({"missing": list(error.missing)}, HTTPStatus.CONFLICT)
        except RecordUnacceptable as error:
            return JSONResponse({"reason": error.reason}, HTTPStatus.UNPROCESSABLE_ENTITY)
        return Response(receipt, media_type="application/json", background=self._look())

    async def returned(self, request: Request) -> Response:
        """The signed notices of records that came back; afterwards what a crash left is looked at."""
        del request
        notices = b"[" + b",".join(self._returned.notices()) + b"]"
        return Response(notices, media_type="application/json", background=self._look())

    def _look(self) -> BackgroundTask:
        return BackgroundTask(self._irises.catch_up)

    def _upload(self, request: Request) -> Upload:
        try:
            return self._uploads.get(str(request.path_params["upload_id"]))
        except UploadUnknown as error:
            raise tus.refusal(HTTPStatus.NOT_FOUND, "upload") from error
        except UploadGone as error:
            raise tus.refusal(HTTPStatus.GONE, "upload") from error


class _LookUps:
    """The way to the register."""

    def __init__(self, register: PopulationRegister) -> None:
        self._register = register

    async def answer(self, request: Request) -> Response:
        """Answer a sealed question, as long as every other answer."""
        asked = await tus.body_within(request, REQUEST_BYTES)
        try:
            answer = await self._register.answer(asked)
        except LookUpMalformed as error:
            raise HTTPException(HTTPStatus.BAD_REQUEST) from error
        except LookUpForbidden as error:
            raise HTTPException(HTTPStatus.FORBIDDEN) from error
        except LookUpsExhausted as error:
            raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS) from error
        return Response(answer, media_type="application/octet-stream")


async def _finished(request: Request) -> tuple[str, str]:
    """The ids of record and manifest that a finish names."""
    body = await tus.body_within(request, MAX_FINISH_BYTES)
    try:
        document = cast("dict[str, object]", json.loads(body))
        return checked_id(request.path_params["record_id"]), checked_id(document["manifest_sha256"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "manifest_sha256") from error
