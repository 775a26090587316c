"""After a power cut at any moment a record is whole in the outbox, or it is not there."""

import collections
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from firmware.outbox.disk import PosixDisk
from firmware.outbox.outcome import EarlyEnd
from firmware.outbox.sweep import Swept, sweep
from firmware.outbox.vault import VisitVault
from host_tools.sealed_record import RecordDamaged, check_record, open_record
from tests.durability.power_cut import RecordingDisk, Survivor
from tests.sealing_world import NOON, SMALL, Centre, good_artefact, make_vault, record_of, save_visit

WALKED_AWAY = EarlyEnd("visit-1", "walked_away", "fingerprints", NOON)


def crash_then_save(vault: VisitVault) -> None:
    """A visit that ends without a word, and then one with a sample taken twice that is saved."""
    vault.begin("visit-0")
    vault.keep(good_artefact(SMALL[0]))
    vault.close()
    record_id = vault.begin("visit-1")
    artefacts = [good_artefact(part) for part in SMALL]
    for artefact in (good_artefact(SMALL[0], seed=2), *artefacts):
        vault.keep(artefact)
    vault.save(record_of(record_id, artefacts))


def save(vault: VisitVault) -> None:
    save_visit(vault)


def begin(vault: VisitVault) -> None:
    vault.begin("visit-1")


def begin_and_give_up(vault: VisitVault) -> None:
    """A visit that is abandoned after two samples, one of them taken twice."""
    begin(vault)
    for part in (SMALL[0], SMALL[1], SMALL[1]):
        vault.keep(good_artefact(part))
    vault.abandon(WALKED_AWAY)


def recorded(
    root: Path, centre: Centre, visit: Callable[[VisitVault], None], deaf_to: str | None = None
) -> RecordingDisk:
    """The disk on which a visit took place."""
    root.mkdir()
    disk = RecordingDisk(root, deaf_to)
    visit(make_vault(root, centre, disk=disk))
    return disk


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def records_in(root: Path, centre: Centre) -> int:
    """How many records are in the outbox; RecordDamaged when one is not whole."""
    folders = list((root / "outbox").iterdir()) if (root / "outbox").is_dir() else []
    for folder in folders:
        open_record(check_record(folder, centre.keys.device_public_key), centre.private)
    return len(folders)


def restart(root: Path) -> None:
    """Sweep twice, and see that the first time left nothing to do and the outbox alone."""
    outbox = files_in(root / "outbox")
    sweep(root, PosixDisk(), NOON)
    assert list((root / "visits").iterdir()) == []
    assert sweep(root, PosixDisk(), NOON) == Swept()
    assert files_in(root / "outbox") == outbox


def rebuilt(survivor: Survivor, tmp_path: Path, number: int) -> Path:
    root = tmp_path / f"after-{number}"
    survivor.write_to(root)
    return root


def ends(disk: RecordingDisk, tmp_path: Path) -> Iterator[Path]:
    """What may be found after a cut when everything was over."""
    for number, (done, survivor) in enumerate(disk.cuts()):
        if done == len(disk.events):
            yield rebuilt(survivor, tmp_path, number)


def test_a_saved_record_is_whole_or_absent_after_a_cut_at_any_moment(tmp_path: Path) -> None:
    centre = Centre()
    disk = recorded(tmp_path / "state", centre, crash_then_save)

    before, after = set[int](), set[int]()
    for number, (done, survivor) in enumerate(disk.cuts()):
        root = rebuilt(survivor, tmp_path, number)
        (after if done == len(disk.events) else before).add(records_in(root, centre))
        restart(root)

    assert before == {0}
    assert after == {1}


def test_an_abandoned_visit_leaves_an_outcome_after_a_cut_at_any_moment(tmp_path: Path) -> None:
    centre = Centre()
    begun = len(recorded(tmp_path / "begun", centre, begin).events)
    disk = recorded(tmp_path / "state", centre, begin_and_give_up)

    for number, (done, survivor) in enumerate(disk.cuts()):
        root = rebuilt(survivor, tmp_path, number)
        assert records_in(root, centre) == 0
        restart(root)
        if done >= begun:
            assert [path.name for path in (root / "outcomes").iterdir()] == ["visit-1.json"]


def test_a_sweep_may_be_cut_at_any_moment_and_never_costs_a_record(tmp_path: Path) -> None:
    centre = Centre()
    recorded(tmp_path / "state", centre, crash_then_save)
    disk = RecordingDisk(tmp_path / "state")
    assert sweep(tmp_path / "state", disk, NOON) == Swept(visits=1)

    for number, (_, survivor) in enumerate(disk.cuts()):
        root = rebuilt(survivor, tmp_path, number)
        restart(root)
        assert records_in(root, centre) == 1
        assert [path.name for path in (root / "outcomes").iterdir()] == ["visit-0.json"]


@pytest.mark.parametrize("folder", ["outbox", "visits"])
def test_the_model_notices_a_commitment_that_is_not_synced(tmp_path: Path, folder: str) -> None:
    centre = Centre()
    disk = recorded(tmp_path / "state", centre, crash_then_save, deaf_to=folder)

    found = {records_in(root, centre) for root in ends(disk, tmp_path)}

    assert found == {0, 1}


def test_the_model_notices_packets_whose_names_are_not_synced(tmp_path: Path) -> None:
    centre = Centre()
    disk = recorded(tmp_path / "state", centre, save, deaf_to="visit-1")

    roots = ends(disk, tmp_path)

    with pytest.raises(RecordDamaged):
        collections.deque((records_in(root, centre) for root in roots), maxlen=0)
