"""A terminal, its uplink and its centre as real processes, and what must hold of records at any moment."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from firmware.outbox.disk import PosixDisk
from firmware.outbox.sweep import sweep
from firmware.outbox.vault import VisitVault
from firmware.sealing.centre_receipt import read_receipt
from firmware.sealing.keys import load_key_ring
from host_tools.keys import make_demo_keys
from host_tools.sealed_record import RecordDamaged, check_record
from tests.durability.processes import SETTINGS, start_centre, start_clearing, start_uplink
from tests.sealing_world import NOON, SetClock, save_visit, seeded_bytes

ENDING_S = 30.0
IDLE_S = 1.0


@dataclass
class WardUnderFire:
    """saved: every record that a visit was told is saved, with its files."""

    state: Path
    archive: Path
    saved: dict[str, dict[str, bytes]] = field(default_factory=dict[str, dict[str, bytes]])
    processes: dict[str, ForkServerProcess] = field(default_factory=dict[str, ForkServerProcess])

    @property
    def waiting(self) -> set[str]:
        """Ids in the outbox."""
        return {folder.name for folder in (self.state / "outbox").iterdir()}

    def save(self) -> None:
        """One visit that is saved."""
        number = len(self.saved)
        keys = load_key_ring(self.state / "keys")
        vault = VisitVault(self.state, keys, SetClock(), seeded_bytes(number), lambda _: 1 << 40)
        folder = save_visit(vault, f"visit-{number}")
        self.saved[folder.name] = files_in(folder)

    def start(self) -> None:
        """Start what does not run."""
        for name, start in (("uplink", start_uplink), ("clearing", start_clearing)):
            if name not in self.processes:
                self.processes[name] = start(self.state)

    def kill(self, name: str) -> None:
        """End a process in the middle of whatever it does."""
        process = self.processes.pop(name)
        process.kill()
        process.join(ENDING_S)

    def kill_all(self) -> None:
        """End both processes."""
        for name in tuple(self.processes):
            self.kill(name)

    def until_one_dies(self) -> None:
        """Wait for it, or for a moment longer than a record takes."""
        wait([process.sentinel for process in self.processes.values()], IDLE_S)

    def check(self) -> None:
        """Every saved record is whole in the outbox, or whole at the centre with its receipt kept here."""
        for record_id, files in self.saved.items():
            if not self._is_whole_here(record_id):
                assert files_in(self.archive / record_id) == files
                receipt = (self.state / "acknowledged" / f"{record_id}.json").read_bytes()
                centre = load_key_ring(self.state / "keys").centre.signing_key
                assert read_receipt(receipt, centre).record_id == record_id

    def _is_whole_here(self, record_id: str) -> bool:
        """False when it is not in the outbox; a record that leaves while it is looked at is gone at once."""
        folder = self.state / "outbox" / record_id
        try:
            check_record(folder)
        except RecordDamaged:
            assert not folder.exists()
            return False
        return True

    def finish(self) -> None:
        """Let both processes run until nothing waits."""
        self.start()
        for _ in range(int(ENDING_S / 0.1)):
            if not self.waiting and not any((self.state / "leaving").iterdir()):
                break
            self.processes["uplink"].join(0.1)
        self.kill_all()


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@contextmanager
def ward_under_fire(state: Path, other: Path) -> Generator[WardUnderFire]:
    """A terminal over `state`, whose centre lives in `other`; at the end nothing runs any more."""
    make_demo_keys(other / "keys", state / "keys")
    centre, port = start_centre(other / "centre", other / "keys")
    (state / "uplink.toml").write_text(SETTINGS.format(port=port))
    sweep(state, PosixDisk(), NOON)
    ward = WardUnderFire(state, other / "centre" / "records")
    try:
        yield ward
    finally:
        for process in (*ward.processes.values(), centre):
            process.kill()
            process.join(ENDING_S)
