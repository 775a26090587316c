"""A vault refuses what could not be saved whole, and says why."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from firmware.outbox.vault import VisitVault
from firmware.records.problem import Problem, ProblemKind
from firmware.records.refusal import Refusal, SaveRefused
from tests.sealing_world import (
    NOON,
    SMALL,
    Centre,
    SetClock,
    everything_in,
    good_artefact,
    make_vault,
    record_of,
    seeded_bytes,
)


def test_a_record_with_problems_is_refused_and_may_be_saved_once_it_is_right(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre())
    record_id = vault.begin("visit-1")
    artefacts = [good_artefact(part) for part in SMALL]
    for artefact in artefacts:
        vault.keep(artefact)
    record = record_of(record_id, artefacts)
    numberless = replace(record, claim=replace(record.claim, number=""))

    with pytest.raises(SaveRefused) as refused:
        vault.save(numberless)

    assert refused.value.reason is Refusal.INVALID_RECORD
    assert refused.value.problems == (Problem(ProblemKind.NUMBER_MISSING),)
    assert list((tmp_path / "outbox").iterdir()) == []
    assert vault.save(record).folder.is_dir()


def test_a_sample_that_was_never_sealed_cannot_be_saved(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre())
    record_id = vault.begin("visit-1")
    portrait, finger = (good_artefact(part) for part in SMALL)
    vault.keep(portrait)
    vault.keep(good_artefact(SMALL[1], seed=2))

    with pytest.raises(SaveRefused) as refused:
        vault.save(record_of(record_id, [portrait, finger]))

    assert refused.value.problems == (Problem(ProblemKind.PART_NOT_SEALED, "finger_1"),)


def test_a_sealed_sample_cannot_be_left_out_of_its_record(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre())
    record_id = vault.begin("visit-1")
    artefacts = [good_artefact(part) for part in SMALL]
    for artefact in artefacts:
        vault.keep(artefact)

    with pytest.raises(SaveRefused) as refused:
        vault.save(record_of(record_id, artefacts[:1], asked=SMALL[:1]))

    assert refused.value.problems == (Problem(ProblemKind.PART_NOT_SEALED, "finger_1"),)


def test_a_record_of_another_visit_is_refused(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre())
    vault.begin("visit-1")
    artefacts = [good_artefact(part) for part in SMALL]
    for artefact in artefacts:
        vault.keep(artefact)

    with pytest.raises(SaveRefused) as refused:
        vault.save(record_of("00" * 16, artefacts))

    assert refused.value.problems == (Problem(ProblemKind.OTHER_VISIT),)


def test_nobody_is_asked_for_anything_when_the_centres_key_has_expired(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre(), clock=SetClock(NOON + timedelta(days=365)))

    with pytest.raises(SaveRefused) as refused:
        vault.begin("visit-1")

    assert refused.value.reason is Refusal.KEY_EXPIRED
    assert everything_in(tmp_path) == []


def test_a_key_that_expires_during_the_visit_refuses_the_save(tmp_path: Path) -> None:
    clock = SetClock(NOON + timedelta(days=364))
    vault = make_vault(tmp_path, Centre(), clock=clock)
    record_id = vault.begin("visit-1")
    artefacts = [good_artefact(part) for part in SMALL]
    for artefact in artefacts:
        vault.keep(artefact)
    clock.moment += timedelta(days=1)

    with pytest.raises(SaveRefused) as refused:
        vault.save(record_of(record_id, artefacts))

    assert refused.value.reason is Refusal.KEY_EXPIRED
    assert list((tmp_path / "outbox").iterdir()) == []


def test_nobody_is_asked_for_anything_when_the_disk_is_nearly_full(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre(), free=(64 << 20) - 1)

    with pytest.raises(SaveRefused) as refused:
        vault.begin("visit-1")

    assert refused.value.reason is Refusal.DISK_FULL
    assert everything_in(tmp_path) == []


def test_a_state_folder_that_is_missing_is_a_broken_store(tmp_path: Path) -> None:
    vault = VisitVault(tmp_path / "nowhere", Centre().keys, SetClock(), seeded_bytes())

    with pytest.raises(SaveRefused) as refused:
        vault.begin("visit-1")

    assert refused.value.reason is Refusal.STORE_BROKEN
