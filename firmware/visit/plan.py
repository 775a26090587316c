"""What one visit consists of: a pure function of the person's birth, the day and its rules.

The law asks the same whatever the purpose and the site, so neither is a parameter until a rule needs it.
"""

from dataclasses import dataclass, replace
from datetime import date

from firmware.records.dates import Birth, birthday
from firmware.records.eligibility import AgeBand, Framing
from firmware.records.record import Part
from firmware.records.samples import EyeSide, Modality
from firmware.visit.phases import Phase
from firmware.visit.rules import Ages, Rules


@dataclass(frozen=True, slots=True)
class CapturePhase:
    """Parts captured one after the other in one phase."""

    phase: Phase
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One visit. guardian_files: a legal representative acts for the child. child_is_asked: the child too.

    captures: none for a child of whom nothing may be taken. valid_until: of a card issued on the day of the
    visit; None when it never ends.
    """

    age_band: AgeBand
    guardian_files: bool
    child_is_asked: bool
    captures: tuple[CapturePhase, ...]
    framing: Framing
    valid_until: date | None


def plan_visit(birth: Birth, day: date, rules: Rules) -> Plan:
    """The plan for somebody of that birth on the local `day`.

    A birth that is not known to the day counts as its last possible day: then a guardian is present too often
    and biometrics are taken too seldom, never the other way round. The card ends at the earlier reading.
    """
    ages, youngest = rules.ages, birth.last
    band = age_band(youngest, day, ages)
    guardian_files = band is not AgeBand.FROM_14
    is_framed_as_child = day < birthday(youngest, ages.framed_as_adult_from)
    return Plan(
        age_band=band,
        guardian_files=guardian_files,
        child_is_asked=guardian_files and day >= birthday(youngest, ages.assent_from),
        captures=() if band is AgeBand.UNDER_6 else every_capture(rules),
        framing=Framing.CHILD if is_framed_as_child else Framing.STANDING,
        valid_until=_earlier(*(card_ends(born, day, ages) for born in (birth.first, birth.last))),
    )


def all_parts(captures: tuple[CapturePhase, ...]) -> tuple[Part, ...]:
    """Every part of a plan's captures, in its order."""
    return tuple(part for phase in captures for part in phase.parts)


def eyes_first_from(captures: tuple[CapturePhase, ...], first: EyeSide) -> tuple[CapturePhase, ...]:
    """The same captures, of which those of eyes begin with that side."""
    return tuple(
        replace(phase, parts=tuple(sorted(phase.parts, key=lambda part: part.position is not first)))
        if phase.phase is Phase.IRISES
        else phase
        for phase in captures
    )


def age_band(born: date, day: date, ages: Ages) -> AgeBand:
    """The group on that day; each begins with the birthday itself."""
    if day < birthday(born, ages.biometrics_from):
        return AgeBand.UNDER_6
    return AgeBand.FROM_6 if day < birthday(born, ages.alone_from) else AgeBand.FROM_14


def band_is_open(birth: Birth, day: date, ages: Ages) -> bool:
    """Whether a birth is known too vaguely to tell the group."""
    return age_band(birth.first, day, ages) is not age_band(birth.last, day, ages)


def card_ends(born: date, day: date, ages: Ages) -> date | None:
    """The day on which a card issued on `day` ends; None when it never does."""
    later = (age for age in ages.card_ends_at if day < birthday(born, age - ages.early_years))
    return next((birthday(born, age) for age in later), None)


def _earlier(first: date | None, last: date | None) -> date | None:
    return min((day for day in (first, last) if day is not None), default=None)


def every_capture(rules: Rules) -> tuple[CapturePhase, ...]:
    """Portrait, every finger, both irises."""
    fingers = tuple(Part(Modality.FINGERPRINT, position) for position in rules.finger_order)
    eyes = tuple(Part(Modality.IRIS, side) for side in rules.eye_order)
    return (
        CapturePhase(Phase.PORTRAIT, (Part(Modality.PORTRAIT),)),
        CapturePhase(Phase.FINGERPRINTS, fingers),
        CapturePhase(Phase.IRISES, eyes),
    )
