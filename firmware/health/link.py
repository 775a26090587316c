"""What waits for the centre, and whether look-ups are taken. A village without a network is no fault."""

import socket
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from firmware.health.findings import CheckResult, Device, FaultCode, Figure
from firmware.outbox.store import Store

LONG_WAIT = timedelta(days=7)
SETTINGS_NAME = "uplink.toml"  # the uplink's own file; who sees people imports nothing of the uplink

LISTENING_LIMIT_S = 0.5


def check_link(state: Path, look_ups: Path, now: datetime) -> CheckResult:
    """Records in the outbox, how long the oldest has waited, how old the last receipt is, and who listens.

    look_ups: the socket at which the uplink takes them.
    """
    store = Store(state)
    waiting, receipts = _moments(store.outbox), _moments(store.receipts) + _moments(store.acknowledged)
    oldest = min(waiting, default=now)
    figures = (
        Figure("waiting", len(waiting), "records"),
        Figure("oldest", _hours(now - oldest), "h"),
        Figure("last receipt", f"{_hours(now - max(receipts))} h ago" if receipts else "none"),
    )
    has_link = (state / SETTINGS_NAME).exists()
    if has_link and (problem := _unheard(look_ups)):
        return CheckResult(Device.LINK, figures, FaultCode.LOOK_UPS_UNHEARD, f"{look_ups}: {problem}")
    if now - oldest > LONG_WAIT:
        return CheckResult(Device.LINK, figures, FaultCode.RECORDS_WAIT)
    return CheckResult(Device.LINK, figures, None if has_link else FaultCode.LINK_ABSENT)


def _unheard(look_ups: Path) -> str | None:
    """Why nobody listens there; None when somebody does."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(LISTENING_LIMIT_S)
        try:
            probe.connect(str(look_ups))
        except OSError as error:
            return error.strerror or str(error)
    return None


def _moments(folder: Path) -> list[datetime]:
    """When what lies in a folder was written; what leaves it meanwhile is left out."""
    entries: Iterable[Path] = folder.iterdir() if folder.is_dir() else ()
    found: list[datetime] = []
    for entry in entries:
        with suppress(FileNotFoundError):
            found.append(datetime.fromtimestamp(entry.stat().st_mtime, UTC))
    return found


def _hours(wait: timedelta) -> float:
    return round(max(wait.total_seconds(), 0.0) / 3600, 1)
