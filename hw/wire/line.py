"""Bytes both ways, with a deadline on every wait."""

from typing import Protocol

from hw.faults import DeviceFault


class LineLost(DeviceFault):
    """The line hung up: cable out, adapter gone, port closed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the line {name} is gone: check the cable and the port in the board file")


class ByteLine(Protocol):
    """One end of a serial line. Every method raises LineLost once the other end is gone."""

    async def write(self, data: bytes, *, timeout_s: float) -> None:
        """Hand all of `data` to the line; TimeoutError when it does not take it in time."""
        ...

    async def read_some(self, *, timeout_s: float) -> bytes:
        """At least one byte, or b"" when nothing arrives within `timeout_s`."""
        ...

    def set_baud(self, baud: int) -> None:
        """Speak and listen at `baud` from the next byte on; ValueError when the line has no such speed.

        What was written before leaves at the old speed first: milliseconds for the length of a command.
        """
        ...

    def discard_input(self) -> None:
        """Forget the bytes that have arrived and were not read."""
        ...

    def close(self) -> None:
        """Give the line back; closing twice is harmless."""
        ...
