"""A person's enrolment as one immutable value, from which the sealed packets are made."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from firmware.records.claimed import ClaimedIdentity
from firmware.records.eligibility import Eligibility, Framing
from firmware.records.looks import Look, Matter, matters_to_look_at
from firmware.records.registered import LookUp
from firmware.records.request import Purpose, Relation, RequestReason
from firmware.records.samples import Artefact, EyeSide, FingerPosition, Modality, Position


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
class Guardian:
    """The legal representative who files for a child.

    declared_at: when they declared to be it, UTC. child_agreed_at: when the child, who is asked as well from
    an age on, agreed; None when it was too young to be asked.
    """

    claim: ClaimedIdentity
    relation: Relation
    declared_at: datetime
    child_agreed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attestation:
    """An attendant's word that the person is who the claim says. statement: id of the message agreed to.

    covers: everything that the word is about, as `matters_to_attest` lists it. looks: what the attendant saw
    of the person, as `matters_to_look_at` asks it. asked_again: why other portraits were taken before.
    """

    attendant_id: str
    at: datetime
    statement: str
    covers: tuple[str, ...]
    looks: tuple[Look, ...] = ()
    asked_again: tuple[Matter, ...] = ()


def matters_to_attest(guardian: Guardian | None, artefacts: Iterable[Artefact]) -> tuple[str, ...]:
    """What an attendant vouches for: "identity", "guardian", the key of each part that is not good, or that
    an attendant had to look at, and each matter of `matters_to_look_at`.
    """
    given = tuple(artefacts)
    parts = [part_of(each).key for each in given if each.sample is None or each.forced or each.looked_at_by]
    looks = (matter.value for matter in matters_to_look_at(given))
    return ("identity", *(("guardian",) if guardian else ()), *parts, *looks)


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

    reason: None where the law knows none. asked: the parts that the plan asked for, in its order, so also the
    order of the fingers. artefacts: one for each part, a sample or the reason why there is none.
    framing: None where no portrait was asked for. begun_at, ended_at: UTC. receipt_code: what the person took
    home.
    """

    record_id: str
    purpose: Purpose
    reason: RequestReason | None
    claim: ClaimedIdentity
    look_up: LookUp
    eligibility: Eligibility
    guardian: Guardian | None
    framing: Framing | None
    asked: tuple[Part, ...]
    artefacts: tuple[Artefact, ...] = field(repr=False)
    attestation: Attestation
    begun_at: datetime
    ended_at: datetime
    site: Site
    software: str
    limits: tuple[DeviceLimit, ...]
    receipt_code: str = field(repr=False)
