"""What keeps a record from being saved: is it right, and is it complete?"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from firmware.records.dates import Birth, BirthUnknown, local_day
from firmware.records.eligibility import AgeBand, DateSource
from firmware.records.looks import matters_to_look_at
from firmware.records.problem import Problem, ProblemKind
from firmware.records.receipt import receipt_is_valid
from firmware.records.record import EnrolmentRecord, matters_to_attest, part_of
from firmware.records.request import REASONS
from firmware.records.samples import Artefact

_NUMBER = re.compile(r"[0-9]{12}", re.ASCII)  # circular 07/2016, appendix 1


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
    if record.reason is None:
        if reasons:
            yield Problem(ProblemKind.REASON_MISSING)
    elif record.reason not in reasons:
        yield Problem(ProblemKind.REASON_FOREIGN)


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
    attestation, eligibility = record.attestation, record.eligibility
    is_dated_by_nobody = eligibility.date_source is DateSource.ATTESTED and not eligibility.date_attested_by
    if is_dated_by_nobody or not (attestation.attendant_id and attestation.statement):
        yield Problem(ProblemKind.ATTESTATION_MISSING)
    if not set(matters_to_attest(record.guardian, record.artefacts)) <= set(attestation.covers):
        yield Problem(ProblemKind.ATTESTATION_PARTIAL)
    if not set(matters_to_look_at(record.artefacts)) <= {look.matter for look in attestation.looks}:
        yield Problem(ProblemKind.LOOK_MISSING)


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
