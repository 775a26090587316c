"""What a Pi's camera does with light: exposure, white balance and focus that converge over frames."""

from collections.abc import Mapping
from dataclasses import dataclass

AE_IDLE, AE_SEARCHING, AE_CONVERGED = 0, 1, 2
AF_SCANNING, AF_FOCUSED, AF_FAILED = 1, 2, 3
STEP = 0.4  # share of the way that automatic settings go in a frame


@dataclass(slots=True)
class Optics:
    """State of one camera; `advance` once a frame.

    wanted_us, wanted_gains: where the scene would have them. focus_frames: a scan of the lens; focus_ends:
    what it ends in. row_us: exposure counts in rows.
    """

    wanted_us: float = 9_000.0
    wanted_gains: tuple[float, float] = (2.1, 1.6)
    focus_frames: int = 6
    focus_ends: int = AF_FOCUSED
    row_us: float = 14.3
    exposure_us: float = 1_000.0
    gain: float = 2.0
    gains: tuple[float, float] = (1.0, 1.0)
    lens: float = 0.5
    scanned: int = 0
    fixed_us: float = 0.0
    fixed_gain: float = 0.0
    fixed_gains: tuple[float, float] = (0.0, 0.0)
    is_manual_focus: bool = False

    def command(self, controls: Mapping[str, object]) -> None:
        """Controls that have come into force."""
        for name, value in controls.items():
            match name, value:
                case "ExposureTime", int():
                    self.fixed_us = value
                case "AnalogueGain", float():
                    self.fixed_gain = value
                case "ColourGains", (float() as red, float() as blue):
                    self.fixed_gains = (red, blue)
                case "AfMode", int():
                    self.scanned = self.scanned if self.is_manual_focus == (value == 0) else 0
                    self.is_manual_focus = value == 0
                case "LensPosition", float():
                    self.lens = value
                case _:
                    pass

    def advance(self) -> None:
        """The next frame."""
        exposure_us = self.fixed_us or self.exposure_us + STEP * (self.wanted_us - self.exposure_us)
        self.exposure_us = max(1, round(exposure_us / self.row_us)) * self.row_us
        self.gain = self.fixed_gain or 2.0
        red, blue = (
            fixed or now + STEP * (wanted - now)
            for fixed, now, wanted in zip(self.fixed_gains, self.gains, self.wanted_gains, strict=True)
        )
        self.gains = (red, blue)
        if not self.is_manual_focus:
            self.scanned += 1
            self.lens = 1.8 if self.scanned >= self.focus_frames else 0.3 * self.scanned

    @property
    def metadata(self) -> dict[str, object]:
        """As libcamera names it."""
        return {
            "ExposureTime": round(self.exposure_us),
            "AnalogueGain": self.gain,
            "DigitalGain": 1.0,
            "ColourGains": self.gains,
            "ColourTemperature": 5_200,
            "Lux": 410.0,
            "FocusFoM": 900,
            "LensPosition": self.lens,
            "AfState": self._af_state(),
            "AeState": self._ae_state(),
            "ScalerCrop": (576, 0, 3456, 2592),
            "SensorTemperature": 41.0,
            "SensorBlackLevels": (4096, 4096, 4096, 4096),
        }

    def _af_state(self) -> int:
        if self.is_manual_focus:
            return 0
        return self.focus_ends if self.scanned >= self.focus_frames else AF_SCANNING

    def _ae_state(self) -> int:
        if self.fixed_us and self.fixed_gain:
            return AE_IDLE
        near = abs(self.exposure_us - self.wanted_us) < 0.02 * self.wanted_us
        return AE_CONVERGED if near else AE_SEARCHING
