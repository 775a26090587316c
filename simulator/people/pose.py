"""How a person holds the head before the portrait camera, and what they wear on it."""

from dataclasses import dataclass
from enum import StrEnum


class Glasses(StrEnum):
    """GLARE: clear ones that mirror a lamp, until the head is lowered."""

    OFF = "off"
    CLEAR = "clear"
    GLARE = "glare"
    DARK = "dark"


class Scarf(StrEnum):
    """A head scarf over the ears and neck, or one that leaves both free."""

    OFF = "off"
    ON = "on"
    EARS_FREE = "ears_free"


@dataclass(frozen=True, slots=True)
class Pose:
    """One way to stand there; the default is what the portrait wants.

    yaw_deg: positive turns the nose to the picture's right. pitch_deg: positive lifts the chin.
    roll_deg: positive tilts the head to the picture's right. distance_m: from lens to eyes.
    shift: of the eyes to the right and down, in metres. eyes_open, mouth_open, smile: 0.0 to 1.0.
    """

    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    distance_m: float = 0.6
    shift: tuple[float, float] = (0.0, 0.0)
    eyes_open: float = 1.0
    mouth_open: float = 0.0
    smile: float = 0.0
    glasses: Glasses = Glasses.OFF
    scarf: Scarf = Scarf.OFF
