"""What waits for the centre. A village without a network is no fault."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from firmware.health.findings import CheckResult, Device, FaultCode, Figure
from firmware.outbox.store import Store

LONG_WAIT = timedelta(days=7)
SETTINGS_NAME = "uplink.toml"  # the uplink's own file; who sees people imports nothing of the uplink


def check_link(state: Path, now: datetime) -> CheckResult:
    """Records in the outbox, how long the oldest has waited, and how old the last receipt is."""
    store = Store(state)
    waiting, receipts = _moments(store.outbox), _moments(store.receipts)
    oldest = min(waiting, default=now)
    figures = (
        Figure("waiting", len(waiting), "records"),
        Figure("oldest", _hours(now - oldest), "h"),
        Figure("last receipt", f"{_hours(now - max(receipts))} h ago" if receipts else "none"),
    )
    if now - oldest > LONG_WAIT:
        return CheckResult(Device.LINK, figures, FaultCode.RECORDS_WAIT)
    has_link = (state / SETTINGS_NAME).exists()
    return CheckResult(Device.LINK, figures, None if has_link else FaultCode.LINK_ABSENT)


def _moments(folder: Path) -> list[datetime]:
    """When what lies in a folder was written."""
    entries: Iterable[Path] = folder.iterdir() if folder.is_dir() else ()
    return [datetime.fromtimestamp(entry.stat().st_mtime, UTC) for entry in entries]


def _hours(wait: timedelta) -> float:
    return round(max(wait.total_seconds(), 0.0) / 3600, 1)
