"""Heat, supply voltage and memory, as far as the computer tells."""

import re
from pathlib import Path

from firmware.health.findings import CheckResult, Device, FaultCode, Figure

HOT_C = 80.0  # a Raspberry Pi 5 slows down from here [its maker's documentation]
FREE_MB = 250.0  # what the booth may take
_TEMPERATURE = Path("sys/class/thermal/thermal_zone0/temp")
_THROTTLED = Path("sys/devices/platform/soc/soc:firmware/get_throttled")
_MEMORY = Path("proc/meminfo")
_LOW_NOW, _LOW_ONCE = 1 << 0, 1 << 16  # bits of get_throttled


def check_machine(root: Path = Path("/")) -> CheckResult:
    """What this kind of computer does not tell is left out. root: where sys/ and proc/ are."""
    celsius, throttled, free = _temperature(root), _throttled(root), _free_mb(root)
    figures = [Figure("memory free", free, "MB")] if free is not None else []
    if celsius is not None:
        figures.append(Figure("temperature", celsius, "°C"))
    if throttled is not None:
        figures.append(Figure("supply", _supply(throttled)))
    return CheckResult(Device.MACHINE, tuple(figures), _fault(celsius, throttled, free))


def _fault(celsius: float | None, throttled: int | None, free_mb: float | None) -> FaultCode | None:
    if throttled is not None and throttled & _LOW_NOW:
        return FaultCode.VOLTAGE_LOW
    if celsius is not None and celsius >= HOT_C:
        return FaultCode.MACHINE_HOT
    if free_mb is not None and free_mb < FREE_MB:
        return FaultCode.MEMORY_LOW
    return FaultCode.VOLTAGE_WAS_LOW if throttled is not None and throttled & _LOW_ONCE else None


def _supply(throttled: int) -> str:
    if throttled & _LOW_NOW:
        return "too low"
    return "was too low" if throttled & _LOW_ONCE else "steady"


def _temperature(root: Path) -> float | None:
    text = _read(root / _TEMPERATURE)
    return None if text is None else int(text) / 1000.0


def _throttled(root: Path) -> int | None:
    text = _read(root / _THROTTLED)
    return None if text is None else int(text, 16)


def _free_mb(root: Path) -> float | None:
    found = re.search(r"^MemAvailable:\s+(\d+) kB$", _read(root / _MEMORY) or "", re.MULTILINE)
    return None if found is None else round(int(found[1]) / 1e3)


def _read(file: Path) -> str | None:
    try:
        return file.read_text("ascii")
    except OSError:
        return None
