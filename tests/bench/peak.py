"""The most memory that a process ever had resident, by the kernel's account of it since it began."""

from pathlib import Path

BYTES_PER_KB = 1024  # the kernel's "kB"


def peak_bytes(process: int | str = "self") -> int:
    """VmHWM of proc(5). Not getrusage's: a child inherits there what its parent had when it was started."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) * BYTES_PER_KB
