"""The uplink's own memory: where uploads are continued, and which records are set aside.

Losing all of it costs a repetition and nothing else, so what cannot be read counts as not there.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from firmware.outbox.disk import Disk, read_regular, write_durably
from firmware.records.plain import Json, stamp
from firmware.sealing.canonical import canonical_json
from firmware.uplink.tus import Place

RETRY_SET_ASIDE = timedelta(hours=12)
MAX_NOTE_BYTES = 512 << 10  # 257 files with addresses of 1 KiB fit
_STAMP = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class SetAside:
    """Why a record is not sent for a while. reason: a word of the program or of the centre."""

    reason: str
    at: datetime

    def is_due_at(self, moment: datetime) -> bool:
        """Whether it is tried again; a clock that was set back must not make it wait for ever."""
        return not self.at <= moment < self.at + RETRY_SET_ASIDE


class Notes:
    """A folder with one small file a record for each kind of note."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._disk = disk
        self._uploads = folder / "uploads"
        self._set_aside = folder / "set_aside"
        for each in (folder, self._uploads, self._set_aside):
            if not each.is_dir():
                disk.make_folder(each)

    def places(self, record_id: str) -> dict[str, Place]:
        """Where each file's upload is continued, by the file's name."""
        try:
            note = _read(self._uploads / f"{record_id}.json")
            return {name: _place(cast("dict[str, str | None]", each)) for name, each in note.items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}

    def remember(self, record_id: str, places: Mapping[str, Place]) -> None:
        """Note where a record's uploads are continued."""
        note: dict[str, Json] = {name: _place_note(place) for name, place in places.items()}
        write_durably(self._disk, self._uploads / f"{record_id}.json", canonical_json(note))

    def set_aside(self, record_id: str, why: SetAside) -> None:
        """Note that a record is not to be sent for a while."""
        note: dict[str, Json] = {"reason": why.reason, "at": stamp(why.at)}
        write_durably(self._disk, self._set_aside / f"{record_id}.json", canonical_json(note))

    def why_set_aside(self, record_id: str) -> SetAside | None:
        """Why a record is not to be sent, or None."""
        return read_set_aside(self._set_aside / f"{record_id}.json")

    def forget_all_but(self, record_ids: Collection[str]) -> None:
        """Remove the notes on every other record."""
        for folder in (self._uploads, self._set_aside):
            for file in folder.iterdir():
                if file.name.removesuffix(".json") not in record_ids:
                    self._disk.remove(file)


def read_set_aside(file: Path) -> SetAside | None:
    """The note in a file, or None when there is none to be read."""
    try:
        note = _read(file)
        moment = datetime.strptime(str(note["at"]), _STAMP).replace(tzinfo=UTC)
        return SetAside(str(note["reason"]), moment)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _read(file: Path) -> dict[str, object]:
    return cast("dict[str, object]", json.loads(read_regular(file, MAX_NOTE_BYTES)))


def _place_note(place: Place) -> Json:
    return {"address": place.address, "expires": stamp(place.expires) if place.expires else None}


def _place(note: dict[str, str | None]) -> Place:
    expires = note["expires"]
    moment = None if expires is None else datetime.strptime(expires, _STAMP).replace(tzinfo=UTC)
    return Place(str(note["address"]), moment)
