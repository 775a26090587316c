"""Colour and gloss of what a head is made of, before light falls on it."""

import functools
from dataclasses import dataclass

import cv2
import numpy as np

from simulator.people.facts import Sex
from simulator.people.heads import covers
from simulator.people.heads.mesh import Floats
from simulator.people.heads.styles import HairStyle
from simulator.people.heads.traits import HAIRS, Linear, Traits
from simulator.people.pose import Scarf

TILE, RIM = (512, 512), 50
GRAIN_PER_M, HEAD_RADIUS_M = 1700.0, 0.1
SKIN_GLOSS, HAIR_GLOSS, EYE_GLOSS = 0.045, 0.02, 0.8
LIP_COLOUR = np.asarray([0.80, 0.50, 0.52], np.float32)  # of the skin's own
EYE_WHITE = np.asarray([0.66, 0.62, 0.59], np.float32)
MOUTH_INSIDE = np.asarray([0.12, 0.03, 0.03], np.float32)
TOOTH = np.asarray([0.60, 0.56, 0.48], np.float32)
IRIS_RADIUS_M, PUPIL_RADIUS_M, EYE_RADIUS_M = 0.0059, 0.0019, 0.0122
GLINT_M = (0.0016, 0.0030, 0.0007)  # right of and above the eye's centre, size
BROW_COVER = 0.8
THIN_COVER = {HairStyle.CROPPED: 0.85, HairStyle.BALD: 0.7}
FOLDS, FOLD_DEPTH = 17.0, 0.16
WRINKLE_DEPTH = 0.28
BAND_M = 0.014  # of the collar
BEARD_FROM_YEARS = 16


@dataclass(frozen=True, slots=True, eq=False)
class Grain:
    """Tiles of noise with deviation 1: pores, blotches, and strands of hair."""

    pores: Floats
    blotches: Floats
    strands: Floats


@functools.lru_cache(4)
def grain(seed: int) -> Grain:
    """The noise of one person's skin and hair."""
    generator = np.random.default_rng(seed)
    return Grain(_tile(generator, 1.0, 1.0), _tile(generator, 13.0, 13.0), _tile(generator, 1.1, 12.0))


def skin(
    places: Floats, lips: Floats, ears: Floats, traits: Traits, grain: Grain, scarf: Scarf
) -> tuple[Floats, Floats]:
    """Colour, (n, 3), and gloss, (n,), of face, neck and hair; lips and ears: 0..1 of each place."""
    pores, strands, blotches = _wound(places, GRAIN_PER_M, grain.pores, grain.strands, grain.blotches)
    tone = 1.0 + 0.04 * pores + 0.03 * blotches
    tone *= 1.0 - WRINKLE_DEPTH * traits.ageing * covers.wrinkles(places, blotches)
    colour = np.asarray(traits.skin, np.float32) * tone[:, None] * _flush(places, ears)
    if traits.sex is Sex.MALE and traits.age_years > BEARD_FROM_YEARS:
        colour *= 1.0 - _beard(places, pores)[:, None] * np.asarray([1.0, 0.9, 0.75], np.float32)
    colour = over(
        colour, np.asarray(traits.skin, np.float32) * LIP_COLOUR, 0.6 * covers.soft_step(lips - 0.55, 0.25)
    )
    brows = BROW_COVER * covers.brow_cover(places, 0.12 * strands + 0.10 * pores)
    colour = over(colour, dark_hair(traits) * (1.0 + 0.2 * pores[:, None]), brows)
    hair = covers.hair_cover(places, 0.0013 * strands, traits.style)
    hair *= 1.0 if traits.style is HairStyle.OVER_EARS else ears < 0.3
    hair *= THIN_COVER.get(traits.style, 1.0)
    colour = over(colour, hair_colour(traits.hair, strands), hair)
    if scarf is not Scarf.OFF:
        hair = np.maximum(hair, covers.scarf_cover(places, scarf))
        colour = over(colour, _scarf(places, traits, blotches), covers.scarf_cover(places, scarf))
    gloss = SKIN_GLOSS * (1.0 + 0.2 * pores) * (1.0 - hair) + HAIR_GLOSS * hair * (1.0 + 0.5 * strands)
    return colour, gloss


def _scarf(places: Floats, traits: Traits, blotches: Floats) -> Floats:
    """Cloth in folds around the face."""
    angle = np.arctan2(places[:, 1] - np.float32(covers.FACE_OVAL_Y), places[:, 0])
    folds = 1.0 + FOLD_DEPTH * np.sin(angle * np.float32(FOLDS) + 0.9 * blotches)
    return np.asarray(traits.scarf, np.float32) * folds[:, None]


def long_hair(places: Floats, traits: Traits, grain: Grain) -> tuple[Floats, Floats]:
    """Colour and gloss of hair that falls behind the neck."""
    (strands,) = _wound(places, GRAIN_PER_M, grain.strands)
    return hair_colour(traits.hair, strands) * np.float32(0.7), HAIR_GLOSS * (1.0 + 0.5 * strands)


def hair_colour(colour: Linear, strands: Floats) -> Floats:
    """Lighter and darker strands of one colour."""
    return np.asarray(colour, np.float32) * np.clip(1.0 + 0.25 * strands, 0.3, 1.6)[:, None]


def cloth(places: Floats, below: Floats, colour: Linear, grain: Grain) -> Floats:
    """Colour of a shirt with a collar band; below: metres below its seam, (n,)."""
    across, down = ((places[:, axis] * np.float32(GRAIN_PER_M)).astype(np.int32) % TILE[0] for axis in (0, 1))
    weave = 1.0 + 0.03 * grain.pores[down, across]
    band = np.where(below < BAND_M, np.float32(0.78), np.float32(1.0))
    seam = 1.0 - 0.35 * np.exp(-(((below - np.float32(BAND_M)) / np.float32(0.0008)) ** 2))
    return np.asarray(colour, np.float32) * (weave * band * seam)[:, None]


def eye(offsets: Floats, gaze: Floats, iris_colour: Linear) -> tuple[Floats, Floats]:
    """Colour and gloss of an eyeball; offsets: (n, 3) metres from its centre, gaze: (3,) unit length."""
    straight = (offsets @ gaze) / np.linalg.norm(offsets, axis=1)
    radius = np.arccos(np.clip(straight, -1.0, 1.0)) * np.float32(EYE_RADIUS_M)
    ring = 1.0 - 0.5 * np.exp(-(((radius - 0.0057) / 0.0006) ** 2))
    iris = (
        np.asarray(iris_colour, np.float32)
        * ((0.7 + 0.5 * radius / np.float32(IRIS_RADIUS_M)) * ring)[:, None]
    )
    colour = over(
        np.broadcast_to(EYE_WHITE, offsets.shape), iris, covers.soft_step(IRIS_RADIUS_M - radius, 0.0004)
    )
    colour = over(colour, np.full(3, 0.003, np.float32), covers.soft_step(PUPIL_RADIUS_M - radius, 0.0002))
    right, above, size = GLINT_M
    away = (offsets[:, 0] - np.float32(right)) ** 2 + (offsets[:, 1] - np.float32(above)) ** 2
    return colour, EYE_GLOSS * np.exp(away * np.float32(-0.5 / size**2))


def dark_hair(traits: Traits) -> Floats:
    """Brows and lashes stay darker than the hair when it turns grey."""
    return np.asarray(traits.hair, np.float32) * np.float32(0.25) + np.asarray(
        HAIRS[0], np.float32
    ) * np.float32(0.75)


def _flush(places: Floats, ears: Floats) -> Floats:
    """Redder cheeks, nose and ears: (n, 3) factors."""
    red = 0.20 * covers.spot(places, 0.035, -0.035, 0.016) + 0.16 * covers.spot(places, 0.0, -0.035, 0.012)
    red = red + 0.2 * ears + 0.10 * covers.spot(places, 0.030, -0.012, 0.010)
    return np.stack([np.ones_like(red), 1.0 - 0.5 * red, 1.0 - 0.55 * red], axis=1)


def _beard(places: Floats, pores: Floats) -> Floats:
    """The shadow of a shaved beard."""
    y = places[:, 1]
    on_jaw = covers.soft_step(np.float32(-0.048) - y, 0.012) * covers.soft_step(y + np.float32(0.118), 0.01)
    return 0.10 * (1.0 + 0.3 * pores) * on_jaw * covers.soft_step(places[:, 2] + np.float32(0.03), 0.02)


def over(below: Floats, above: Floats, cover: Floats) -> Floats:
    """Colours, (n, 3), with other colours laid over them as far as they cover, (n,)."""
    return below + (above - below) * cover[:, None]


def _tile(generator: np.random.Generator, across: float, down: float) -> Floats:
    """Noise without seams, smoothed by so many pixels."""
    noise = np.pad(generator.standard_normal(TILE, dtype=np.float32), RIM, mode="wrap")
    smooth = cv2.GaussianBlur(noise, (0, 0), sigmaX=across, sigmaY=down)[RIM:-RIM, RIM:-RIM]
    return (smooth / smooth.std()).astype(np.float32)


def _wound(places: Floats, per_m: float, *tiles: Floats) -> list[Floats]:
    """Values of tiles that are wound around the head, (n,) of each."""
    turn = np.arctan2(places[:, 0], places[:, 2] - np.float32(covers.HEAD_AXIS_Z))
    columns = (turn * np.float32(HEAD_RADIUS_M * per_m)).astype(np.int32) % TILE[1]
    rows = (places[:, 1] * np.float32(per_m)).astype(np.int32) % TILE[0]
    return [tile[rows, columns] for tile in tiles]
