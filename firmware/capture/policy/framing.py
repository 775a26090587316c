"""What a portrait must keep to, by how the person is placed."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from firmware.capture.policy.loader import load_limits
from firmware.quality.portrait.limits import Band, PortraitLimits
from firmware.records.eligibility import Framing


@dataclass(frozen=True, slots=True)
class FramingBands:
    """The bands that differ from those for everybody, by the name of the component; None where none does."""

    head_share: Band | None
    centre_x: Band | None
    eye_line: Band | None
    pitch_deg: Band | None
    cheek_difference: Band | None

    def applied_to(self, limits: PortraitLimits) -> PortraitLimits:
        """`limits` for people who are placed like this."""
        bands = {each.name: getattr(self, each.name) for each in fields(self)}
        return replace(limits, **{name: band for name, band in bands.items() if band is not None})


def load_framings() -> Mapping[Framing, FramingBands]:
    """The policy of framing.toml."""
    return {framing: load_limits(FramingBands, "framing.toml", framing.value) for framing in Framing}
