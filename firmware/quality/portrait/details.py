"""What the full check measures beside what guides a person; nothing of it decides."""

from firmware.quality.portrait.backdrop import backdrop_of
from firmware.quality.portrait.detector import Floats, Pixels
from firmware.quality.portrait.iso_measures import iso_values
from firmware.quality.portrait.model import Face


def details(pixels: Pixels, face: Face, person: Floats | None) -> dict[str, float]:
    """Values by component name. person: (256, 256) how surely a person; None without that network."""
    behind = {} if person is None else backdrop_of(pixels, person)
    return {
        **{f"backdrop_{name}": value for name, value in behind.items()},
        **iso_values(pixels, face),
    }
