"""Raw values of the components of ISO/IEC 29794-5 that need no large network, as its clauses define them.

What differs from the standard's program: the points of the face come from our 478 landmarks (README), so
values agree with it in meaning and order, not to the digit.
"""

import math

from firmware.quality.portrait.aligned import Aligned
from firmware.quality.portrait.features import Features, features_of
from firmware.quality.portrait.iso import COMPONENTS
from firmware.quality.portrait.iso_light import light_values
from firmware.quality.portrait.model import Face
from firmware.quality.report import QualityReport

_PREFIX = "iso_"


def iso_values(shape: tuple[int, ...], face: Face, aligned: Aligned | None) -> dict[str, float]:
    """Raw values by name, beginning with `iso_`, of `face` in a frame of `shape`, and as it was aligned."""
    light = {} if aligned is None else light_values(aligned)
    values = light | _geometry(shape, face, features_of(face.landmarks))
    return {_PREFIX + name: values[name] for name in COMPONENTS if name in values}


def iso_scores(report: QualityReport) -> dict[int, int]:
    """Score 0..100 by the standard's identifier, of every component in the report that is the standard's."""
    named = ((part.name.removeprefix(_PREFIX), part) for part in report.components)
    return {
        COMPONENTS[name].identifier: COMPONENTS[name].score(part.value)
        for name, part in named
        if part.name.startswith(_PREFIX)
    }


def head_size(face: Face, rows: int) -> float:
    """Raw HeadSize, 7.4.9, of a finished picture with so many rows.

    Not one of `iso_values`: a head as large as it asks for leaves less than the margins that 7.4.10 asks for,
    so margins are measured on the camera's frame and this on the crop.
    """
    return features_of(face.landmarks).face_length / rows


def _geometry(shape: tuple[int, ...], face: Face, features: Features) -> dict[str, float]:
    rows, columns = shape[:2]
    (right_x, _), (left_x, _) = features.eyes
    middle_y = float(features.middle[1])
    return {
        "single_face_present": face.rival,
        "eyes_open": features.eye_opening,
        "mouth_closed": features.lips_opening,
        "inter_eye_distance": features.eye_distance / max(math.cos(math.radians(face.pose.yaw_deg)), 0.1),
        "leftward_crop": float(right_x) / features.eye_distance,
        "rightward_crop": (columns - float(left_x)) / features.eye_distance,
        "margin_above": middle_y / features.face_length,
        "margin_below": (rows - middle_y) / features.face_length,
    }
