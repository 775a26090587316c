"""A program that kills itself, as a power switch would, at a given moment of a visit.

python -m tests.durability.killed_visit STATE MOMENT
"""

import os
import signal
import sys
from pathlib import Path

from firmware.outbox.disk import Disk
from firmware.outbox.vault import VisitVault
from firmware.sealing.keys import load_key_ring
from tests.durability.watched_disk import Step, WatchedDisk
from tests.sealing_world import SMALL, SetClock, good_artefact, record_of


def die() -> None:
    """End this process at once, with nothing cleaned up."""
    os.kill(os.getpid(), signal.SIGKILL)


def dies_at_the_commitment(step: Step) -> None:
    """A watch that ends the process when a visit becomes a record."""
    if step.verb == "rename" and step.path.parent.name == "outbox":
        die()


DISKS: dict[str, Disk] = {
    "before_commit": WatchedDisk(before=dies_at_the_commitment),
    "after_commit": WatchedDisk(after=dies_at_the_commitment),
}


def main(state: Path, moment: str) -> None:
    """A visit that is saved, unless it is over before."""
    keys = load_key_ring(state / "keys")
    vault = VisitVault(state, keys, SetClock(), os.urandom, disk=DISKS.get(moment))
    record_id = vault.begin("visit-1")
    artefacts = [good_artefact(part) for part in SMALL]
    for artefact in artefacts:
        vault.keep(artefact)
    if moment == "after_keep":
        die()
    vault.save(record_of(record_id, artefacts))
    sys.stdout.write("saved\n")
    sys.stdout.flush()
    die()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
