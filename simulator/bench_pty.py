"""A twin behind a pseudo-terminal, for drivers of any origin in any process."""

import asyncio
import os
import tty
from collections import deque
from pathlib import Path

from simulator.lines import Pace, Twin

READ_AT_MOST_BYTES = 4096
HOLDS_AT_MOST_BYTES = 1 << 20  # what nobody has read yet; beyond it the twin hears nothing


class PtyBench:
    """Serves a twin on the running loop, from `plug` to `unplug`, as often as wanted.

    baud: speed of the line in real time; None answers without any pause.
    link: a symbolic link to the terminal, there while the cable is in, as udev would make one.
    """

    def __init__(self, twin: Twin, baud: int | None, link: Path | None = None) -> None:
        self._twin = twin
        self._baud = baud
        self._link = link
        self._cable: _Cable | None = None

    def plug(self) -> Path:
        """Put the cable in; the path that a driver opens."""
        boot_s = self._twin.power_on()
        self._cable = _Cable(self._twin, self._baud, boot_s if self._baud else 0.0)
        if self._link is None:
            return self._cable.path
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(self._cable.path)
        return self._link

    async def ready(self) -> None:
        """Wait until the twin listens."""
        if self._cable is not None:
            await asyncio.sleep(self._cable.listens_from_s - asyncio.get_running_loop().time())

    def unplug(self) -> None:
        """Pull the cable: drivers see a hang-up, the twin loses power. Twice is harmless."""
        if self._cable is None:
            return
        self._cable.close()
        self._cable = None
        self._twin.power_off()
        if self._link is not None:
            self._link.unlink(missing_ok=True)


class _Cable:
    """One pseudo-terminal with a twin at its near end.

    The far end is held open too, so that drivers may come and go.
    """

    def __init__(self, twin: Twin, baud: int | None, boot_s: float) -> None:
        self._twin = twin
        self._loop = asyncio.get_running_loop()
        self._pace = Pace(baud) if baud else None
        self.listens_from_s = self._loop.time() + boot_s
        self._under_way: deque[tuple[float, bytes]] = deque()
        self._sending = bytearray()
        self._timer: asyncio.TimerHandle | None = None
        self._near, self._far = os.openpty()
        tty.setraw(self._far)  # a cooked terminal would change line ends
        os.set_blocking(self._near, False)
        self.path = Path(os.ttyname(self._far))
        self._loop.add_reader(self._near, self._hear)

    def close(self) -> None:
        """Hang up."""
        self._loop.remove_reader(self._near)
        self._loop.remove_writer(self._near)
        if self._timer is not None:
            self._timer.cancel()
        os.close(self._near)
        os.close(self._far)

    def _hear(self) -> None:
        """Hand what a driver wrote to the twin, and its answers to the line."""
        data = os.read(self._near, READ_AT_MOST_BYTES)
        now_s = self._loop.time()
        if now_s < self.listens_from_s or self._held_bytes() > HOLDS_AT_MOST_BYTES:
            return
        for chunk in self._twin.receive(data):
            passed_s = self._pace.passed_s(now_s, chunk) if self._pace else now_s
            self._under_way.append((passed_s, chunk.data))
        self._send()

    def _held_bytes(self) -> int:
        return len(self._sending) + sum(len(data) for _, data in self._under_way)

    def _send(self) -> None:
        """Write what has passed the line by now, and come back for the rest."""
        now_s = self._loop.time()
        while self._under_way and self._under_way[0][0] <= now_s:
            self._sending += self._under_way.popleft()[1]
        self._write()
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(self._under_way[0][0], self._send) if self._under_way else None

    def _write(self) -> None:
        """Write as much as the terminal takes, and come back when it takes more."""
        try:
            written = os.write(self._near, self._sending) if self._sending else 0
        except BlockingIOError:
            written = 0
        del self._sending[:written]
        if self._sending:
            self._loop.add_writer(self._near, self._write)
        else:
            self._loop.remove_writer(self._near)
