"""The newest moment that the state folder knows of: no later visit can have been earlier."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from firmware.outbox.store import Store
from firmware.sealing.manifest import MANIFEST_NAME

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def newest_stamp(state: Path) -> datetime:
    """The latest stamp of a record or an outcome below `state`; LONG_AGO where there is none."""
    return max(_stamps(Store(state)), default=LONG_AGO)


def _stamps(store: Store) -> Iterator[datetime]:
    """What cannot be read says nothing."""
    for folder in store.outbox.glob("*"):
        yield from _stamp(folder / MANIFEST_NAME, "contents", "created")
    for file in store.outcomes.glob("*.json"):
        yield from _stamp(file, "at")


def _stamp(file: Path, *keys: str) -> Iterator[datetime]:
    with suppress(OSError, ValueError, KeyError, TypeError):
        value: Any = json.loads(file.read_bytes())
        for key in keys:
            value = value[key]
        yield datetime.fromisoformat(value).astimezone(UTC)
