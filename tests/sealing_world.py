"""Invented records, keys and vaults for the tests of sealing and of the store."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from numpy.typing import NDArray

from firmware.outbox.disk import Disk
from firmware.outbox.vault import VisitVault
from firmware.quality.report import Component, QualityReport, Verdict
from firmware.records.claimed import ClaimedIdentity, ClaimSource, Sex
from firmware.records.eligibility import AgeBand, BirthSource, DateSource, Eligibility, Framing
from firmware.records.looks import SETTLED, Look, matters_to_look_at
from firmware.records.receipt import receipt_code
from firmware.records.record import (
    Attestation,
    DeviceLimit,
    EnrolmentRecord,
    Part,
    Site,
    adult_parts,
    matters_to_attest,
)
from firmware.records.registered import LookUp, LookUpEnd
from firmware.records.request import Purpose
from firmware.records.samples import Artefact, Attempt, ExceptionReason, FingerPosition, Modality, Sample
from firmware.sealing.keys import CENTRE_KEY_NAME, CentreKey, KeyRing
from host_tools.sealed_record import Damage, RecordDamaged, check_record, open_record

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
NUMBER = "001190000123"
NAME = "NGUYỄN THỊ THỬ NGHIỆM"
SMALL = (Part(Modality.PORTRAIT), Part(Modality.FINGERPRINT, FingerPosition.RIGHT_THUMB))
ADULT = adult_parts()
ELIGIBLE = Eligibility(
    rules_from=date(2024, 7, 1),
    day=date(2026, 3, 2),
    date_source=DateSource.NETWORK,
    date_attested_by=None,
    age_band=AgeBand.FROM_14,
    birth="1990-05-17",
    birth_source=BirthSource.CARD,
    guardian_is_needed=False,
    child_is_asked=False,
    valid_until=date(2030, 5, 17),
)


@dataclass
class SetClock:
    """A clock that stands where a test puts it."""

    moment: datetime = NOON

    def now(self) -> datetime:
        return self.moment

    def elapsed_s(self) -> float:
        return 0.0

    async def sleep(self, duration_s: float) -> None:
        self.moment += timedelta(seconds=duration_s)


def seeded_bytes(seed: int = 1) -> Callable[[int], bytes]:
    """A source of bytes that a test can repeat."""
    return np.random.default_rng(seed).bytes


@dataclass(frozen=True)
class Centre:
    """Both sides' keys."""

    private: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    signing: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    device: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def keys(self) -> KeyRing:
        year = timedelta(days=365)
        public, signing = self.private.public_key(), self.signing.public_key()
        return KeyRing(self.device, CentreKey("test-2026", public, signing, NOON - year, NOON + year))


def write_centre_key(folder: Path, centre: Centre) -> None:
    """The centre's public keys as provisioning leaves them on a terminal."""
    folder.mkdir(parents=True, exist_ok=True)
    public, signing = (
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        for key in (centre.private, centre.signing)
    )
    (folder / CENTRE_KEY_NAME).write_text(
        f'key_id = "test-2026"\npublic_key = """\n{public}"""\nsigning_key = """\n{signing}"""\n'
        "not_before = 2025-01-01T00:00:00Z\nnot_after = 2027-01-01T00:00:00Z\n"
    )


def pixels(part: Part, seed: int = 1) -> NDArray[np.uint8]:
    """A picture that no other picture resembles: (24, 32) grey, or (24, 32, 3) RGB for a portrait."""
    shape = (24, 32, 3) if part.modality is Modality.PORTRAIT else (24, 32)
    return np.random.default_rng([seed, *part.key.encode()]).integers(0, 256, shape, dtype=np.uint8)


def good_report(score: int = 87) -> QualityReport:
    """A report with one component that could not be measured."""
    components = (Component("sharpness", 0.5, Verdict.PASS), Component("glare", float("nan"), Verdict.INFORM))
    return QualityReport("test/1", score, accepted=True, components=components)


def _sample(part: Part, seed: int) -> Sample:
    return Sample(part.modality, part.position, pixels(part, seed), good_report(), 1, NOON, "twin R307")


def good_artefact(part: Part, seed: int = 1) -> Artefact:
    """An accepted artefact of that part."""
    sample = _sample(part, seed)
    return Artefact(part.modality, part.position, sample, (Attempt(1, sample.report, 2.5),))


def cropped_portrait(crop: NDArray[np.uint8], score: int = 87) -> Artefact:
    """An accepted portrait, with that crop of it for the card."""
    part = Part(Modality.PORTRAIT)
    sample = replace(_sample(part, 1), cropped=crop, report=good_report(score))
    return Artefact(part.modality, part.position, sample, (Attempt(1, sample.report, 2.5),))


def missing_artefact(part: Part) -> Artefact:
    """The word that there is no sample of that part."""
    return Artefact(part.modality, part.position, None, exception=ExceptionReason.AMPUTATED)


def record_of(
    record_id: str, artefacts: Iterable[Artefact], asked: tuple[Part, ...] = SMALL
) -> EnrolmentRecord:
    """A record without fault, with an invented claim."""
    given = tuple(artefacts)
    return EnrolmentRecord(
        record_id=record_id,
        purpose=Purpose.FIRST_ISSUE,
        reason=None,
        claim=ClaimedIdentity(
            NUMBER, ClaimSource.CARD, NAME, "1990-05-17", Sex.FEMALE, ("number_birth_differs",)
        ),
        look_up=LookUp(LookUpEnd.TIMED_OUT, NOON),
        eligibility=ELIGIBLE,
        guardian=None,
        framing=Framing.STANDING,
        asked=asked,
        artefacts=given,
        attestation=_attestation(given),
        begun_at=NOON - timedelta(minutes=4),
        ended_at=NOON,
        site=Site("00004", "tram-17"),
        software="tram 0.1.0",
        limits=(DeviceLimit(Modality.FINGERPRINT, "limit_flat_single", "reason_single_finger_sensor"),),
        receipt_code=receipt_code(seeded_bytes(7)),
    )


def _attestation(given: tuple[Artefact, ...]) -> Attestation:
    looks = tuple(Look(matter, SETTLED[matter][0]) for matter in matters_to_look_at(given))
    return Attestation("CB-0042", NOON, "attest_person_matches", matters_to_attest(None, given), looks)


def make_vault(
    state: Path,
    centre: Centre,
    *,
    seed: int = 1,
    clock: SetClock | None = None,
    disk: Disk | None = None,
    free: int = 1 << 40,
) -> VisitVault:
    """A vault over `state`, on a disk with room."""
    clock = SetClock() if clock is None else clock
    return VisitVault(state, centre.keys, clock, seeded_bytes(seed), lambda _: free, disk)


def save_visit(vault: VisitVault, visit_id: str = "visit-1", parts: tuple[Part, ...] = SMALL) -> Path:
    """The folder of a record that a whole visit led to."""
    record_id = vault.begin(visit_id)
    artefacts = [good_artefact(part) for part in parts]
    for artefact in artefacts:
        vault.keep(artefact)
    return vault.save(record_of(record_id, artefacts, parts)).folder


def everything_in(state: Path) -> list[str]:
    """Every file in the state folder, as paths from there."""
    return sorted(str(path.relative_to(state)) for path in state.rglob("*") if path.is_file())


def damage_of(folder: Path, centre: Centre) -> Damage:
    """What is found wrong when the record is checked and opened."""
    with pytest.raises(RecordDamaged) as found:
        open_record(check_record(folder, centre.keys.device_public_key), centre.private)
    return found.value.damage
