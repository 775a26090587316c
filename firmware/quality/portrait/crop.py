"""The picture for the card: 2:3, head and shoulders, cut from a frame."""

from dataclasses import dataclass

import numpy as np

from firmware.quality.portrait.detector import Pixels
from firmware.quality.portrait.features import features_of
from firmware.quality.portrait.model import Face


@dataclass(frozen=True, slots=True)
class CropRule:
    """Where the face lies in the crop.

    rows_of_face_length: the crop's height, by the length from eyes to chin.
    eye_line: from the top, as a share of the height. columns_of_rows: width by height.
    """

    rows_of_face_length: float
    eye_line: float
    columns_of_rows: float


def portrait_crop(pixels: Pixels, face: Face, rule: CropRule) -> Pixels:
    """The crop in the frame's own pixels, never scaled; beyond the frame its border repeats.

    pixels: (rows, columns, 3) uint8 RGB, in which `face` was found.
    """
    features = features_of(face.landmarks)
    rows = round(features.face_length * rule.rows_of_face_length)
    columns = round(rows * rule.columns_of_rows)
    top = round(float(features.middle[1]) - rows * rule.eye_line)
    left = round(float(features.middle[0]) - columns / 2)
    down = np.clip(np.arange(top, top + rows), 0, pixels.shape[0] - 1)
    across = np.clip(np.arange(left, left + columns), 0, pixels.shape[1] - 1)
    return pixels[np.ix_(down, across)]
