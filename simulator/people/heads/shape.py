"""From traits and a pose to the points of a dressed head."""

import functools
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from simulator.people.heads.covers import cloth_cover, hair_lift, scarf_cover
from simulator.people.heads.light import normals
from simulator.people.heads.mesh import Floats, Numbers, Part, bust
from simulator.people.heads.refine import Refinement, refinement
from simulator.people.heads.styles import CUTS, HairStyle
from simulator.people.heads.targets import target
from simulator.people.heads.traits import AGEING, Traits
from simulator.people.pose import Pose, Scarf

AGES = (("baby", 1.0), ("child", 11.0), ("young", 25.0), ("old", 90.0))  # MakeHuman's ages, in years
NECK = np.asarray(
    [0.0, -0.06, -0.10], np.float32
)  # the head turns about this point, metres from between the eyes
REST_PITCH_DEG = 7.5  # MakeHuman's head hangs a little: without this the pose reads as looking down
CLOTH_M, SCARF_M = 0.006, 0.010  # how far cloth stands off the skin
NO_EAR, EARS_REACH, EAR_SMOOTHINGS = 0.05, 1.0, 60
CLOTH_EDGE_M = 0.004
CLOTH_SMOOTHINGS = 14
ARMS_DOWN_RAD = 0.65
SHOULDER = (0.3, 0.7)  # points that follow an arm so far lie around its joint
LIDS = ((0.0, 0.08, 0.29, 0.45, 0.6, 0.8, 1.0), (1.0, 0.8, 0.6, 0.5, 0.4, 0.2, 0.0))  # opening, face unit
LASH_LENGTH = np.float32(0.4)
BROADEST_SMILE = 1.4  # of the face unit, which drooping mouths hide
EYE_DISTANCE_M = 0.0615  # of the base mesh, for which the face units are made
GAZE_FOLLOWS_HEAD = 0.3  # eyes stay on the screen when the head turns


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """One person in one pose.

    points: of the fine mesh, (n, 3) metres from between the eyes. gaze: (3,) where the eyes look, seen
    from the resting head. turn: (3, 3) of a head that looked into the lens.
    """

    points: Floats
    gaze: Floats
    turn: Floats


@functools.cache
def fine() -> Refinement:
    """The step from the bust's mesh to the mesh that is drawn."""
    return refinement(bust().quads, len(bust().points))


def posed(traits: Traits, pose: Pose) -> Posed:
    """The fine mesh of one person in one pose; roll, shift and distance are the camera's affair."""
    dressed = _dressed(traits, pose.scarf)
    face = _short_lashes(dressed + _expression(pose, _eye_distance(dressed)))
    turn = _rotation(pose.yaw_deg, pose.pitch_deg + REST_PITCH_DEG)
    points = _turned(fine().points(face), turn)
    gaze = turn.T @ np.asarray([0.0, 0.0, 1.0], np.float32) * (1.0 - GAZE_FOLLOWS_HEAD)
    gaze[2] += GAZE_FOLLOWS_HEAD
    between = eyes(points).mean(axis=0)
    upright = _rotation(pose.yaw_deg, pose.pitch_deg)
    return Posed(points - between, gaze / np.linalg.norm(gaze), upright)


@functools.lru_cache(4)
def _dressed(traits: Traits, scarf: Scarf) -> Floats:
    """The points of one person at rest, in what they wear; read-only."""
    points = _dress(_arms_down(_neutral(traits)), traits, scarf)
    points.flags.writeable = False
    return points


def _neutral(traits: Traits) -> Floats:
    """The points of one person at rest, origin between the eyes."""
    points = bust().points.copy()
    ageing = ((name, weight * traits.ageing) for name, weight in AGEING)
    for name, weight in (*_macro_targets(traits), *traits.features, *ageing):
        if weight:
            points += np.float32(weight) * target(name)
    return points - eyes(points).mean(axis=0)


def _macro_targets(traits: Traits) -> Iterator[tuple[str, float]]:
    """Names and weights of the targets that make age, sex, region and build."""
    builds = [
        (f"{muscle}muscle-{weight}weight", by_muscle * by_weight)
        for muscle, by_muscle in _degrees(traits.muscle)
        for weight, by_weight in _degrees(traits.weight)
    ]
    for age, by_age in _ages(traits.age_years):
        for region, by_region in traits.regions:
            yield f"macrodetails/{region}-{traits.sex}-{age}", by_age * by_region
        for build, by_build in builds:
            yield f"macrodetails/universal-{traits.sex}-{age}-{build}", by_age * by_build


def _ages(years: float) -> list[tuple[str, float]]:
    for (younger, from_years), (older, to_years) in itertools.pairwise(AGES):
        if years <= to_years:
            share = (years - from_years) / (to_years - from_years)
            return [(younger, 1.0 - share), (older, share)]
    return [(AGES[-1][0], 1.0)]


def _degrees(value: float) -> list[tuple[str, float]]:
    return [("min", max(0.0, -value)), ("average", 1.0 - abs(value)), ("max", max(0.0, value))]


def _arms_down(points: Floats) -> Floats:
    """The points with the arms, which MakeHuman spreads, hanging at the sides."""
    lowered = points.copy()
    for arm, angle in zip(bust().follows_arms.T, (ARMS_DOWN_RAD, -ARMS_DOWN_RAD), strict=True):
        shoulder = points[(arm > SHOULDER[0]) & (arm < SHOULDER[1])].mean(axis=0)
        turn = arm * np.float32(angle)
        right, up = (points[:, :2] - shoulder[:2]).T
        lowered[:, 0] += right * (np.cos(turn) - 1.0) - up * np.sin(turn)
        lowered[:, 1] += right * np.sin(turn) + up * (np.cos(turn) - 1.0)
    return lowered


def _dress(points: Floats, traits: Traits, scarf: Scarf) -> Floats:
    """Cloth falls smoothly over the trunk, a scarf over the head; cloth and hair stand off the skin."""
    outwards = normals(points, bust().quads)
    cloth = cloth_cover(bust().points, CLOTH_EDGE_M)[:, None]
    covers_ears = traits.style is HairStyle.OVER_EARS
    hair = (hair_lift(bust().points, traits.style) * (covers_ears | (bust().ears < 0.2)))[:, None]
    lift = CLOTH_M * cloth + CUTS[traits.style].lift_m * hair
    draped = points.copy()
    for _ in range(CLOTH_SMOOTHINGS):
        draped += cloth * (_neighbours_mean(draped) - draped)
    if covers_ears or scarf is Scarf.ON:
        around = hair if scarf is Scarf.OFF else scarf_cover(bust().points, scarf)[:, None]
        draped, outwards = _without_ears(draped, around), _without_ears(outwards, around)
    if scarf is not Scarf.OFF:
        lift = np.maximum(lift, SCARF_M * scarf_cover(bust().points, scarf)[:, None])
    return (draped + outwards * lift).astype(np.float32)


def _without_ears(values: Floats, around: Floats) -> Floats:
    """Values smoothed where something covers the ears."""
    smooth = values.copy()
    reach = np.float32(EARS_REACH) * _near_ears()[:, None]
    for _ in range(EAR_SMOOTHINGS):
        smooth += around * reach * (_neighbours_mean(smooth) - smooth)
    return smooth


@functools.cache
def _near_ears() -> Floats:
    """1 at the ears, less around them."""
    near = (bust().ears > NO_EAR).astype(np.float32)[:, None]
    for _ in range(6):
        near = np.maximum(near, 0.9 * _neighbours_mean(near) * 2.0)
    return np.clip(near[:, 0], 0.0, 1.0)


def _neighbours_mean(points: Floats) -> Floats:
    edges = fine().edges
    others = edges[:, ::-1]
    counts = np.maximum(np.bincount(edges.ravel(), minlength=len(points)), 1)
    sums = [
        np.bincount(edges.ravel(), points[others.ravel(), axis], len(points)) / counts
        for axis in range(points.shape[1])
    ]
    return np.stack(sums, axis=1).astype(np.float32)


def _expression(pose: Pose, eye_distance_m: float) -> Floats:
    """What the pose's eyes and mouth move, as large as the face is."""
    weights = {
        "eyeBlink": float(np.interp(pose.eyes_open, *LIDS)),
        "mouthSmile": BROADEST_SMILE * pose.smile,
        "cheekSquint": 0.4 * pose.smile,
    }
    moved = np.float32(pose.mouth_open) * target("unit/jawOpen")
    for unit, weight in weights.items():
        if weight:
            moved = moved + np.float32(weight) * (target(f"unit/{unit}Left") + target(f"unit/{unit}Right"))
    return moved * np.float32(eye_distance_m / EYE_DISTANCE_M)


def _short_lashes(points: Floats) -> Floats:
    """The points with the lashes drawn back towards the lids; MakeHuman's are made for hair textures."""
    lashes, roots = _lashes()
    points[lashes] = points[roots] + LASH_LENGTH * (points[lashes] - points[roots])
    return points


@functools.cache
def _lashes() -> tuple[Numbers, Numbers]:
    """The points of the lashes, and for each the nearest point of the lids."""
    resting, skin = bust().points, np.unique(bust().quads[bust().parts == Part.BODY])
    lashes = np.unique(bust().quads[bust().parts == Part.LASHES])
    away = np.linalg.norm(resting[lashes, None] - resting[None, skin], axis=2)
    return lashes, skin[away.argmin(axis=1)]


def eyes(points: Floats) -> Floats:
    """Centres of the eyeballs in the coarse or the fine mesh: (2, 3), the one on the picture's left first."""
    return np.stack([points[numbers].mean(axis=0) for numbers in _eye_points()])


@functools.cache
def _eye_points() -> tuple[Numbers, Numbers]:
    numbers = np.unique(bust().quads[bust().parts == Part.EYE])
    is_left = bust().points[numbers, 0] < 0.0
    return numbers[is_left], numbers[~is_left]


def _eye_distance(points: Floats) -> float:
    left, right = eyes(points)
    return float(np.linalg.norm(right - left))


def _rotation(yaw_deg: float, pitch_deg: float) -> Floats:
    """Turn of the head, (3, 3): first up, then to the picture's right."""
    up = cv2.Rodrigues(np.radians([[-pitch_deg], [0.0], [0.0]]))[0]
    aside = cv2.Rodrigues(np.radians([[0.0], [yaw_deg], [0.0]]))[0]
    return (aside @ up).astype(np.float32)


def _turned(points: Floats, turn: Floats) -> Floats:
    """The points with the head turned; the neck follows in part."""
    vector = cv2.Rodrigues(turn.astype(np.float64))[0].ravel()
    full_angle = float(np.linalg.norm(vector))
    axis = (vector / max(full_angle, 1e-9)).astype(np.float32)
    angle = _follows() * np.float32(full_angle)
    arm = points - NECK
    along = (arm @ axis)[:, None] * axis
    turned = along + (arm - along) * np.cos(angle) + np.cross(axis, arm) * np.sin(angle)
    return (turned + NECK).astype(np.float32)


@functools.cache
def _follows() -> Floats:
    return fine().values(bust().follows_head[:, None])
