"""Removing what the centre has: the only way out of the outbox, and only with a receipt that holds.

A record leaves in three steps, each durable before the next begins: its receipt is kept, its folder is
renamed out of the outbox at once, its files are removed. A power cut leaves a whole record in the outbox, or
a folder in `leaving/` that the next call finishes.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from firmware.outbox.disk import Disk, keep_newest, read_regular, remove_all, rename_durably, write_durably
from firmware.outbox.store import Store, refusing
from firmware.sealing.centre_receipt import (
    read_receipt,
)
from firmware.sealing.keys import load_centre_key
from firmware.sealing.manifest import MANIFEST_NAME, MAX_MANIFEST_BYTES, SignatureWrong
from firmware.sealing.statement import MAX_STATEMENT_BYTES, StatementMalformed

RECEIPTS_KEPT = 5_000  # about a month of a busy ward office (188 records a day)
MOST_AT_ONCE = 20  # some 500 removals, seconds on a card: a visit that begins meanwhile waits no longer


@dataclass(frozen=True, slots=True)
class Cleared:
    """What one call did. refused: receipts forged, foreign or of another manifest; they delete nothing.

    finished: records whose removal a crash had interrupted.
    """

    removed: int = 0
    refused: int = 0
    finished: int = 0


def clear_acknowledged(state: Path, disk: Disk, receipts_kept: int = RECEIPTS_KEPT) -> Cleared:
    """Remove at most MOST_AT_ONCE records for which a valid receipt of the centre lies in `receipts/`.

    SaveRefused when a key or the disk does not let it. May be interrupted and repeated at any point.
    """
    store = Store(state)
    centre = load_centre_key(state / "keys").signing_key
    with refusing():
        store.lay_out(disk)
        finished = _empty_leaving(store, disk)
        removed = refused = 0
        for folder in _with_receipt(store):
            receipt = _valid_receipt(store, folder, centre)
            if receipt is None:
                refused += 1
            elif removed < MOST_AT_ONCE:
                _remove(store, disk, folder, receipt)
                removed += 1
        if removed:
            keep_newest(disk, store.acknowledged, receipts_kept)
        return Cleared(removed, refused + _strays(store), finished)


def _with_receipt(store: Store) -> list[Path]:
    return [
        folder for folder in sorted(store.outbox.iterdir()) if os.path.lexists(_receipt_file(store, folder))
    ]


def _receipt_file(store: Store, folder: Path) -> Path:
    return store.receipts / f"{folder.name}.json"


def _valid_receipt(store: Store, folder: Path, centre: Ed25519PublicKey) -> bytes | None:
    """The receipt that says, signed by the centre, that it holds exactly this record; else None."""
    try:
        manifest = read_regular(folder / MANIFEST_NAME, MAX_MANIFEST_BYTES)
        data = read_regular(_receipt_file(store, folder), MAX_STATEMENT_BYTES)
        receipt = read_receipt(data, centre)
    except (OSError, StatementMalformed, SignatureWrong):
        return None
    stated = (receipt.record_id, receipt.manifest_sha256)
    return data if stated == (folder.name, hashlib.sha256(manifest).hexdigest()) else None


def _remove(store: Store, disk: Disk, folder: Path, receipt: bytes) -> None:
    write_durably(disk, store.acknowledged / f"{folder.name}.json", receipt)
    leaving = store.leaving / folder.name
    rename_durably(disk, folder, leaving)
    remove_all(disk, leaving)
    disk.sync_folder(store.leaving)


def _empty_leaving(store: Store, disk: Disk) -> int:
    left = list(store.leaving.iterdir())
    for path in left:
        remove_all(disk, path)
    if left:
        disk.sync_folder(store.leaving)
    return len(left)


def _strays(store: Store) -> int:
    """Receipts for records that are not here and never were, as far as this terminal remembers."""
    known = {path.name for path in store.acknowledged.iterdir()}
    known |= {f"{folder.name}.json" for folder in store.outbox.iterdir()}
    return sum(file.suffix == ".json" and file.name not in known for file in store.receipts.iterdir())
