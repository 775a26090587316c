"""A print made ready for comparison: every minutia with the ridge flow around it, as it sees it."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.minutiae.minutiae import TILE_PX, Minutiae

Complex = NDArray[np.complex64]

MOST_COMPARED = 80  # the surest; keeps a comparison within milliseconds
_RINGS = ((18, 6), (32, 10), (46, 14), (62, 18))  # radius in pixels, samples: two to seven ridges away
_AROUND = np.concatenate([radius * np.exp(2j * np.pi * np.arange(count) / count) for radius, count in _RINGS])


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """Personal data, as the minutiae are. Places are complex: columns, and rows upwards, in pixels.

    places, headings: (n,) complex64, headings of length 1. surroundings: (n, samples) complex64, the flow on
    rings around each minutia, turned by its heading. flow: (rows, columns) complex64 as in `Minutiae`.
    cells: (m,) complex64, the middles of every other tile of the print.
    """

    places: Complex = field(repr=False)
    headings: Complex = field(repr=False)
    surroundings: Complex = field(repr=False)
    flow: Complex = field(repr=False)
    cells: Complex = field(repr=False)


def describe(minutiae: Minutiae) -> Described:
    """The surest minutiae of a print with what surrounds them."""
    column, row = minutiae.places[:MOST_COMPARED].T
    places = (column - 1j * row).astype(np.complex64)
    headings = np.exp(1j * minutiae.directions[:MOST_COMPARED]).astype(np.complex64)
    seen = flow_at(minutiae.ridge_flow, places[:, None] + headings[:, None] * _AROUND)
    surroundings = (seen * headings.conj()[:, None] ** 2).astype(np.complex64)
    return Described(places, headings, surroundings, minutiae.ridge_flow, _cells(minutiae.ridge_flow))


def flow_at(flow: Complex, places: NDArray[np.complexfloating[Any]]) -> Complex:
    """The flow of the tile that each place lies in; 0 outside of the print."""
    if not flow.size:
        return np.zeros(places.shape, np.complex64)
    column, row = (np.floor(part / TILE_PX).astype(np.intp) for part in (places.real, -places.imag))
    inside = (row >= 0) & (row < flow.shape[0]) & (column >= 0) & (column < flow.shape[1])
    return np.where(inside, flow[np.where(inside, row, 0), np.where(inside, column, 0)], 0).astype(
        np.complex64
    )


def _cells(flow: Complex) -> Complex:
    row, column = np.nonzero(flow)
    return ((column + 0.5 - 1j * (row + 0.5)) * TILE_PX).astype(np.complex64)[::2]
