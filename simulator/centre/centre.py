"""A whole development centre in one folder: never for real people, its keys lie beside its data."""

from collections.abc import Callable
from pathlib import Path

import httpx

from firmware.clock import Clock
from firmware.outbox.disk import Disk, PosixDisk
from firmware.workers import ImageWorkers
from simulator.centre.app import centre_app
from simulator.centre.archive import Archive
from simulator.centre.database import open_database
from simulator.centre.faults import NO_FAULTS, Faults, FaultyLink
from simulator.centre.irises import Irises
from simulator.centre.keys import CentreKeys
from simulator.centre.link import InProcessLink
from simulator.centre.register import PopulationRegister
from simulator.centre.returned import Returned
from simulator.centre.uploads import Uploads


class Centre:
    """Uploads, records, notices and a register, and the app that serves them.

    faults: what goes wrong from now on.
    Nothing in it waits but for the clock and the workers it was given, and nothing runs by itself. Close it
    when done, and the workers after it.
    """

    def __init__(
        self,
        folder: Path,
        keys: CentreKeys,
        clock: Clock,
        random_bytes: Callable[[int], bytes],
        workers: ImageWorkers,
        disk: Disk | None = None,
    ) -> None:
        disk = PosixDisk() if disk is None else disk
        places = tuple(folder / name for name in ("uploads", "records"))
        for place in (folder, *places):
            place.mkdir(parents=True, exist_ok=True)
        self._database = open_database(folder / "centre.sqlite")
        disk.sync_folder(folder)
        self.faults: Faults = NO_FAULTS
        self.uploads = Uploads(places[0], self._database, disk, clock, random_bytes)
        self.uploads.sweep()
        self.archive = Archive(places[1], self._database, disk, clock, keys, self.uploads)
        self.returned = Returned(self._database, clock, keys)
        self.irises = Irises(self._database, keys, self.archive, self.returned, workers)
        self.register = PopulationRegister(self._database, clock, keys)
        app = centre_app(self.uploads, self.archive, self.returned, self.irises, self.register)
        self.app = FaultyLink(app, clock, lambda: self.faults)

    def link(self) -> InProcessLink:
        """A way to this centre without sockets, for `httpx.AsyncClient(transport=...)`."""
        return InProcessLink(httpx.ASGITransport(self.app))

    def close(self) -> None:
        """Close the database."""
        self._database.close()
