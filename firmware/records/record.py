"""A person's enrolment as one immutable value, from which the sealed packets are made."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from firmware.records.request import Purpose
from firmware.records.samples import Artefact, EyeSide, FingerPosition, Modality, Position


class Sex(StrEnum):
    """As the card and the register know it."""

    MALE = "male"
    FEMALE = "female"


class ClaimSource(StrEnum):
    """Where a claim was read."""

    CARD = "card"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class ClaimedIdentity:
    """Who the person claims to be; what the source did not say is None.

    number: 12 digits. name: NFC. birth: ISO 8601 as precise as it is known ("1990-05-17", "1932").
    warnings: ids of messages about fields that do not fit together.
    """

    number: str = field(repr=False)
    source: ClaimSource
    name: str | None = field(default=None, repr=False)
    birth: str | None = field(default=None, repr=False)
    sex: Sex | None = field(default=None, repr=False)
    warnings: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a plan asks a person to give."""

    modality: Modality
    position: Position = None

    @property
    def key(self) -> str:
        """The part's name on the screen: "portrait", "finger_1".."finger_10", "eye_right", "eye_left"."""
        if isinstance(self.position, FingerPosition):
            return f"finger_{self.position.value}"
        return self.modality.value if self.position is None else f"eye_{self.position.value}"


def part_of(artefact: Artefact) -> Part:
    """The part that an artefact answers."""
    return Part(artefact.modality, artefact.position)


def adult_parts(finger_order: tuple[FingerPosition, ...] = tuple(FingerPosition)) -> tuple[Part, ...]:
    """What an adult is asked for, in its order: portrait, ten fingers, both eyes."""
    fingers = tuple(Part(Modality.FINGERPRINT, position) for position in finger_order)
    eyes = tuple(Part(Modality.IRIS, side) for side in EyeSide)
    return (Part(Modality.PORTRAIT), *fingers, *eyes)


@dataclass(frozen=True, slots=True)
class Attestation:
    """An attendant's word that the person is who the claim says. statement: id of the message agreed to."""

    attendant_id: str
    at: datetime
    statement: str


@dataclass(frozen=True, slots=True)
class Site:
    """Where the enrolment took place. ward_code: of the register of administrative units."""

    ward_code: str
    terminal_id: str


@dataclass(frozen=True, slots=True)
class DeviceLimit:
    """What the plan would like and the device cannot give. limit, reason: ids of messages."""

    modality: Modality
    limit: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class EnrolmentRecord:
    """Everything that one visit collected; complete when `problems` finds nothing.

    asked: the parts that the plan asked for, in its order, so also the order of the fingers.
    artefacts: one for each part, a sample or the reason why there is none.
    begun_at, ended_at: UTC. receipt_code: what the person took home.
    """

    record_id: str
    purpose: Purpose
    claim: ClaimedIdentity
    asked: tuple[Part, ...]
    artefacts: tuple[Artefact, ...] = field(repr=False)
    attestation: Attestation
    begun_at: datetime
    ended_at: datetime
    site: Site
    software: str
    limits: tuple[DeviceLimit, ...]
    receipt_code: str = field(repr=False)
