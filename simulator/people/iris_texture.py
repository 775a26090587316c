"""The pattern of an invented iris, unrolled: fibres, collarette, crypts, furrows, spots.

After the anatomy model of Zuo, Schmid and Chen, "On generation and analysis of synthetic iris images" (2007).
"""

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]

DEPTHS, ANGLES = 96, 1024  # rows from the pupil's edge to the limbus, columns once around
COLLARETTE = 0.28  # of the way out
SLIDE, SINK, NEW = 3.0, 2.0, 0.22  # columns, rows, share of the pattern: what one occasion usually changes


def iris_texture(rng: np.random.Generator) -> Floats:
    """One iris: (DEPTHS, ANGLES) float32, mean 0, deviation 1, within -3..3; it closes upon itself."""
    depth, turn = np.meshgrid(np.linspace(0, 1, DEPTHS), np.linspace(0, 2 * np.pi, ANGLES, endpoint=False))
    depth, turn = depth.T.astype(np.float32), turn.T.astype(np.float32)
    ridge = COLLARETTE + _waves(rng, turn, (3, 14), 0.03)
    texture = _fibres(rng, depth < ridge)
    texture += 0.9 * np.exp(-(((depth - ridge) / 0.035) ** 2)) - 0.5 * (depth < ridge)
    texture += _crypts(rng) + _furrows(rng, depth, turn) + _spots(rng)
    texture -= texture.mean()
    return np.clip(texture / texture.std(), -3, 3).astype(np.float32)


def _waves(rng: np.random.Generator, turn: Floats, frequencies: tuple[int, int], amplitude: float) -> Floats:
    """A closed wavy line: a few sines of random phase."""
    line = np.zeros_like(turn)
    for frequency in rng.integers(*frequencies, size=4):
        line += amplitude / 2 * np.sin(int(frequency) * turn + np.float32(rng.uniform(0, 2 * np.pi)))
    return line


def _fibres(rng: np.random.Generator, pupillary: NDArray[np.bool_]) -> Floats:
    """Radial strands that wander sideways; finer inside the collarette."""
    coarse = _strands(rng, knots=5, width=6.5) + 0.5 * _strands(rng, knots=8, width=2.5)
    fine = _strands(rng, knots=3, width=3.0)
    return np.where(pupillary, 0.8 * fine + 0.3 * coarse, coarse).astype(np.float32)


def _strands(rng: np.random.Generator, knots: int, width: float) -> Floats:
    """Noise with `width` columns of correlation around and 1 / `knots` of the depth along."""
    noise = _around(rng.standard_normal((knots, ANGLES), np.float32), width)
    drift = _around(rng.standard_normal((4, ANGLES), np.float32), 40.0)
    column = ((np.arange(ANGLES, dtype=np.float32) + 8 * _drawn_out(drift)) % ANGLES).astype(np.float32)
    row = np.repeat(np.arange(DEPTHS, dtype=np.float32)[:, None], ANGLES, axis=1)
    moved = cv2.remap(_drawn_out(noise), column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return moved.astype(np.float32)


def _drawn_out(noise: Floats) -> Floats:
    """A few rows of noise stretched over the whole depth, with standard deviation near 1."""
    unit = np.divide(noise, float(noise.std()), dtype=np.float32)
    return cv2.resize(unit, (ANGLES, DEPTHS), interpolation=cv2.INTER_CUBIC).astype(np.float32)


def _around(image: Floats, sigma: float) -> Floats:
    """Smooth along the angle, across the seam too."""
    margin = int(4 * sigma)
    wrapped = np.concatenate((image[:, -margin:], image, image[:, :margin]), axis=1)
    smooth = cv2.GaussianBlur(wrapped, (0, 0), sigmaX=sigma, sigmaY=1e-3)
    return smooth[:, margin:-margin].astype(np.float32)


def _crypts(rng: np.random.Generator) -> Floats:
    """Dark lozenges around the collarette, with a bright rim."""
    layer = np.zeros((DEPTHS, ANGLES), np.float32)
    for _ in range(int(rng.integers(10, 34))):
        centre = rng.uniform(0.2, 0.65) * DEPTHS, rng.uniform(0, ANGLES)
        _stamp(layer, centre, (rng.uniform(3, 9), rng.uniform(4, 16)), float(rng.uniform(0.8, 2.2)))
    return layer


def _stamp(layer: Floats, centre: tuple[float, float], size: tuple[float, float], depth: float) -> None:
    """Press one dark dent with a bright rim into the layer."""
    rows = np.arange(DEPTHS, dtype=np.float32)[:, None]
    columns = np.arange(ANGLES, dtype=np.float32)[None, :]
    beside = (columns - centre[1] + ANGLES / 2) % ANGLES - ANGLES / 2
    out = ((rows - centre[0]) / size[0]) ** 2 + (beside / size[1]) ** 2
    layer += (depth * (0.4 * np.exp(-((out - 1.6) ** 2)) - np.exp(-(out**2)))).astype(np.float32)


def _furrows(rng: np.random.Generator, depth: Floats, turn: Floats) -> Floats:
    """Contraction furrows: faint dark arcs around the pupil, near the limbus."""
    layer = np.zeros_like(depth)
    for _ in range(int(rng.integers(2, 6))):
        line = rng.uniform(0.55, 0.92) + _waves(rng, turn, (1, 5), 0.015)
        seen = np.clip(np.cos(turn - rng.uniform(0, 2 * np.pi)) + rng.uniform(0, 0.8), 0, 1)
        layer -= (rng.uniform(0.5, 1.0) * seen * np.exp(-(((depth - line) / 0.018) ** 2))).astype(np.float32)
    return layer


def _spots(rng: np.random.Generator) -> Floats:
    """A few dark flecks anywhere."""
    layer = np.zeros((DEPTHS, ANGLES), np.float32)
    for _ in range(int(rng.integers(0, 6))):
        centre = rng.uniform(0.1, 0.95) * DEPTHS, rng.uniform(0, ANGLES)
        _stamp(layer, centre, (rng.uniform(1.5, 3.5), rng.uniform(2, 6)), 1.5)
    return layer


def warped_texture(texture: Floats, rng: np.random.Generator, strain: float) -> Floats:
    """The texture as it shows on another occasion: tissue displaced, part of it seen otherwise.

    strain: how much the occasions differ; 1 is usual.
    """
    row = np.repeat(np.arange(DEPTHS, dtype=np.float32)[:, None], ANGLES, axis=1)
    column = np.repeat(np.arange(ANGLES, dtype=np.float32)[None], DEPTHS, axis=0)
    aside = SLIDE * strain * _drawn_out(_around(rng.standard_normal((3, ANGLES), np.float32), 60.0))
    inwards = SINK * strain * _drawn_out(_around(rng.standard_normal((3, ANGLES), np.float32), 60.0))
    moved = cv2.remap(
        texture,
        ((column + aside) % ANGLES).astype(np.float32),
        np.clip(row + inwards, 0, DEPTHS - 1).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_WRAP,
    )
    other = _strands(rng, knots=8, width=3.0)
    mixed = moved + min(0.9, NEW * (0.4 + 0.6 * strain)) * other
    return np.clip(mixed / mixed.std(), -3, 3).astype(np.float32)


def lens_print(rng: np.random.Generator) -> Floats:
    """What is printed on a patterned contact lens, not before the pupil: (DEPTHS, ANGLES) float32, 0..1."""
    dots = _around(rng.standard_normal((DEPTHS // 4, ANGLES), np.float32), 5.0)
    spread = cv2.resize(dots, (ANGLES, DEPTHS), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    printed = spread > 0.1 * np.float32(dots.std())
    depth = np.linspace(0, 1, DEPTHS, dtype=np.float32)[:, None]
    ragged = 0.12 + 0.1 * _around(rng.standard_normal((1, ANGLES), np.float32), 8.0)[0] * 8
    return ((depth > ragged) & printed).astype(np.float32)
