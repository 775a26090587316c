"""`outbox`: what a terminal still holds, what the centre has acknowledged, refused or sent back."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import cast

from firmware.clock import SystemClock
from firmware.outbox.disk import read_regular
from firmware.outbox.store import Store
from firmware.sealing.manifest import MANIFEST_NAME
from firmware.sealing.statement import MAX_STATEMENT_BYTES
from firmware.uplink.notes import read_set_aside
from firmware.uplink.service import OWN_FOLDER
from host_tools.command import Command, do_with

_COLUMNS = ("record", "state", "age", "kB", "files", "note")


class State(StrEnum):
    """Where a record stands."""

    WAITING = "waiting"
    SET_ASIDE = "set aside"
    LEAVING = "receipt here"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Row:
    """One record. size: of its files in bytes; both 0 when it is not here any more."""

    record_id: str
    state: State
    since: datetime
    size: int = 0
    files: int = 0
    note: str = ""


def outbox_rows(state: Path) -> tuple[Row, ...]:
    """Every record of which the state folder knows, the oldest of each state first."""
    store = Store(state)
    rows = (
        *(_row_here(store, folder) for folder in _entries(store.outbox)),
        *(_row_of(file, State.ACKNOWLEDGED, "received_at") for file in _entries(store.acknowledged)),
        *(_row_of(file, State.RETURNED, "returned_at") for file in _entries(store.returned)),
    )
    order = tuple(State)
    return tuple(sorted(rows, key=lambda row: (order.index(row.state), row.since, row.record_id)))


def outbox_lines(rows: tuple[Row, ...], now: datetime, *, is_whole: bool) -> Iterator[str]:
    """A table, without the acknowledged unless `is_whole`, and a line that counts."""
    shown = [row for row in rows if is_whole or row.state is not State.ACKNOWLEDGED]
    table = [_COLUMNS, *(_cells(row, now) for row in shown)] if shown else []
    widths = [max(len(cells[column]) for cells in table) for column in range(len(_COLUMNS))] if table else []
    for cells in table:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()
    counts = Counter(row.state for row in rows)
    yield ", ".join(f"{counts[state]} {state}" for state in State)


def _entries(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix != ".partial"] if folder.is_dir() else []


def _row_here(store: Store, folder: Path) -> Row:
    sizes = [path.stat().st_size for path in folder.iterdir()]
    since = datetime.fromtimestamp((folder / MANIFEST_NAME).stat().st_mtime, UTC)
    aside = read_set_aside(store.state / OWN_FOLDER / "set_aside" / f"{folder.name}.json")
    state = State.WAITING if aside is None else State.SET_ASIDE
    if (store.receipts / f"{folder.name}.json").is_file():
        state = State.LEAVING
    note = aside.reason if aside is not None and state is State.SET_ASIDE else ""
    return Row(folder.name, state, since, sum(sizes), len(sizes), note)


def _row_of(file: Path, state: State, field: str) -> Row:
    """The row of a small file that the centre signed; its reasons, when it has any, are the note."""
    try:
        document = cast("dict[str, object]", json.loads(read_regular(file, MAX_STATEMENT_BYTES)))
        since = datetime.strptime(str(document[field]), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        note = ", ".join(cast("list[str]", document.get("reasons", [])))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        since, note = datetime.fromtimestamp(file.lstat().st_mtime, UTC), "unreadable"
    return Row(file.stem, state, since, note=note)


def _cells(row: Row, now: datetime) -> tuple[str, ...]:
    size = (f"{row.size / 1000:.1f}", str(row.files)) if row.files else ("-", "-")
    return (_printable(row.record_id), row.state.value, _age(now - row.since), *size, _printable(row.note))


def _printable(text: str) -> str:
    """Without the control characters that a file from the network could send to the technician's window."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _age(age: timedelta) -> str:
    """Days and hours, or hours and minutes; a clock that was set back counts as no time."""
    minutes = max(0, int(age.total_seconds()) // 60)
    days, hours = minutes // 1440, minutes // 60 % 24
    return f"{days} d {hours} h" if days else f"{hours} h {minutes % 60} min"


def _show(arguments: Namespace) -> int:
    state = cast("Path", arguments.state)
    if not (state / "outbox").is_dir():
        print(f"error: {state}: no outbox in it; give the state folder of a terminal", file=sys.stderr)
        return 1
    try:
        rows = outbox_rows(state)
    except OSError as fault:  # such as a record that left meanwhile
        print(f"error: {fault.filename}: {fault.strerror}; run again, or check the disk", file=sys.stderr)
        return 1
    print("\n".join(outbox_lines(rows, SystemClock().now(), is_whole=bool(arguments.all))))
    if not any(row.state is State.SET_ASIDE for row in rows):
        return 0
    print("error: records are set aside; keep the terminal and report their reasons", file=sys.stderr)
    return 1


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("state", type=Path, metavar="STATE", help="state folder of a terminal")
    parser.add_argument("--all", action="store_true", help="also list what the centre has acknowledged")
    do_with(parser, _show)


OUTBOX = Command("outbox", "what waits for the centre, is acknowledged, set aside or returned", _configure)
