"""The booth removes what the centre has acknowledged, and nothing else."""

import os
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from firmware.outbox.acknowledged import MOST_AT_ONCE, Cleared, clear_acknowledged
from firmware.outbox.disk import PosixDisk
from firmware.records.refusal import Refusal, SaveRefused
from tests.uplink.small_centre import SmallCentre
from tests.uplink.world import Ward


def put(ward: Ward, record_id: str, receipt: bytes) -> None:
    """Lay a receipt where the uplink would."""
    (ward.state / "receipts").mkdir(exist_ok=True)
    (ward.state / "receipts" / f"{record_id}.json").write_bytes(receipt)


def honest(ward: Ward, record_id: str) -> bytes:
    return ward.centre.receipt(record_id, ward.manifest_sha256(record_id))


def forged(ward: Ward, record_id: str) -> bytes:
    stranger = SmallCentre(Ed25519PrivateKey.generate())
    return stranger.receipt(record_id, ward.manifest_sha256(record_id))


def of_another_manifest(ward: Ward, record_id: str) -> bytes:
    return ward.centre.receipt(record_id, "00" * 32)


def of_another_record(ward: Ward, record_id: str) -> bytes:
    return ward.centre.receipt("00" * 16, ward.manifest_sha256(record_id))


def with_another_date(ward: Ward, record_id: str) -> bytes:
    return honest(ward, record_id).replace(b"2026-03-02", b"2026-03-03")


def without_end(ward: Ward, record_id: str) -> bytes:
    return honest(ward, record_id) + b" " * 5000


def empty(ward: Ward, record_id: str) -> bytes:
    return b""


def test_a_record_with_its_receipt_leaves_and_the_receipt_stays(ward: Ward) -> None:
    gone, stays = ward.save(2)
    receipt = honest(ward, gone)
    put(ward, gone, receipt)

    cleared = ward.clear()

    assert cleared == Cleared(removed=1)
    assert ward.waiting() == {stays}
    assert (ward.state / "acknowledged" / f"{gone}.json").read_bytes() == receipt
    assert list((ward.state / "leaving").iterdir()) == []
    assert ward.clear() == Cleared()


@pytest.mark.parametrize(
    "receipt", [forged, of_another_manifest, of_another_record, with_another_date, without_end, empty]
)
def test_a_receipt_that_does_not_hold_deletes_nothing_and_is_counted(
    ward: Ward, receipt: Callable[[Ward, str], bytes]
) -> None:
    (record_id,) = ward.save()
    put(ward, record_id, receipt(ward, record_id))
    before = ward.files(record_id)

    assert ward.clear() == Cleared(refused=1)
    assert ward.files(record_id) == before


def test_a_receipt_for_a_record_that_was_never_here_is_counted(ward: Ward) -> None:
    (record_id,) = ward.save()
    put(ward, "ab" * 16, ward.centre.receipt("ab" * 16, "00" * 32))

    assert ward.clear() == Cleared(refused=1)
    assert ward.waiting() == {record_id}


@pytest.mark.timeout(10)
def test_a_link_or_a_pipe_in_place_of_a_receipt_is_no_receipt(ward: Ward) -> None:
    linked, piped = ward.save(2)
    (ward.state / "elsewhere").write_bytes(honest(ward, linked))
    (ward.state / "receipts" / f"{linked}.json").symlink_to(ward.state / "elsewhere")
    os.mkfifo(ward.state / "receipts" / f"{piped}.json")

    assert ward.clear() == Cleared(refused=2)
    assert ward.waiting() == {linked, piped}


def test_a_record_whose_manifest_was_changed_afterwards_stays(ward: Ward) -> None:
    (record_id,) = ward.save()
    put(ward, record_id, honest(ward, record_id))
    manifest = ward.state / "outbox" / record_id / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b" ")

    assert ward.clear() == Cleared(refused=1)
    assert ward.waiting() == {record_id}


def test_what_an_interrupted_removal_left_is_finished(ward: Ward) -> None:
    (record_id,) = ward.save()
    ward.clear()
    (ward.state / "outbox" / record_id).rename(ward.state / "leaving" / record_id)

    assert ward.clear() == Cleared(finished=1)
    assert list((ward.state / "leaving").iterdir()) == []


def test_only_so_many_records_leave_at_once_and_only_so_many_receipts_stay(ward: Ward) -> None:
    for record_id in ward.save(MOST_AT_ONCE + 1):
        put(ward, record_id, honest(ward, record_id))

    first = clear_acknowledged(ward.state, PosixDisk(), receipts_kept=3)
    second = clear_acknowledged(ward.state, PosixDisk(), receipts_kept=3)

    assert (first.removed, second.removed) == (MOST_AT_ONCE, 1)
    assert ward.waiting() == set()
    assert len(list((ward.state / "acknowledged").iterdir())) == 3


def test_without_the_centres_key_nothing_leaves(ward: Ward) -> None:
    (record_id,) = ward.save()
    put(ward, record_id, honest(ward, record_id))
    (ward.state / "keys" / "centre.toml").unlink()

    with pytest.raises(SaveRefused) as refused:
        ward.clear()

    assert refused.value.reason is Refusal.KEY_MISSING
    assert ward.waiting() == {record_id}
