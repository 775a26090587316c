"""A serial port of the simulated world: can be opened again and again, while its cable is in."""

from hw.wire.line import LineLost
from simulator.fingerprint_twin import FingerprintTwin
from simulator.lines import DirectLine


class SimulatedPort:
    """Hands out lines to one twin; the twin has power while the cable is in."""

    def __init__(self, twin: FingerprintTwin, baud: int) -> None:
        self._twin = twin
        self._baud = baud
        self._is_plugged = True
        self._line: DirectLine | None = None

    async def open(self) -> DirectLine:
        """A fresh line; LineLost while the cable is out."""
        if not self._is_plugged:
            raise LineLost("to the twin")
        self._line = DirectLine(self._twin, self._baud)
        return self._line

    def unplug(self) -> None:
        """Pull the cable."""
        if self._is_plugged:
            self._is_plugged = False
            (self._line or DirectLine(self._twin, self._baud)).unplug()

    def plug(self) -> None:
        """Put the cable back."""
        if not self._is_plugged:
            self._is_plugged = True
            (self._line or DirectLine(self._twin, self._baud)).plug()
