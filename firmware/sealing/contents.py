"""What an artefact's packet holds once it is open: its document, its picture, and a portrait's product.

offset      bytes
0           4   length n of the document, big-endian
4           n   document, canonical JSON in UTF-8 (records/document.py)
4 + n       4   length m of the picture
8 + n       m   picture, PNG; nothing when no sample was taken
8 + n + m   ..  face record of the portrait's crop (records/face_record.py); nothing without one
"""

import functools
import struct

from firmware.capture.policy.loader import load_limits
from firmware.records.document import artefact_document
from firmware.records.images import to_png
from firmware.records.portrait_product import PortraitProduct, ProductRule, portrait_product
from firmware.records.samples import Artefact
from firmware.sealing.canonical import canonical_json

LENGTH = struct.Struct(">I")


class ContentsMalformed(Exception):
    """Opened bytes that are not what `join_contents` puts together."""


def artefact_contents(artefact: Artefact) -> bytes:
    """The plain bytes of an artefact."""
    picture = b"" if artefact.sample is None else to_png(artefact.sample.image)
    product = _product(artefact)
    document = canonical_json(artefact_document(artefact, product))
    return join_contents(document, picture, b"" if product is None else product.face_record)


def join_contents(document: bytes, picture: bytes, product: bytes = b"") -> bytes:
    """One run of bytes from all three."""
    return b"".join((LENGTH.pack(len(document)), document, LENGTH.pack(len(picture)), picture, product))


def split_contents(data: bytes) -> tuple[bytes, bytes, bytes]:
    """The document, the picture and the product that `join_contents` put together."""
    document, rest = _first(data)
    picture, product = _first(rest)
    return document, picture, product


def _first(data: bytes) -> tuple[bytes, bytes]:
    if len(data) < LENGTH.size:
        raise ContentsMalformed(f"{len(data)} bytes")
    (length,) = LENGTH.unpack_from(data)
    end = LENGTH.size + length
    if end > len(data):
        raise ContentsMalformed(f"a part of {length} bytes in {len(data)}")
    return data[LENGTH.size : end], data[end:]


def _product(artefact: Artefact) -> PortraitProduct | None:
    return None if artefact.sample is None else portrait_product(artefact.sample, _rule())


@functools.cache
def _rule() -> ProductRule:
    return load_limits(ProductRule, "portrait.toml", "product")
