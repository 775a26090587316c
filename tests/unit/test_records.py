"""What a record must hold before it may be saved, and what never shows."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from firmware.records.eligibility import DateSource
from firmware.records.looks import OF_PORTRAIT, Matter, matters_to_look_at
from firmware.records.problem import Check, Problem, ProblemKind
from firmware.records.problems import problems
from firmware.records.record import EnrolmentRecord, Part, adult_parts, matters_to_attest
from firmware.records.refusal import Refusal, SaveRefused
from firmware.records.samples import EyeSide, FingerPosition, Modality, PresentationSignals
from tests.sealing_world import (
    ADULT,
    NAME,
    NOON,
    NUMBER,
    SMALL,
    good_artefact,
    good_report,
    missing_artefact,
    record_of,
)

RECORD_ID = "ab" * 16
PORTRAIT, THUMB = SMALL


def good_record() -> EnrolmentRecord:
    return record_of(RECORD_ID, (good_artefact(part) for part in SMALL))


def kinds(record: EnrolmentRecord) -> list[ProblemKind]:
    return [problem.kind for problem in problems(record)]


def test_an_adult_is_asked_for_a_portrait_ten_fingers_and_both_eyes() -> None:
    assert [part.key for part in ADULT] == [
        "portrait",
        *(f"finger_{code}" for code in range(1, 11)),
        "eye_right",
        "eye_left",
    ]


def test_the_fingers_are_asked_for_in_the_order_of_the_plan() -> None:
    order = (FingerPosition.LEFT_THUMB, FingerPosition.RIGHT_THUMB)

    assert [part.position for part in adult_parts(order)[1:3]] == list(order)


def test_a_record_with_everything_has_no_problem() -> None:
    assert problems(good_record()) == ()


def test_a_part_that_cannot_be_given_is_no_problem_when_the_reason_is_there() -> None:
    record = record_of(RECORD_ID, (good_artefact(PORTRAIT), missing_artefact(THUMB)))

    assert problems(record) == ()


def test_a_part_without_sample_or_reason_is_a_problem() -> None:
    unexplained = replace(missing_artefact(THUMB), exception=None)
    record = record_of(RECORD_ID, (good_artefact(PORTRAIT), unexplained))

    assert problems(record) == (Problem(ProblemKind.PART_UNEXPLAINED, "finger_1"),)


def test_a_part_that_was_asked_for_and_is_not_there_is_a_problem() -> None:
    record = record_of(RECORD_ID, [good_artefact(PORTRAIT)])

    assert problems(record) == (Problem(ProblemKind.PART_MISSING, "finger_1"),)


def test_a_part_that_nobody_asked_for_is_a_problem() -> None:
    eye = Part(Modality.IRIS, EyeSide.LEFT)
    record = record_of(RECORD_ID, (good_artefact(part) for part in (*SMALL, eye)))

    assert problems(record) == (Problem(ProblemKind.PART_NOT_ASKED, "eye_left"),)


def test_a_part_that_was_given_twice_is_a_problem() -> None:
    record = record_of(RECORD_ID, (good_artefact(part) for part in (*SMALL, THUMB)))

    assert problems(record) == (Problem(ProblemKind.PART_TWICE, "finger_1"),)


@pytest.mark.parametrize("forced", [True, False])
def test_a_sample_below_the_threshold_must_have_been_kept_knowingly(forced: bool) -> None:
    good = good_artefact(THUMB)
    assert good.sample is not None
    poor = replace(good.sample, report=replace(good_report(12), accepted=False))
    record = record_of(RECORD_ID, (good_artefact(PORTRAIT), replace(good, sample=poor, forced=forced)))

    assert kinds(record) == ([] if forced else [ProblemKind.PART_NOT_ACCEPTED])


def test_an_attendant_vouches_for_a_finger_that_was_looked_at() -> None:
    looked_at = replace(good_artefact(THUMB), looked_at_by="CB-0042")

    assert matters_to_attest(None, [good_artefact(PORTRAIT), looked_at]) == (
        "identity",
        "finger_1",
        "glasses",
        "covering",
        "ears",
    )


def test_an_attendant_has_to_look_at_whoever_gave_a_portrait() -> None:
    record = good_record()

    unseen = replace(record, attestation=replace(record.attestation, looks=record.attestation.looks[1:]))

    assert kinds(unseen) == [ProblemKind.LOOK_MISSING]


def test_nothing_has_to_be_looked_at_where_no_portrait_was_taken() -> None:
    assert matters_to_look_at([missing_artefact(PORTRAIT), good_artefact(THUMB)]) == ()


def test_a_doubtful_signal_of_any_sample_asks_whether_the_person_stands_there() -> None:
    good = good_artefact(PORTRAIT)
    assert good.sample is not None
    flat = PresentationSignals("signals/1", {"yaw_response_deg": 2.0}, ("yaw_response_deg",))

    doubtful = replace(good, sample=replace(good.sample, signals=flat))

    assert matters_to_look_at([doubtful]) == (Matter.PRESENCE, *OF_PORTRAIT)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("", ProblemKind.NUMBER_MISSING),
        ("00119000012", ProblemKind.NUMBER_MALFORMED),
        ("0011900001234", ProblemKind.NUMBER_MALFORMED),
        ("00119000012x", ProblemKind.NUMBER_MALFORMED),
        ("٠٠١١٩٠٠٠٠١٢٣", ProblemKind.NUMBER_MALFORMED),
    ],
)
def test_a_number_is_twelve_digits(number: str, kind: ProblemKind) -> None:
    record = good_record()

    assert kinds(replace(record, claim=replace(record.claim, number=number))) == [kind]


@pytest.mark.parametrize("birth", ["1932", "1932-02", "2012-02-29", "2026-03-02", None])
def test_a_birth_may_be_known_to_the_year_alone(birth: str | None) -> None:
    record = good_record()

    assert kinds(replace(record, claim=replace(record.claim, birth=birth))) == []


@pytest.mark.parametrize(
    "birth", ["2011-02-29", "1990-13", "2026-03-03", "2027", "17/05/1990", "", "1990-5-7"]
)
def test_a_birth_that_never_was_is_a_problem(birth: str) -> None:
    record = good_record()

    assert kinds(replace(record, claim=replace(record.claim, birth=birth))) == [ProblemKind.BIRTH_IMPOSSIBLE]


def test_a_child_born_today_in_viet_nam_is_born_although_it_is_yesterday_in_utc() -> None:
    record = good_record()
    late = NOON.replace(hour=18)

    born = replace(record, begun_at=late, claim=replace(record.claim, birth="2026-03-03"))

    assert kinds(born) == []


def test_an_empty_plan_attestation_site_or_receipt_is_a_problem() -> None:
    record = good_record()
    emptied = replace(
        record,
        asked=(),
        artefacts=(),
        attestation=replace(record.attestation, attendant_id=""),
        site=replace(record.site, ward_code=""),
        receipt_code="",
    )

    assert kinds(emptied) == [
        ProblemKind.NOTHING_ASKED,
        ProblemKind.ATTESTATION_MISSING,
        ProblemKind.SITE_MISSING,
        ProblemKind.RECEIPT_MALFORMED,
    ]


@pytest.mark.parametrize("attendant", ["CB-0042", None])
def test_a_date_that_was_attested_was_attested_by_somebody(attendant: str | None) -> None:
    record = good_record()
    attested = replace(record.eligibility, date_source=DateSource.ATTESTED, date_attested_by=attendant)

    assert kinds(replace(record, eligibility=attested)) == (
        [] if attendant else [ProblemKind.ATTESTATION_MISSING]
    )


def test_a_stamp_in_local_time_is_a_problem() -> None:
    local = NOON.astimezone(timezone(timedelta(hours=7)))

    assert kinds(replace(good_record(), ended_at=local)) == [ProblemKind.TIMES_IMPOSSIBLE]


def test_a_problem_says_which_check_found_it() -> None:
    assert Problem(ProblemKind.PART_MISSING, "portrait").check is Check.COMPLETE
    assert Problem(ProblemKind.NUMBER_MALFORMED).check is Check.CORRECT


def test_no_name_or_number_shows_in_a_repr_or_a_refusal() -> None:
    record = good_record()
    refused = SaveRefused(Refusal.INVALID_RECORD, (Problem(ProblemKind.NUMBER_MALFORMED),))

    shown = f"{record!r} {record.claim!r} {record.artefacts!r} {refused!r} {refused}"

    for secret in (NUMBER, NAME, "1990", "female", "number_birth_differs", record.receipt_code):
        assert secret not in shown
    assert "record_number_malformed" in str(refused)
