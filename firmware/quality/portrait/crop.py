"""The picture for the card: 2:3, head and shoulders, cut from a frame."""

from dataclasses import dataclass

import numpy as np

from firmware.quality.advice import Advice
from firmware.quality.portrait.detector import Pixels
from firmware.quality.portrait.features import features_of
from firmware.quality.portrait.model import Face


@dataclass(frozen=True, slots=True)
class CropRule:
    """Where the face lies in the crop; policy/portrait.toml.

    rows_of_face_length: the crop's height, by the length from eyes to chin.
    eye_line: from the top, as a share of the height. columns_of_rows: width by height.
    """

    rows_of_face_length: float
    eye_line: float
    columns_of_rows: float


@dataclass(frozen=True, slots=True)
class CropPlace:
    """A crop in pixels of its frame; top and left are negative where it begins outside."""

    top: int
    left: int
    rows: int
    columns: int

    def lies_in(self, frame_rows: int, frame_columns: int) -> bool:
        """Whether the frame has every pixel of it."""
        across = self.left >= 0 and self.left + self.columns <= frame_columns
        return across and self.top >= 0 and self.top + self.rows <= frame_rows


def crop_place(face: Face, rule: CropRule) -> CropPlace:
    """Where the crop of `face` lies. It stands upright in the frame: a head that is held askew stays so."""
    features = features_of(face.landmarks)
    rows = round(features.face_length * rule.rows_of_face_length)
    columns = round(rows * rule.columns_of_rows)
    top = round(float(features.middle[1]) - rows * rule.eye_line)
    left = round(float(features.middle[0]) - columns / 2)
    return CropPlace(top, left, rows, columns)


def crop_fits(face: Face, shape: tuple[int, ...], rule: CropRule) -> bool:
    """Whether the frame of that shape, (rows, columns, ...), has every pixel of the crop."""
    return crop_place(face, rule).lies_in(shape[0], shape[1])


def crop_advice(face: Face, shape: tuple[int, ...], rule: CropRule) -> Advice | None:
    """What brings the crop into the frame: more distance where it is too large, else the middle."""
    place = crop_place(face, rule)
    if place.lies_in(shape[0], shape[1]):
        return None
    too_large = place.rows > shape[0] or place.columns > shape[1]
    return Advice.FACE_BACK if too_large else Advice.FACE_CENTRE


def portrait_crop(pixels: Pixels, face: Face, rule: CropRule) -> Pixels | None:
    """The crop in the frame's own pixels, never scaled, turned or changed; None where it leaves the frame.

    pixels: (rows, columns, 3) uint8 RGB, in which `face` was found. The crop is a copy, read-only.
    """
    if not crop_fits(face, pixels.shape, rule):
        return None
    place = crop_place(face, rule)
    crop = np.array(pixels[place.top : place.top + place.rows, place.left : place.left + place.columns])
    crop.flags.writeable = False
    return crop
