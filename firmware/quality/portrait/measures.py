"""Every number that the portrait's quality is made of."""

from firmware.quality.portrait.detector import Pixels
from firmware.quality.portrait.features import Features, features_of
from firmware.quality.portrait.light import light_on, white_of_scene
from firmware.quality.portrait.model import Face
from firmware.quality.portrait.sharpness import sharpness_of_eyes


def measure(pixels: Pixels, face: Face | None) -> dict[str, float]:
    """Component values by name, in the unit that the name ends with; without a face only `faces`.

    pixels: (rows, columns, 3) uint8 RGB, the frame in which `face` was found.
    """
    if face is None:
        return {"faces": 0.0}
    features = features_of(face.landmarks)
    sharpness = sharpness_of_eyes(pixels, features)
    return {
        **_framing(pixels.shape, face, features),
        **_light(pixels, features),
        **_expression(face, features),
        "blur": sharpness.blur,
        "grain": sharpness.grain,
        "distance_cm": face.pose.distance_cm,
    }


def _framing(shape: tuple[int, ...], face: Face, features: Features) -> dict[str, float]:
    rows, columns = shape[:2]
    return {
        "faces": float(face.faces),
        "rival": face.rival,
        "eye_distance_px": features.eye_distance,
        "head_share": features.face_length / rows,
        "centre_x": float(features.middle[0]) / columns,
        "eye_line": float(features.middle[1]) / rows,
        "roll_deg": face.pose.roll_deg,
        "yaw_deg": face.pose.yaw_deg,
        "pitch_deg": face.pose.pitch_deg,
    }


def _light(pixels: Pixels, features: Features) -> dict[str, float]:
    light = light_on(pixels, features)
    if light is None:
        return {}
    return {
        "scene_white": white_of_scene(pixels),
        "cheek_difference": light.cheek_difference,
        "clipped": light.clipped,
        "luminance": light.luminance,
    }


def _expression(face: Face, features: Features) -> dict[str, float]:
    return {
        "eye_opening": features.eye_opening,
        "eye_blink": face.expression.blink,
        "lips_opening": features.lips_opening,
        "jaw_open": face.expression.jaw_open,
        "smile": face.expression.smile,
    }
