"""After a power cut while the booth clears its outbox, a record is whole there, or gone with its receipt."""

from pathlib import Path

import pytest

from firmware.outbox.acknowledged import Cleared, clear_acknowledged
from firmware.outbox.disk import PosixDisk
from firmware.sealing.centre_receipt import read_receipt
from host_tools.sealed_record import check_record
from tests.durability.power_cut import RecordingDisk
from tests.sealing_world import Centre
from tests.uplink.world import Ward


def acknowledged(state: Path) -> Ward:
    """A terminal with one record, for which the uplink has stored the receipt."""
    ward = Ward(state, Centre())
    (record_id,) = ward.save()
    receipt = ward.centre.receipt(record_id, ward.manifest_sha256(record_id))
    (state / "receipts" / f"{record_id}.json").write_bytes(receipt)
    return ward


def assert_whole_or_acknowledged(state: Path, ward: Ward) -> None:
    """The record is whole in the outbox, or the receipt that was kept is valid and the next call finishes."""
    key = ward.keys.signing.public_key()
    (receipt,) = (read_receipt(file.read_bytes(), key) for file in (state / "receipts").iterdir())
    folder = state / "outbox" / receipt.record_id
    if folder.exists():
        check_record(folder, ward.keys.keys.device_public_key)
    else:
        kept = state / "acknowledged" / f"{receipt.record_id}.json"
        assert read_receipt(kept.read_bytes(), key) == receipt
    clear_acknowledged(state, PosixDisk())
    assert not folder.exists()
    assert list((state / "leaving").iterdir()) == []
    assert clear_acknowledged(state, PosixDisk()) == Cleared()


@pytest.mark.slow
def test_a_record_is_whole_or_acknowledged_after_a_cut_at_any_moment(quick_folder: Path) -> None:
    ward = acknowledged(quick_folder / "state")
    disk = RecordingDisk(quick_folder / "state")

    assert clear_acknowledged(quick_folder / "state", disk) == Cleared(removed=1)

    states = 0
    for states, (_, survivor) in enumerate(disk.cuts(), 1):
        root = quick_folder / f"after-{states}"
        survivor.write_to(root)
        assert_whole_or_acknowledged(root, ward)
    assert states > 10
