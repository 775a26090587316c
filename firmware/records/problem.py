"""What can be wrong with a record."""

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """The question a problem answers with no; cleanness and liveness need the register and come later."""

    CORRECT = "correct"  # đúng
    COMPLETE = "complete"  # đủ


class ProblemKind(StrEnum):
    """What is wrong, by the name under which a refusal says it."""

    NUMBER_MISSING = "record_number_missing"
    NUMBER_MALFORMED = "record_number_malformed"
    BIRTH_IMPOSSIBLE = "record_birth_impossible"
    NOTHING_ASKED = "record_nothing_asked"
    BIOMETRICS_FORBIDDEN = "record_biometrics_forbidden"
    REASON_MISSING = "record_reason_missing"
    REASON_FOREIGN = "record_reason_foreign"
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
    LOOK_MISSING = "record_look_missing"
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
        ProblemKind.LOOK_MISSING,
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
