"""What is cleared away before a terminal serves the next person."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from firmware.outbox.disk import PARTIAL_SUFFIX, Disk, keep_newest, remove_all
from firmware.outbox.outcome import CRASHED, UNKNOWN, EarlyEnd, is_visit_id
from firmware.outbox.store import Store, refusing
from firmware.outbox.visit_folder import VisitFolder

OUTCOMES_KEPT = 5_000  # about a month of a busy ward office (188 records a day)


@dataclass(frozen=True, slots=True)
class Swept:
    """How much was removed: visits that a crash left, files half written, outcomes beyond the limit."""

    visits: int = 0
    partial_files: int = 0
    old_outcomes: int = 0


def sweep(state: Path, disk: Disk, now: datetime, outcomes_kept: int = OUTCOMES_KEPT) -> Swept:
    """Remove what unfinished visits left and note how they ended; the outbox is never touched.

    Every visit found here ended without being saved, and nobody can open what it left. May be interrupted and
    repeated at any point, but only while no visit is open.
    """
    store = Store(state)
    with refusing():
        store.lay_out(disk)
        return Swept(
            visits=_clear_visits(store, disk, now),
            partial_files=_clear_partial_files(store, disk),
            old_outcomes=keep_newest(disk, store.outcomes, outcomes_kept),
        )


def _clear_visits(store: Store, disk: Disk, now: datetime) -> int:
    left = sorted(path for path in store.visits.iterdir() if _is_visit(path))
    for path in left:
        VisitFolder(store, disk, path.name).abandon(EarlyEnd(path.name, CRASHED, UNKNOWN, now))
    strangers = list(store.visits.iterdir())
    for path in strangers:
        remove_all(disk, path)
    disk.sync_folder(store.visits)
    return len(left)


def _is_visit(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and is_visit_id(path.name)


def _clear_partial_files(store: Store, disk: Disk) -> int:
    folders = (store.outcomes, store.acknowledged)
    partial_files = [path for folder in folders for path in folder.glob(f"*{PARTIAL_SUFFIX}")]
    for path in partial_files:
        disk.remove(path)
    return len(partial_files)
