"""Whether the irises of a record are on the sides on which the person's earlier record has them.

Of each person whom the register knows one record is the one to compare with, under a keyed digest of their
number. No code of an iris is kept: it is made anew from the sealed records, and forgotten.
"""

import hmac
import sqlite3
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from firmware.matching.irises_seen import Sides
from firmware.records.record import Part
from firmware.records.samples import EyeSide, Modality
from firmware.workers import ImageWorkers, JobKind
from host_tools.iris_sides import Eyes, codes_of, compare_eyes, eyes_of
from host_tools.sealed_record import RecordDamaged, check_record, open_record
from simulator.centre.archive import Archive
from simulator.centre.keys import CentreKeys
from simulator.centre.returned import Returned

REASONS = {Sides.SWAPPED: "eyes_swapped", Sides.UNLIKE: "eyes_unlike"}
BOTH = tuple(Part(Modality.IRIS, side).key for side in EyeSide)

_NEXT = (
    "select record_id from records where record_id not in (select record_id from irises) "
    "order by rowid limit 1"
)
_REPLACE = "update irises set person = null where person = ?"


@dataclass(frozen=True, slots=True)
class _Glance:
    """What matters here of one record. person: a digest; is_known: the register said that it is they."""

    person: str
    is_known: bool
    eyes: Eyes = field(repr=False)


class Irises:
    """Looks at each accepted record once, after its receipt; sends back what somebody has to look at."""

    def __init__(
        self,
        database: sqlite3.Connection,
        keys: CentreKeys,
        archive: Archive,
        returned: Returned,
        workers: ImageWorkers,
    ) -> None:
        self._database = database
        self._private = keys.private
        self._archive = archive
        self._returned = returned
        self._workers = workers
        self._is_looking = False

    async def catch_up(self) -> None:
        """Look at each record that nobody has looked at, the oldest first, unless another call is at it."""
        if self._is_looking:
            return
        self._is_looking = True
        try:
            while (row := self._database.execute(_NEXT).fetchone()) is not None:
                await self._look_at(row[0])
        finally:
            self._is_looking = False

    async def _look_at(self, record_id: str) -> None:
        new = await self._glance(record_id)
        if new is not None:
            before = await self._earlier(new.person)
            sides = Sides.NOTHING_TO_COMPARE if before is None else compare_eyes(before, new.eyes)
            if sides in REASONS:
                self._returned.send_back(record_id, (REASONS[sides],), BOTH)
            if new.is_known and _is_better(new.eyes, before, sides):
                return self._note(record_id, new.person)
        return self._note(record_id)

    async def _earlier(self, person: str) -> Eyes | None:
        find = "select record_id from irises where person = ?"
        row = self._database.execute(find, (person,)).fetchone()
        earlier = None if row is None else await self._glance(row[0])
        return None if earlier is None else earlier.eyes

    async def _glance(self, record_id: str) -> _Glance | None:
        """None for a record that the disk does not give back as it was accepted."""
        folder = self._archive.folder_of(record_id)
        return await self._workers.run(JobKind.IRIS, partial(_glance, folder, self._private))

    def _note(self, record_id: str, person: str | None = None) -> None:
        """A record was looked at, and is the one to compare with of `person`.

        A crash before the second statement leaves nobody to compare with, and the record to be looked at.
        """
        if person is not None:
            self._database.execute(_REPLACE, (person,))
        self._database.execute("insert into irises values (?, ?)", (record_id, person))


def _glance(folder: Path, private: X25519PrivateKey) -> _Glance | None:
    """CPU work for a worker: 50 ms for two eyes, and reading the record. None where it names nobody."""
    try:
        record = open_record(check_record(folder), private)
        number, is_known = record.document["claim"]["number"], record.document["claim"]["verified"] is True
    except (RecordDamaged, OSError, KeyError, TypeError):
        return None
    return _Glance(_digest(private, str(number)), is_known, eyes_of(record))


def _digest(private: X25519PrivateKey, number: str) -> str:
    """The same for the same number; twelve digits could be guessed, but for the key that opens records."""
    key = HKDF(SHA256(), 32, salt=None, info=b"tram irises 1").derive(private.private_bytes_raw())
    return hmac.digest(key, number.encode(), "sha256").hex()


def _is_better(eyes: Eyes, before: Eyes | None, sides: Sides) -> bool:
    """Whether later records are better compared with these: the first eyes, and then more of the same."""
    if before is None:
        return bool(codes_of(eyes))
    return sides is Sides.AS_BEFORE and len(codes_of(eyes)) > len(codes_of(before))
