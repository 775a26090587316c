"""What was found when a sensor was opened."""

from dataclasses import dataclass

from hw.fingerprint.answers import SensorParameters
from hw.fingerprint.geometry import Geometry


@dataclass(frozen=True, slots=True)
class Opening:
    """What was found and done.

    found_baud: speed at which the sensor talked at first. templates_wiped: of a visit that did not end.
    parameters: as they are now. geometry: of its images, as far as that is known without one.
    """

    found_baud: int
    templates_wiped: int
    parameters: SensorParameters
    geometry: Geometry
