"""Records that the centre sent back, each with its signed notice."""

import sqlite3

from firmware.clock import Clock
from firmware.records.plain import stamp
from firmware.sealing.return_notice import ReturnNotice
from simulator.centre.keys import CentreKeys

MOST_NOTICES = 500  # of one answer, the latest first: 2 MB at most


class Returned:
    """The notices; one a record, the latest counts."""

    def __init__(self, database: sqlite3.Connection, clock: Clock, keys: CentreKeys) -> None:
        self._database = database
        self._clock = clock
        self._keys = keys

    def send_back(self, record_id: str, reasons: tuple[str, ...], parts: tuple[str, ...]) -> bytes:
        """Note that a record comes back, and sign it; ValueError when a reason or a part is no word."""
        now = self._clock.now()
        notice = ReturnNotice(record_id, reasons, parts, stamp(now))
        signed = notice.encode(self._keys.signing.sign(notice.signed_bytes()))
        row = (record_id, int(now.timestamp()), signed)
        self._database.execute("insert or replace into returned values (?, ?, ?)", row)
        return signed

    def notices(self) -> tuple[bytes, ...]:
        """The signed notices, the latest first."""
        latest = "select notice from returned order by returned_at desc, record_id limit ?"
        return tuple(notice for (notice,) in self._database.execute(latest, (MOST_NOTICES,)))
