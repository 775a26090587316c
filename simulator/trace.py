"""What happened when, as lines whose hash tells two runs apart."""

import asyncio
import hashlib
from collections.abc import Iterable


class Trace:
    """The events of one run, in order, with virtual time; nothing in it depends on the machine."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def note(self, event: str, at_s: float | None = None) -> None:
        """Add an event at `at_s`, else at the running loop's time."""
        now_s = asyncio.get_running_loop().time() if at_s is None else at_s
        self._lines.append(f"{now_s:.6f} {event}")

    @property
    def lines(self) -> tuple[str, ...]:
        """Every event so far."""
        return tuple(self._lines)

    @staticmethod
    def joined_sha256(traces: "Iterable[Trace]") -> str:
        """The hash of several traces one after the other, in hexadecimal."""
        return hashlib.sha256(
            "\n".join(line for trace in traces for line in trace.lines).encode()
        ).hexdigest()
