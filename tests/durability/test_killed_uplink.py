"""Uplink and booth may be killed, and the power cut, at any moment: no record is lost, none left behind."""

from pathlib import Path

import numpy as np
import pytest

from tests.durability.power_cut_mount import cut_power, fail_after, lossy_disk, sync_everything
from tests.durability.ward import WardUnderFire, ward_under_fire

KILLS = 50
CUTS = 50
CHANGES_A_RECORD = 40  # of the disk, by both processes, from the outbox to the last removal
LONGEST_S = 0.2  # a record takes about 0.1 s from the outbox to the centre and away


def wait_at_random(ward: WardUnderFire, chance: np.random.Generator) -> None:
    """Let the processes run for a moment; none of them ends by itself."""
    running = ward.processes["uplink"]
    running.join(chance.uniform(0.0, LONGEST_S))
    assert running.is_alive()
    assert ward.processes["clearing"].is_alive()


def assert_everything_arrived(ward: WardUnderFire) -> None:
    ward.check()
    assert ward.waiting == set()
    assert {path.name for path in ward.archive.iterdir()} == set(ward.saved)
    assert list((ward.state / "leaving").iterdir()) == []


@pytest.mark.slow
@pytest.mark.timeout(240)  # 10 s alone; a busy machine takes five times as long
def test_no_record_is_lost_however_often_either_process_is_killed(quick_folder: Path) -> None:
    chance = np.random.default_rng(1)
    in_the_middle = 0

    with ward_under_fire(quick_folder / "state", quick_folder) as ward:
        for number in range(KILLS):
            ward.save()
            ward.start()
            wait_at_random(ward, chance)
            ward.kill(("uplink", "clearing")[number % 2])
            in_the_middle += bool(ward.waiting)
            ward.check()
        ward.finish()
        assert_everything_arrived(ward)

    assert in_the_middle > KILLS // 5


@pytest.mark.slow
@pytest.mark.timeout(240)  # 10 s alone; a busy machine takes five times as long
def test_no_record_is_lost_however_often_the_power_is_cut(tmp_path: Path, quick_folder: Path) -> None:
    chance = np.random.default_rng(2)
    in_the_middle = 0

    with lossy_disk(tmp_path / "disk") as disk, ward_under_fire(disk / "state", quick_folder) as ward:
        sync_everything(disk)
        for _ in range(CUTS):
            ward.save()
            fail_after(disk, int(chance.integers(1, CHANGES_A_RECORD)))
            ward.start()
            ward.until_one_dies()
            ward.kill_all()
            cut_power(disk)
            in_the_middle += bool(ward.waiting)
            ward.check()
        ward.finish()
        assert_everything_arrived(ward)

    assert in_the_middle > CUTS // 5
