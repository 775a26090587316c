"""The formulas of eye safety: IEC 62471:2006 and ICNIRP 2013, as quoted in the safety sheet. Pure.

Recalled and cross-checked with published figures, not read in the standards' own text: a laboratory measures.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CORNEA_LONG_W = 100.0  # W/m2, beyond 1000 s
CORNEA_LONG_S = 1000.0
SHORTEST_S = 1e-5
ACCEPTANCE_RAD = 0.011  # radiance is averaged over it for 10 s and more
SMALLEST_RAD, LARGEST_RAD = 0.0017, 0.1
RETINA_WEAK = 6000.0
RETINA_THERMAL = 50_000.0


def pulse_irradiance(leds: int, led_w_sr: float, distance_mm: float) -> float:
    """W/m2 at the eye while the LEDs are lit: n * I / d**2."""
    return leds * led_w_sr / (distance_mm * 1e-3) ** 2


def dose_limit_j(lasting_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """J/m2 at cornea and lens within so many seconds each, 780 to 3000 nm."""
    return 18_000.0 * np.maximum(lasting_s, SHORTEST_S) ** 0.25


def cornea_limit(lasting_s: float) -> float:
    """W/m2 at cornea and lens for an exposure of so many seconds."""
    return CORNEA_LONG_W if lasting_s > CORNEA_LONG_S else 18_000.0 * lasting_s**-0.75


def thermal_weight(wavelength_nm: float) -> float:
    """R(l) of the retina, 700 to 1050 nm."""
    return 10.0 ** ((700.0 - wavelength_nm) / 500.0)


def subtense_rad(source_mm: float, distance_mm: float, lasting_s: float) -> float:
    """The angle of a source, between its bounds for an exposure of so many seconds."""
    smallest = SMALLEST_RAD * math.sqrt(max(lasting_s, 0.25) / 0.25)
    return min(max(source_mm / distance_mm, min(smallest, ACCEPTANCE_RAD)), LARGEST_RAD)


def radiance(led_w_sr: float, distance_mm: float, subtense: float) -> float:
    """W/m2/sr of one LED, averaged over that angle."""
    return led_w_sr / (math.pi / 4 * (subtense * distance_mm * 1e-3) ** 2)


@dataclass(frozen=True, slots=True)
class Hazard:
    """One quantity and its limit, in one unit."""

    name: str
    value: float
    limit: float
    unit: str

    @property
    def share(self) -> float:
        """Of the limit."""
        return self.value / self.limit


@dataclass(frozen=True, slots=True)
class Light:
    """LEDs and how they are pulsed. source_mm: apparent diameter of one."""

    leds: int
    led_w_sr: float
    source_mm: float
    wavelength_nm: float
    on_us: float
    frames_per_s: float

    @property
    def duty(self) -> float:
        """Share of the time that it is lit."""
        return self.on_us * self.frames_per_s * 1e-6

    def mean_irradiance(self, distance_mm: float) -> float:
        """W/m2 over pulses and pauses."""
        return pulse_irradiance(self.leds, self.led_w_sr, distance_mm) * self.duty

    def nearest_mm(self, *, is_stuck: bool = False) -> float:
        """The distance at which the long limit of the cornea is reached; is_stuck: the LEDs stay on."""
        duty = 1.0 if is_stuck else self.duty
        return 1e3 * math.sqrt(self.leds * self.led_w_sr * duty / CORNEA_LONG_W)

    def hazards(self, distance_mm: float) -> tuple[Hazard, ...]:
        """Everything that is limited, at that distance, for ever."""
        long = subtense_rad(self.source_mm, distance_mm, CORNEA_LONG_S)
        weight = thermal_weight(self.wavelength_nm)
        pulse_s = self.on_us * 1e-6
        short = subtense_rad(self.source_mm, distance_mm, pulse_s)
        return (
            Hazard("cornea, mean", self.mean_irradiance(distance_mm), CORNEA_LONG_W, "W/m²"),
            Hazard(
                "cornea, one pulse",
                pulse_irradiance(self.leds, self.led_w_sr, distance_mm),
                cornea_limit(pulse_s),
                "W/m²",
            ),
            Hazard(
                "retina, weak stimulus",
                radiance(self.led_w_sr, distance_mm, long) * weight * self.duty,
                RETINA_WEAK / long,
                "W/m²/sr",
            ),
            Hazard(
                "retina, thermal, one pulse",
                radiance(self.led_w_sr, distance_mm, short) * weight,
                RETINA_THERMAL / (short * pulse_s**0.25),
                "W/m²/sr",
            ),
        )
