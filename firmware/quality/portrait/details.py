"""What the full check measures beside what guides a person; nothing of it decides."""

from firmware.quality.portrait.aligned import aligned_face
from firmware.quality.portrait.backdrop import backdrop_of
from firmware.quality.portrait.cues import blocks_of, cover_cues
from firmware.quality.portrait.detector import Floats, Pixels
from firmware.quality.portrait.features import features_of
from firmware.quality.portrait.iso_measures import iso_values
from firmware.quality.portrait.model import Face


def details(pixels: Pixels, face: Face, person: Floats | None) -> dict[str, float]:
    """Values by component name. person: (256, 256) how surely a person; None without that network."""
    aligned = aligned_face(pixels, face.landmarks, features_of(face.landmarks))
    behind = {} if person is None else backdrop_of(pixels, person)
    return {
        **({} if aligned is None else cover_cues(aligned)),
        "blocks": blocks_of(pixels),
        **{f"backdrop_{name}": value for name, value in behind.items()},
        **iso_values(pixels.shape, face, aligned),
    }
