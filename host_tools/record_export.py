"""An opened record as files for the centre's own programs."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from firmware.records.face_record import picture_in
from firmware.records.picture_files import PictureForm
from host_tools.sealed_record import OpenedArtefact, OpenedRecord

_ENDINGS = {PictureForm.JPEG: "jpg", PictureForm.JPEG_2000: "jp2", PictureForm.JPEG_2000_LOSSLESS: "jp2"}


class FolderNotEmpty(Exception):
    """There are files already where a record should go; the message is the folder."""


def export_record(opened: OpenedRecord, folder: Path) -> tuple[Path, ...]:
    """The files written: record.json, and each part's document, picture, and face record with its picture.

    All are readable by the caller alone, in a folder that is new or empty; else FolderNotEmpty.
    """
    folder.mkdir(0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FolderNotEmpty(str(folder))
    return tuple(_written(folder / name, data) for name, data in _files(opened))


def _files(opened: OpenedRecord) -> Iterator[tuple[str, bytes]]:
    yield "record.json", _json(opened.document)
    for artefact in opened.artefacts:
        yield from _files_of(artefact)


def _files_of(artefact: OpenedArtefact) -> Iterator[tuple[str, bytes]]:
    yield f"{artefact.part}.json", _json(artefact.document)
    if artefact.picture:
        yield f"{artefact.part}.png", artefact.picture
    if artefact.product:
        ending = _ENDINGS[PictureForm(artefact.document["product"]["form"])]
        yield f"{artefact.part}.fac", artefact.product
        yield f"{artefact.part}.{ending}", picture_in(artefact.product)


def _json(document: dict[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _written(file: Path, data: bytes) -> Path:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
    return file
