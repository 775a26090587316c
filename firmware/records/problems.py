"""What keeps a record from being saved: is it right, and is it complete?"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from firmware.records.dates import Birth, BirthUnknown, local_day
from firmware.records.eligibility import AgeBand
from firmware.records.receipt import receipt_is_valid
from firmware.records.record import EnrolmentRecord, matters_to_attest, part_of
from firmware.records.request import REASONS
from firmware.records.samples import Artefact

_NUMBER = re.compile(r"[0-9]{12}", re.ASCII)  # circular 07/2016, appendix 1


class Check(StrEnum):
    """The question a problem answers with no; cleanness and liveness need the register and come later."""

    CORRECT = "correct"  # đúng
    COMPLETE = "complete"  # đủ


class ProblemKind(StrEnum):
    """What is wrong; each member is the id of a message in every language."""

    NUMBER_MISSING = "record_number_missing"
    NUMBER_MALFORMED = "record_number_malformed"
    BIRTH_IMPOSSIBLE = "record_birth_impossible"
    NOTHING_ASKED = "record_nothing_asked"
    BIOMETRICS_FORBIDDEN = "record_biometrics_forbidden"
    REASON_MISSING = "record_reason_missing"
    GUARDIAN_MISSING = "record_guardian_missing"
    GUARDIAN_NUMBER_WRONG = "record_guardian_number_wrong"
    ASSENT_MISSING = "record_assent_missing"
    PART_MISSING = "record_part_missing"
    PART_TWICE = "record_part_twice"
    PART_NOT_ASKED = "record_part_not_asked"
    PART_UNEXPLAINED = "record_part_unexplained"
    PART_NOT_ACCEPTED = "record_part_not_accepted"
    PART_NOT_SEALED = "record_part_not_sealed"
    ATTESTATION_MISSING = "record_attestation_missing"
    ATTESTATION_PARTIAL = "record_attestation_partial"
    SITE_MISSING = "record_site_missing"
    TIMES_IMPOSSIBLE = "record_times_impossible"
    RECEIPT_MALFORMED = "record_receipt_malformed"
    OTHER_VISIT = "record_other_visit"


_COMPLETENESS = frozenset(
    {
        ProblemKind.NUMBER_MISSING,
        ProblemKind.NOTHING_ASKED,
        ProblemKind.REASON_MISSING,
        ProblemKind.GUARDIAN_MISSING,
        ProblemKind.ASSENT_MISSING,
        ProblemKind.PART_MISSING,
        ProblemKind.PART_UNEXPLAINED,
        ProblemKind.PART_NOT_SEALED,
        ProblemKind.ATTESTATION_MISSING,
        ProblemKind.ATTESTATION_PARTIAL,
        ProblemKind.SITE_MISSING,
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason to refuse a save. part: the key of the part it is about, if any."""

    kind: ProblemKind
    part: str | None = None

    @property
    def check(self) -> Check:
        """Which of the checks found it."""
        return Check.COMPLETE if self.kind in _COMPLETENESS else Check.CORRECT


def problems(record: EnrolmentRecord) -> tuple[Problem, ...]:
    """Everything that is wrong or missing in a record; empty when it may be saved."""
    return (
        *_of_claim(record),
        *_of_request(record),
        *_of_guardian(record),
        *_of_parts(record),
        *_of_artefacts(record),
        *_of_attestation(record),
        *_of_circumstances(record),
    )


def _of_claim(record: EnrolmentRecord) -> Iterator[Problem]:
    if not record.claim.number:
        yield Problem(ProblemKind.NUMBER_MISSING)
    elif not _NUMBER.fullmatch(record.claim.number):
        yield Problem(ProblemKind.NUMBER_MALFORMED)
    if record.claim.birth is not None and not _was_born(record.claim.birth, record.begun_at):
        yield Problem(ProblemKind.BIRTH_IMPOSSIBLE)


def _of_request(record: EnrolmentRecord) -> Iterator[Problem]:
    reasons = REASONS[record.purpose]
    if reasons and record.reason not in reasons:
        yield Problem(ProblemKind.REASON_MISSING)


def _of_guardian(record: EnrolmentRecord) -> Iterator[Problem]:
    guardian, eligibility = record.guardian, record.eligibility
    if guardian is None:
        if eligibility.guardian_is_needed:
            yield Problem(ProblemKind.GUARDIAN_MISSING)
        return
    if guardian.claim.number == record.claim.number or not _NUMBER.fullmatch(guardian.claim.number):
        yield Problem(ProblemKind.GUARDIAN_NUMBER_WRONG)
    if eligibility.child_is_asked and guardian.child_agreed_at is None:
        yield Problem(ProblemKind.ASSENT_MISSING)


def _was_born(birth: str, at: datetime) -> bool:
    """Whether `birth`, a year, month or day, exists and had begun at `at`, in Viet Nam's time."""
    try:
        return Birth.parse(birth).first <= local_day(at)
    except BirthUnknown:
        return False


def _of_parts(record: EnrolmentRecord) -> Iterator[Problem]:
    given = Counter(part_of(artefact) for artefact in record.artefacts)
    may_be_asked = record.eligibility.age_band is not AgeBand.UNDER_6
    if may_be_asked and not record.asked:
        yield Problem(ProblemKind.NOTHING_ASKED)
    if record.asked and not may_be_asked:
        yield Problem(ProblemKind.BIOMETRICS_FORBIDDEN)
    for part in record.asked:
        if part not in given:
            yield Problem(ProblemKind.PART_MISSING, part.key)
    for part, times in given.items():
        if times > 1:
            yield Problem(ProblemKind.PART_TWICE, part.key)
        if part not in record.asked:
            yield Problem(ProblemKind.PART_NOT_ASKED, part.key)


def _of_artefacts(record: EnrolmentRecord) -> Iterator[Problem]:
    for artefact in record.artefacts:
        kind = _fault_of(artefact)
        if kind is not None:
            yield Problem(kind, part_of(artefact).key)


def _fault_of(artefact: Artefact) -> ProblemKind | None:
    if artefact.sample is None:
        return ProblemKind.PART_UNEXPLAINED if artefact.exception is None else None
    decided = artefact.sample.report.accepted or artefact.forced
    return None if decided else ProblemKind.PART_NOT_ACCEPTED


def _of_attestation(record: EnrolmentRecord) -> Iterator[Problem]:
    attestation = record.attestation
    if not (attestation.attendant_id and attestation.statement):
        yield Problem(ProblemKind.ATTESTATION_MISSING)
    if not set(matters_to_attest(record.guardian, record.artefacts)) <= set(attestation.covers):
        yield Problem(ProblemKind.ATTESTATION_PARTIAL)


def _of_circumstances(record: EnrolmentRecord) -> Iterator[Problem]:
    if not (record.site.ward_code and record.site.terminal_id):
        yield Problem(ProblemKind.SITE_MISSING)
    if not _times_are_possible(record):
        yield Problem(ProblemKind.TIMES_IMPOSSIBLE)
    if not receipt_is_valid(record.receipt_code):
        yield Problem(ProblemKind.RECEIPT_MALFORMED)


def _times_are_possible(record: EnrolmentRecord) -> bool:
    """Whether all stamps are UTC. Their order is not asked: the wall clock may jump within a visit."""
    stamps = (record.begun_at, record.attestation.at, record.ended_at)
    return all(stamp.utcoffset() == timedelta(0) for stamp in stamps)
