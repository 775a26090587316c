"""The average face in centimetres, out of the model file's geometry metadata.

Wire format: Protocol Buffers, of which only three kinds of field occur:

    GeometryPipelineMetadata: 1 = Mesh3d, 2 = WeightedLandmarkRef (repeated), 3 = input source
    Mesh3d:                   3 = vertex buffer (repeated float: x, y, z, u, v of each vertex)
    WeightedLandmarkRef:      1 = landmark id (varint), 2 = weight (float)
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

_FLOATS_OF_A_VERTEX = 5
_VARINT, _LENGTH_DELIMITED, _FIXED32 = 0, 2, 5


class ModelInvalid(Exception):
    """The model file does not hold what it should."""


@dataclass(frozen=True, slots=True, eq=False)
class CanonicalFace:
    """The average face, seen by a camera: x right, y down, z away from the camera, in centimetres.

    points: (n, 3) float64, the rigid points by which a pose is found. indices: (n,) their landmarks.
    """

    points: NDArray[np.float64] = field(repr=False)
    indices: NDArray[np.intp] = field(repr=False)


def parse_canonical_face(metadata: bytes) -> CanonicalFace:
    """The rigid points of the geometry metadata; ModelInvalid when it is damaged."""
    fields = list(_fields(metadata))
    mesh = next((value for number, value in fields if number == 1 and isinstance(value, bytes)), b"")
    references = [value for number, value in fields if number == 2 and isinstance(value, bytes)]
    vertices = _vertices(mesh)
    landmarks = [_landmark(reference) for reference in references]
    if not landmarks or max(landmarks) >= len(vertices):
        raise ModelInvalid("the geometry metadata names no rigid points")
    indices = np.array(landmarks, np.intp)
    return CanonicalFace(vertices[indices] * (1.0, -1.0, -1.0), indices)


def _vertices(mesh: bytes) -> NDArray[np.float64]:
    values = b"".join(value for number, value in _fields(mesh) if number == 3 and isinstance(value, bytes))
    if not values or len(values) % (4 * _FLOATS_OF_A_VERTEX):
        raise ModelInvalid("the geometry metadata has a broken vertex buffer")
    buffer = np.frombuffer(values, "<f4").reshape(-1, _FLOATS_OF_A_VERTEX)
    return buffer[:, :3].astype(np.float64)


def _landmark(reference: bytes) -> int:
    for number, value in _fields(reference):
        if number == 1 and isinstance(value, int):
            return value
    return 0


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Field number and value: an int for a varint, else the field's bytes."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield key >> 3, value
            continue
        length, at = _length(message, at, kind)
        if at + length > len(message):
            raise ModelInvalid("the geometry metadata ends early")
        yield key >> 3, message[at : at + length]
        at += length


def _length(message: bytes, at: int, kind: int) -> tuple[int, int]:
    if kind == _LENGTH_DELIMITED:
        return _varint(message, at)
    if kind == _FIXED32:
        return struct.calcsize("<f"), at
    raise ModelInvalid(f"the geometry metadata has a field of kind {kind}")


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift, byte in enumerate(message[at : at + 10]):
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            return value, at + shift + 1
    raise ModelInvalid("the geometry metadata ends inside a number")
