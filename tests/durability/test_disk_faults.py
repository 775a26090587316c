"""A disk that is full or failing refuses a visit with a reason, and never keeps half of it."""

import errno
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from firmware.outbox.disk import Disk, PosixDisk
from firmware.outbox.outcome import EarlyEnd
from firmware.outbox.sweep import Swept, sweep
from firmware.records.refusal import Refusal, SaveRefused
from host_tools.sealed_record import check_record, open_record
from tests.durability.watched_disk import Step, WatchedDisk
from tests.sealing_world import NOON, SMALL, Centre, good_artefact, make_vault, record_of

T = TypeVar("T")


class Fault:
    """Lets one operation of a disk fail: a write when half of it is done, any other undone."""

    def __init__(self, at: int = 0, code: int = errno.EIO) -> None:
        self.operations = 0
        self._at = at
        self._code = code
        self.disk = WatchedDisk(before=self._count)

    def _count(self, step: Step) -> None:
        self.operations += 1
        if self.operations == self._at:
            if step.data:
                step.path.write_bytes(step.data[: len(step.data) // 2])
            raise OSError(self._code, "injected")


class PatientVisit:
    """A visit that repeats a step once when the disk refuses it."""

    def __init__(self, state: Path, centre: Centre, disk: Disk) -> None:
        self.refusals: list[Refusal] = []
        self._outbox = state / "outbox"
        self._vault = make_vault(state, centre, disk=disk)
        self._artefacts = [good_artefact(part) for part in SMALL]

    def save(self) -> Path:
        """The folder of the record; a portrait is taken twice on the way."""
        record_id = self._patiently(lambda: self._vault.begin("visit-1"))
        for artefact in (good_artefact(SMALL[0], seed=2), *self._artefacts):
            self._patiently(partial(self._vault.keep, artefact))
        record = record_of(record_id, self._artefacts)
        return self._patiently(lambda: self._vault.save(record)).folder

    def _patiently(self, step: Callable[[], T]) -> T:
        try:
            return step()
        except SaveRefused as refused:
            self.refusals.append(refused.reason)
            assert not self._outbox.is_dir() or list(self._outbox.iterdir()) == []
            return step()


def operations_of_a_visit(state: Path) -> int:
    state.mkdir()
    none = Fault()
    PatientVisit(state, Centre(), none.disk).save()
    return none.operations


@pytest.mark.parametrize(
    ("code", "reason", "every"),
    [
        pytest.param(errno.ENOSPC, Refusal.DISK_FULL, 5, id="full at some"),
        pytest.param(errno.ENOSPC, Refusal.DISK_FULL, 1, id="full at each", marks=pytest.mark.slow),
        pytest.param(errno.EIO, Refusal.STORE_BROKEN, 1, id="broken at each", marks=pytest.mark.slow),
    ],
)
def test_a_fault_at_any_operation_is_refused_with_its_reason_and_the_step_can_be_repeated(
    tmp_path: Path, code: int, reason: Refusal, every: int
) -> None:
    centre = Centre()

    for fails_at in range(1, operations_of_a_visit(tmp_path / "sound") + 1, every):
        state = tmp_path / f"fault-{fails_at}"
        state.mkdir()
        visit = PatientVisit(state, centre, Fault(fails_at, code).disk)

        folder = visit.save()

        assert visit.refusals == [reason]
        assert len(open_record(check_record(folder), centre.private).artefacts) == len(SMALL)
        assert list((state / "visits").iterdir()) == []


@pytest.mark.parametrize("operations_left", range(6))
def test_a_refused_save_leaves_nothing_that_even_the_centre_could_open(
    tmp_path: Path, operations_left: int
) -> None:
    operations = operations_of_a_visit(tmp_path / "sound")
    (tmp_path / "state").mkdir()
    vault = make_vault(tmp_path / "state", Centre(), disk=Fault(operations - operations_left).disk)
    record_id = vault.begin("visit-1")
    artefacts = [good_artefact(part) for part in SMALL]
    for artefact in (good_artefact(SMALL[0], seed=2), *artefacts):
        vault.keep(artefact)

    with pytest.raises(SaveRefused):
        vault.save(record_of(record_id, artefacts))

    assert list((tmp_path / "state" / "outbox").iterdir()) == []
    assert not (tmp_path / "state" / "visits" / "visit-1" / "manifest.json").exists()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENOSPC, Refusal.DISK_FULL),
        (errno.EDQUOT, Refusal.DISK_FULL),
        (errno.EROFS, Refusal.STORE_BROKEN),
        (errno.EACCES, Refusal.STORE_BROKEN),
    ],
)
def test_only_a_disk_without_room_is_called_full(tmp_path: Path, code: int, reason: Refusal) -> None:
    with pytest.raises(SaveRefused) as refused:
        make_vault(tmp_path, Centre(), disk=Fault(1, code).disk).begin("visit-1")

    assert refused.value.reason is reason


def test_a_visit_that_a_failing_disk_cannot_clear_is_cleared_by_the_next_sweep(tmp_path: Path) -> None:
    sound = Fault()
    before = keep_and_abandon(tmp_path / "sound", sound)

    for fails_at in range(before + 1, sound.operations + 1):
        state = tmp_path / f"fault-{fails_at}"
        with pytest.raises(SaveRefused):
            keep_and_abandon(state, Fault(fails_at))
        sweep(state, PosixDisk(), NOON)
        assert list((state / "visits").iterdir()) == []
        assert [path.name for path in (state / "outcomes").iterdir()] == ["visit-1.json"]


def keep_and_abandon(state: Path, fault: Fault) -> int:
    """A visit that is given up; how many operations there were before it was."""
    state.mkdir()
    vault = make_vault(state, Centre(), disk=fault.disk)
    vault.begin("visit-1")
    vault.keep(good_artefact(SMALL[0]))
    before = fault.operations
    vault.abandon(EarlyEnd("visit-1", "walked_away", "fingerprints", NOON))
    return before


def test_a_sweep_clears_strangers_and_half_written_files_and_follows_no_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_bytes(b"stays")
    state = tmp_path / "state"
    make_vault_folders(state)
    (state / "visits" / "Not A Visit").mkdir()
    (state / "visits" / "visit-1").symlink_to(elsewhere)
    (state / "outcomes" / "visit-2.json.partial").write_bytes(b"{")

    swept = sweep(state, PosixDisk(), NOON)

    assert swept == Swept(visits=0, partial_files=1)
    assert list((state / "visits").iterdir()) == []
    assert (elsewhere / "precious").read_bytes() == b"stays"


def test_outcomes_beyond_the_limit_go_oldest_first(tmp_path: Path) -> None:
    make_vault_folders(tmp_path / "state")
    outcomes = tmp_path / "state" / "outcomes"
    for number in range(5):
        file = outcomes / f"visit-{number}.json"
        file.touch()
        os.utime(file, (number, number))

    swept = sweep(tmp_path / "state", PosixDisk(), NOON, outcomes_kept=3)

    assert swept == Swept(old_outcomes=2)
    assert sorted(path.name for path in outcomes.iterdir()) == [
        f"visit-{number}.json" for number in (2, 3, 4)
    ]


def make_vault_folders(state: Path) -> None:
    state.mkdir()
    sweep(state, PosixDisk(), NOON)
