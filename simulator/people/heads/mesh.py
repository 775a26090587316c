"""The MakeHuman base mesh, cut to what a portrait camera sees of it."""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.heads.files import read_head_file

Floats = NDArray[np.floating]  # float32 in fact: half the memory to move
Numbers = NDArray[np.int32]

METRES_PER_UNIT = 0.1  # MakeHuman counts in decimetres
BETWEEN_EYES_UNITS = (0.0, 7.28415, 1.24535)  # the two eye joints of the base mesh
LOWEST_M = -0.90  # of the bust, below the eyes
WIDEST_M = 0.55  # the arms end here
BEHIND_EARS_M, EARS_TOP_M = -0.075, 0.025
ARM_BONES = ("upperarm", "lowerarm", "wrist", "metacarpal", "finger")
HEAD_BONES_BY_SHARE = {"neck01": 0.15, "neck02": 0.4, "neck03": 0.7}  # how far a bone follows the head


class Part(IntEnum):
    """What a face of the mesh is made of."""

    BODY = 0
    EYE = 1
    LASHES = 2
    TEETH = 3
    LONG_HAIR = 4


GROUPS = {
    "body": Part.BODY,
    "helper-l-eye": Part.EYE,
    "helper-r-eye": Part.EYE,
    "helper-l-eyelashes-2": Part.LASHES,
    "helper-r-eyelashes-2": Part.LASHES,
    "helper-upper-teeth": Part.TEETH,
    "helper-lower-teeth": Part.TEETH,
    "helper-hair": Part.LONG_HAIR,
}


@dataclass(frozen=True, slots=True, eq=False)
class Bust:
    """Head, neck and shoulders at rest.

    points: (n, 3) metres from between the eyes: to the picture's right, up, to the camera.
    quads: (m, 4) numbers of points. parts: (m,) Part. kept: (n,) numbers of the points in the whole mesh.
    lips, ears, mouth: (n,) 0..1, how far a point belongs there. follows_head: (n,) 0..1. follows_arms:
    (n, 2) 0..1, the arm on the picture's left first.
    """

    points: Floats
    quads: Numbers
    parts: NDArray[np.uint8]
    kept: Numbers
    lips: Floats
    ears: Floats
    mouth: Floats
    follows_head: Floats
    follows_arms: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Mesh:
    points: Floats
    texture_points: Floats
    quads: Numbers
    texture_quads: Numbers
    parts: NDArray[np.uint8]


@functools.cache
def bust() -> Bust:
    """The bust of the base mesh; read once."""
    mesh = _read_mesh()
    wanted = _is_seen(mesh.points)[mesh.quads].all(axis=1) & ~_is_hair_in_the_face(mesh)
    quads = mesh.quads[wanted]
    kept = np.unique(quads)
    number = np.zeros(len(mesh.points), np.int32)
    number[kept] = np.arange(len(kept), dtype=np.int32)
    masks = {name: _mask(mesh, name)[kept] for name in ("lips", "ears", "inside-mouth")}
    return Bust(
        points=mesh.points[kept],
        quads=number[quads],
        parts=mesh.parts[wanted],
        kept=kept.astype(np.int32),
        lips=masks["lips"],
        ears=masks["ears"],
        mouth=masks["inside-mouth"],
        follows_head=_follows_head(len(mesh.points))[kept],
        follows_arms=_follows_arms(len(mesh.points))[kept],
    )


def _read_mesh() -> _Mesh:
    """The faces of the groups that a portrait shows."""
    points: list[list[float]] = []
    texture_points: list[list[float]] = []
    corners: list[list[list[int]]] = []
    parts: list[Part] = []
    for kind, words, group in _lines():
        if kind == "v":
            points.append([float(word) for word in words])
        elif kind == "vt":
            texture_points.append([float(word) for word in words[:2]])
        elif group in GROUPS:
            corners.append([[int(number) - 1 for number in word.split("/")] for word in words])
            parts.append(GROUPS[group])
    faces = np.array(corners, np.int32)
    metres = (np.array(points, np.float32) - np.asarray(BETWEEN_EYES_UNITS, np.float32)) * np.float32(
        METRES_PER_UNIT
    )
    return _Mesh(
        metres,
        np.array(texture_points, np.float32),
        faces[:, :, 0],
        faces[:, :, 1],
        np.array(parts, np.uint8),
    )


def _lines() -> Iterator[tuple[str, list[str], str]]:
    """Kind, words and group of each line of the mesh that carries geometry."""
    group = ""
    for line in read_head_file("mpfb2/3dobjs/base.obj").decode().splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "g":
            group = rest
        elif kind in ("v", "vt", "f"):
            yield kind, rest.split(), group


def _is_seen(points: Floats) -> NDArray[np.bool_]:
    return (points[:, 1] > LOWEST_M) & (np.abs(points[:, 0]) < WIDEST_M)


def _is_hair_in_the_face(mesh: _Mesh) -> NDArray[np.bool_]:
    """Faces of the long hair that are not below and behind the ears."""
    corners = mesh.points[mesh.quads]
    is_behind = (corners[:, :, 2].max(axis=1) < BEHIND_EARS_M) & (corners[:, :, 1].max(axis=1) < EARS_TOP_M)
    return (mesh.parts == Part.LONG_HAIR) & ~is_behind


def _mask(mesh: _Mesh, name: str) -> Floats:
    """How far each point belongs to a part that MakeHuman paints by a texture."""
    coded = np.frombuffer(read_head_file(f"mpfb2/textures/mpfb_{name}.jpg"), np.uint8)
    texture = np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)
    rows, columns = texture.shape
    across = np.clip(mesh.texture_points[:, 0] * columns, 0, columns - 1).astype(np.int32)
    down = np.clip((1.0 - mesh.texture_points[:, 1]) * rows, 0, rows - 1).astype(np.int32)
    belongs = np.zeros(len(mesh.points), np.float32)
    belongs[mesh.quads] = texture[down, across][mesh.texture_quads].astype(np.float32) / 255.0
    return belongs


def _follows_head(count: int) -> Floats:
    """0 for points of the trunk, 1 for points of the head, between them on the neck."""
    bones = _bones()
    trunk = [
        bone for bone in bones if bone.startswith(("spine", "clavicle", "breast", "shoulder", *ARM_BONES))
    ]
    shares = dict.fromkeys(trunk, 0.0) | HEAD_BONES_BY_SHARE
    follows = np.ones(count, np.float32)
    for bone, share in shares.items():
        follows -= np.float32(1.0 - share) * _weights(bones[bone], count)
    return np.clip(follows, 0.0, 1.0)


def _follows_arms(count: int) -> Floats:
    """How far points go with each arm."""
    bones = _bones()
    sides = (
        [bone for bone in bones if bone.startswith(ARM_BONES) and bone.endswith(side)]
        for side in (".R", ".L")
    )
    return np.column_stack([sum(_weights(bones[bone], count) for bone in side) for side in sides])


def _bones() -> dict[str, list[tuple[int, float]]]:
    return json.loads(read_head_file("mpfb2/rigs/standard/weights.default.json"))["weights"]


def _weights(bone: list[tuple[int, float]], count: int) -> Floats:
    """How far each of `count` points follows one bone."""
    weights = np.zeros(count, np.float32)
    for point, weight in bone:
        weights[point] = weight
    return weights
