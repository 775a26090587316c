"""Which device a path means, and whether it may be overwritten."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from host_tools.flash.devices import BlockDevice, refusal
from host_tools.flash.faults import TargetRefused

_LIST = "`host_tools flash --list` shows what there is"


def device_at(path: Path, devices: Iterable[BlockDevice], *, fixed_is_allowed: bool) -> BlockDevice | None:
    """The disk at `path`, also by its names below /dev/disk; None for a file; else TargetRefused."""
    real = path.resolve()
    if real.is_file():
        return None
    device = next((each for each in devices if each.path == real), None)
    if device is None:
        whole = (
            "a partition, or an empty reader; give the whole card" if real.is_block_device() else "no device"
        )
        raise TargetRefused(f"{path} is {whole}", _LIST)
    if refused := refusal(device, fixed_is_allowed=fixed_is_allowed):
        raise TargetRefused(f"{path} is refused: {refused.reason}", refused.hint)
    return device


def listing(devices: Iterable[BlockDevice]) -> Iterator[str]:
    """A line for each device: name, size, model, serial, and whether it may be overwritten."""
    rows = [("device", "size", "model", "serial", "")]
    for device in devices:
        refused = refusal(device)
        word = "ready" if refused is None else f"refused: {refused.reason}"
        size = f"{device.size_bytes / 1e9:.2f} GB"
        rows.append((str(device.path), size, device.model or "-", device.serial or "-", word))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
