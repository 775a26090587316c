"""How a simulated sensor itself is wrong; what befalls its bytes on their way is in simulator.damage."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SensorFaults:
    """The default is a sound sensor; all may be combined.

    is_silent: hears everything, does and answers nothing.
    ignores_parameters: acknowledges WRITE_PARAMETER and changes nothing.
    parameters_wait: so many commands are heard before a parameter takes effect (seen in the field).
    forgets_image: an image can be uploaded once.
    dips_at: its supply dips before this data packet of the next image upload, counted from 1: it starts again
    and has lost the image.
    ghost: contrast, 0 to 1, of the print that a lifted finger leaves on the plate; it is
    imaged like a finger.
    dead_columns: of the image, always black.
    """

    is_silent: bool = False
    ignores_parameters: bool = False
    parameters_wait: int = 0
    forgets_image: bool = False
    dips_at: int | None = None
    ghost: float = 0.0
    dead_columns: tuple[int, ...] = ()


SOUND = SensorFaults()
