"""A record and its artefacts as plain JSON values, as they are before sealing."""

import math
from collections.abc import Mapping

from firmware.quality.report import QualityReport
from firmware.records.annotation import ANNOTATIONS
from firmware.records.claimed import ClaimedIdentity
from firmware.records.eligibility import Eligibility
from firmware.records.plain import Json, stamp
from firmware.records.portrait_product import PortraitProduct
from firmware.records.record import Attestation, DeviceLimit, EnrolmentRecord, Guardian, part_of
from firmware.records.registered import LookUp, RegisterEntry
from firmware.records.samples import (
    Artefact,
    Attempt,
    ExceptionReason,
    EyeSide,
    FingerPosition,
    Modality,
    Position,
    PresentationSignals,
    Sample,
)

RECORD_FORMAT = "tram-record-1"
ARTEFACT_FORMAT = "tram-artefact-2"


def record_document(record: EnrolmentRecord, artefact_ids: Mapping[str, str]) -> dict[str, Json]:
    """Everything of a record but its artefacts, which it names. artefact_ids: by the part's key."""
    return {
        "format": RECORD_FORMAT,
        "record_id": record.record_id,
        "purpose": record.purpose.value,
        "reason": None if record.reason is None else record.reason.value,
        "claim": {**_claim(record.claim), "verified": record.look_up.verifies},
        "look_up": _look_up(record.look_up),
        "eligibility": _eligibility(record.eligibility),
        "guardian": None if record.guardian is None else _guardian(record.guardian),
        "framing": None if record.framing is None else record.framing.value,
        "asked": [part.key for part in record.asked],
        "nothing_asked": None if record.asked else ExceptionReason.BELOW_AGE.value,
        "artefacts": {key: artefact_ids[key] for key in (part_of(each).key for each in record.artefacts)},
        "attestation": _attestation(record.attestation),
        "begun_at": stamp(record.begun_at),
        "ended_at": stamp(record.ended_at),
        "site": {"ward_code": record.site.ward_code, "terminal_id": record.site.terminal_id},
        "software": record.software,
        "limits": [_limit(limit) for limit in record.limits],
        "receipt_code": record.receipt_code,
    }


def artefact_document(artefact: Artefact, product: PortraitProduct | None = None) -> dict[str, Json]:
    """Everything of an artefact but its picture and its product, which it describes."""
    return {
        "format": ARTEFACT_FORMAT,
        "part": part_of(artefact).key,
        "modality": artefact.modality.value,
        "position": _position(artefact.position),
        "forced": artefact.forced,
        "exception": None if artefact.exception is None else artefact.exception.value,
        "annotation": _annotation(artefact),
        "not_given": artefact.not_given,
        "looked_at_by": artefact.looked_at_by,
        "attempts": [_attempt(attempt) for attempt in artefact.attempts],
        "sample": None if artefact.sample is None else _sample(artefact.sample),
        "product": None if product is None else _product(product),
    }


def _claim(claim: ClaimedIdentity) -> dict[str, Json]:
    return {
        "number": claim.number,
        "source": claim.source.value,
        "name": claim.name,
        "birth": claim.birth,
        "sex": None if claim.sex is None else claim.sex.value,
        "warnings": list(claim.warnings),
    }


def _look_up(look_up: LookUp) -> Json:
    return {
        "end": look_up.end.value,
        "at": stamp(look_up.at),
        "entry": None if look_up.entry is None else _entry(look_up.entry),
        "compared": {field.name: field.verdict.value for field in look_up.compared},
    }


def _entry(entry: RegisterEntry) -> Json:
    return {
        "number": entry.number,
        "name": entry.name,
        "birth": entry.birth,
        "sex": None if entry.sex is None else entry.sex.value,
        "version": entry.version,
    }


def _eligibility(eligibility: Eligibility) -> Json:
    ends = eligibility.valid_until
    return {
        "rules_from": eligibility.rules_from.isoformat(),
        "day": eligibility.day.isoformat(),
        "date_source": eligibility.date_source.value,
        "date_attested_by": eligibility.date_attested_by,
        "age_band": eligibility.age_band.value,
        "birth": eligibility.birth,
        "birth_source": eligibility.birth_source.value,
        "guardian_is_needed": eligibility.guardian_is_needed,
        "child_is_asked": eligibility.child_is_asked,
        "valid_until": None if ends is None else ends.isoformat(),
    }


def _guardian(guardian: Guardian) -> Json:
    agreed = guardian.child_agreed_at
    return {
        "claim": _claim(guardian.claim),
        "relation": guardian.relation.value,
        "declared_at": stamp(guardian.declared_at),
        "child_agreed_at": None if agreed is None else stamp(agreed),
    }


def _attestation(attestation: Attestation) -> Json:
    return {
        "attendant_id": attestation.attendant_id,
        "at": stamp(attestation.at),
        "statement": attestation.statement,
        "covers": list(attestation.covers),
        "looks": {look.matter.value: look.finding.value for look in attestation.looks},
        "asked_again": [matter.value for matter in attestation.asked_again],
    }


def _limit(limit: DeviceLimit) -> Json:
    return {"modality": limit.modality.value, "limit": limit.limit, "reason": limit.reason}


def _position(position: Position) -> Json:
    """The finger's code, "left" or "right", or None."""
    match position:
        case FingerPosition() | EyeSide():
            return position.value
        case None:
            return None


def _annotation(artefact: Artefact) -> Json:
    """A missing finger in the words of other formats; None for anything else."""
    if artefact.exception is None or artefact.modality is not Modality.FINGERPRINT:
        return None
    words = ANNOTATIONS[artefact.exception]
    return {"iso_19794_4": words.iso_19794_4, "ansi_nist_amp": words.ansi_nist_amp, "osia": words.osia}


def _attempt(attempt: Attempt) -> Json:
    return {
        "number": attempt.number,
        "duration_s": _number(attempt.duration_s),
        "report": None if attempt.report is None else _report(attempt.report),
        "threshold": attempt.threshold,
        "rejection": None if attempt.rejection is None else attempt.rejection.value,
        "seen_as": None if attempt.seen_as is None else attempt.seen_as.value,
    }


def _sample(sample: Sample) -> Json:
    rows, columns = sample.image.shape[:2]
    return {
        "attempt": sample.attempt,
        "taken_at": stamp(sample.taken_at),
        "device": sample.device,
        "rows": rows,
        "columns": columns,
        "pixels_per_inch": None if sample.resolution is None else sample.resolution.pixels_per_inch,
        "grey_levels": None if sample.resolution is None else sample.resolution.grey_levels,
        "warnings": [warning.value for warning in sample.warnings],
        "is_cropped": sample.cropped is not None,
        "exposure": {name: _number(value) for name, value in sorted(sample.exposure.items())},
        "signals": None if sample.signals is None else _signals(sample.signals),
        "report": _report(sample.report),
    }


def _product(product: PortraitProduct) -> Json:
    """The face record's picture: its coding, size in pixels, bytes, and how coarsely it is coded."""
    return {
        "form": product.form.value,
        "rows": product.rows,
        "columns": product.columns,
        "file_bytes": product.file_bytes,
        "setting": _number(product.setting),
    }


def _signals(signals: PresentationSignals) -> Json:
    return {
        "algorithm": signals.algorithm,
        "values": {name: _number(value) for name, value in sorted(signals.values.items())},
        "doubtful": list(signals.doubtful),
    }


def _report(report: QualityReport) -> Json:
    components: list[Json] = [
        {"name": part.name, "value": _number(part.value), "verdict": part.verdict.value}
        for part in report.components
    ]
    return {
        "algorithm": report.algorithm,
        "score": report.score,
        "accepted": report.accepted,
        "components": components,
        "advice": None if report.advice is None else report.advice.value,
    }


def _number(value: float) -> Json:
    """JSON has no nan and no infinity: None, for "could not be measured"."""
    return float(value) if math.isfinite(value) else None
