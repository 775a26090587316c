"""The booth clears its outbox while nobody is there, and leaves it alone while somebody is served."""

import pytest

from firmware.clearing import CLEAR_EVERY_S, Clearing
from firmware.outbox.disk import PosixDisk
from firmware.screen.view import View
from firmware.visit.phases import Phase
from firmware.workers import JobKind
from simulator.inline_workers import InlineWorkers
from simulator.virtual_time import VirtualClock
from tests.sealing_world import NOON
from tests.uplink.world import Ward

pytestmark = pytest.mark.anyio


class Seen:
    """Collects the views that pass by."""

    def __init__(self) -> None:
        self.phases: list[Phase] = []

    def saw(self, view: View) -> None:
        self.phases.append(view.phase)


def booth(ward: Ward, seen: Seen | None = None) -> Clearing:
    workers = InlineWorkers({JobKind.SEAL: 0.03})
    return Clearing(ward.state, PosixDisk(), workers, VirtualClock(NOON), seen or Seen())


def acknowledge(ward: Ward) -> None:
    """Save a record and lay its receipt where the uplink would."""
    (record_id,) = ward.save()
    (ward.state / "receipts").mkdir(exist_ok=True)
    receipt = ward.centre.receipt(record_id, ward.manifest_sha256(record_id))
    (ward.state / "receipts" / f"{record_id}.json").write_bytes(receipt)


async def test_what_is_acknowledged_goes_before_the_first_person_comes(ward: Ward) -> None:
    acknowledge(ward)

    await booth(ward).once()

    assert ward.waiting() == set()


async def test_nothing_goes_while_somebody_is_served_and_all_of_it_afterwards(ward: Ward) -> None:
    clock, seen = VirtualClock(NOON), Seen()
    clearing = booth(ward, seen)

    async with clearing.meanwhile():
        clearing.saw(View(Phase.ATTRACT, "attract"))
        clearing.saw(View(Phase.FINGERPRINTS, "finger_place"))
        acknowledge(ward)
        await clock.sleep(3 * CLEAR_EVERY_S)
        during = ward.waiting()
        clearing.saw(View(Phase.ATTRACT, "attract"))
        await clock.sleep(1.0)

    assert len(during) == 1
    assert ward.waiting() == set()
    assert seen.phases == [Phase.ATTRACT, Phase.FINGERPRINTS, Phase.ATTRACT]


async def test_what_is_acknowledged_meanwhile_goes_within_minutes(ward: Ward) -> None:
    clearing = booth(ward)

    async with clearing.meanwhile():
        clearing.saw(View(Phase.ATTRACT, "attract"))
        for _ in range(3):
            acknowledge(ward)
            await VirtualClock(NOON).sleep(CLEAR_EVERY_S + 1.0)
            assert ward.waiting() == set()


async def test_a_key_that_is_missing_keeps_the_records_and_the_booth_alive(
    ward: Ward, caplog: pytest.LogCaptureFixture
) -> None:
    acknowledge(ward)
    (ward.state / "keys" / "centre.toml").unlink()

    await booth(ward).once()

    assert len(ward.waiting()) == 1
    assert "acknowledged records stay: save_refused_key_missing" in caplog.text
