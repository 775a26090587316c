"""What a lens shows of an eye. Pure."""

from dataclasses import dataclass

IRIS_MM = 11.7  # mean diameter
BLUR_PX = 2.0  # that sharpness bears
DRIFT_MM_S = 40.0  # of a head that holds still


@dataclass(frozen=True, slots=True)
class Optics:
    """A lens over a sensor, focused at sharp_mm."""

    focal_mm: float
    f_number: float
    pixel_um: float
    sharp_mm: float

    @property
    def object_pixel_um(self) -> float:
        """How much of the eye one pixel sees."""
        return self.pixel_um * (self.sharp_mm - self.focal_mm) / self.focal_mm

    @property
    def iris_px(self) -> float:
        """Diameter of an iris."""
        return IRIS_MM * 1e3 / self.object_pixel_um

    @property
    def depth_mm(self) -> float:
        """How far before and behind the blur stays below BLUR_PX."""
        aperture_mm = self.focal_mm / self.f_number
        per_mm = aperture_mm * self.focal_mm / (self.pixel_um * 1e-3 * (self.sharp_mm - self.focal_mm))
        return BLUR_PX * self.sharp_mm / per_mm

    def motion_px(self, on_us: float) -> float:
        """How far a drifting head moves while it is lit."""
        return DRIFT_MM_S * on_us * 1e-3 / self.object_pixel_um
