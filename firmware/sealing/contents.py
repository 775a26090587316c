"""What an artefact's packet holds once it is open: its document, then its picture.

offset  bytes
0       4   length n of the document, big-endian
4       n   document, canonical JSON in UTF-8 (records/document.py)
4 + n   ..  picture, PNG; nothing when no sample was taken
"""

import struct

from firmware.records.document import artefact_document
from firmware.records.images import to_png
from firmware.records.samples import Artefact
from firmware.sealing.canonical import canonical_json

LENGTH = struct.Struct(">I")


class ContentsMalformed(Exception):
    """Opened bytes that are not a document and a picture."""


def artefact_contents(artefact: Artefact) -> bytes:
    """The plain bytes of an artefact."""
    picture = b"" if artefact.sample is None else to_png(artefact.sample.image)
    return join_contents(canonical_json(artefact_document(artefact)), picture)


def join_contents(document: bytes, picture: bytes) -> bytes:
    """One run of bytes from both."""
    return LENGTH.pack(len(document)) + document + picture


def split_contents(data: bytes) -> tuple[bytes, bytes]:
    """The document and the picture that `join_contents` put together."""
    if len(data) < LENGTH.size:
        raise ContentsMalformed(f"{len(data)} bytes")
    (length,) = LENGTH.unpack_from(data)
    end = LENGTH.size + length
    if end > len(data):
        raise ContentsMalformed(f"document of {length} bytes in {len(data)}")
    return data[LENGTH.size : end], data[end:]
