"""What the law's plan asks of fingerprints and this terminal does not give, with the reason."""

from collections.abc import Iterable, Iterator

from firmware.records.record import DeviceLimit
from firmware.records.samples import Modality
from firmware.visit.rules import Rules
from hw.fingerprint.profiles import Impression, SensorProfile

MM_PER_INCH = 25.4
TAKEN = frozenset({Impression.FLAT})  # this version lays fingers down one by one, whatever the device can

_OF_IMPRESSION = {"rolled": Impression.ROLLED}  # whatever else the law names is several fingers at once


def device_limits(sensors: Iterable[SensorProfile], rules: Rules) -> tuple[DeviceLimit, ...]:
    """Every limit once, whichever hand's sensor has it."""
    return tuple(dict.fromkeys(limit for sensor in sensors for limit in _of_sensor(sensor, rules)))


def _of_sensor(sensor: SensorProfile, rules: Rules) -> Iterator[DeviceLimit]:
    reason = f"sensor_{sensor.name}"
    for asked in rules.impressions_asked:
        impression = _OF_IMPRESSION.get(asked, Impression.SLAP)
        if impression not in sensor.impressions:
            yield DeviceLimit(Modality.FINGERPRINT, asked, reason)
        elif impression not in TAKEN:
            yield DeviceLimit(Modality.FINGERPRINT, asked, "impression_not_taken")
    width_mm, height_mm = (
        side / sensor.pixels_per_inch * MM_PER_INCH for side in (sensor.columns, sensor.rows)
    )
    if not _is_large_enough(width_mm, height_mm, rules):
        yield DeviceLimit(Modality.FINGERPRINT, f"area_{width_mm:.1f}x{height_mm:.1f}_mm", reason)
    if sensor.grey_levels < rules.grey_levels_asked:
        yield DeviceLimit(Modality.FINGERPRINT, f"grey_levels_{sensor.grey_levels}", reason)


def _is_large_enough(width_mm: float, height_mm: float, rules: Rules) -> bool:
    wanted_width_mm, wanted_height_mm = rules.finger_area_mm
    return width_mm >= wanted_width_mm and height_mm >= wanted_height_mm
