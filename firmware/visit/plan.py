"""What one visit consists of: a pure function of the rules."""

from dataclasses import dataclass

from firmware.records.record import Part
from firmware.records.samples import Modality
from firmware.visit.phases import Phase
from firmware.visit.rules import Rules


@dataclass(frozen=True, slots=True)
class CapturePhase:
    """Parts captured one after the other in one phase."""

    phase: Phase
    parts: tuple[Part, ...]


def plan_captures(rules: Rules) -> tuple[CapturePhase, ...]:
    """Portrait, every finger, both irises, for a person of 14 and over."""
    fingers = tuple(Part(Modality.FINGERPRINT, position) for position in rules.finger_order)
    eyes = tuple(Part(Modality.IRIS, side) for side in rules.eye_order)
    return (
        CapturePhase(Phase.PORTRAIT, (Part(Modality.PORTRAIT),)),
        CapturePhase(Phase.FINGERPRINTS, fingers),
        CapturePhase(Phase.IRISES, eyes),
    )


def all_parts(plan: tuple[CapturePhase, ...]) -> tuple[Part, ...]:
    """Every part of a plan, in its order."""
    return tuple(part for phase in plan for part in phase.parts)
