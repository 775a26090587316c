"""A twin behind a pseudo-terminal, for drivers of any origin in any process."""

import asyncio
import os
import tty
from collections import deque
from pathlib import Path

from simulator.damage import Chunk, Damage, intact
from simulator.lines import Pace, Twin
from simulator.terminal_speed import speed_of
from simulator.uart import heard

READ_AT_MOST_BYTES = 4096
HOLDS_AT_MOST_BYTES = 1 << 20  # what nobody has read yet; beyond it the twin hears nothing


class PtyBench:
    """Serves a twin on the running loop, from `plug` to `unplug`, as often as wanted.

    What either end sends at another speed than the other end's arrives as garbage; the driver's speed is
    what it has set on the terminal.
    is_paced: bytes take the time that they take on a real wire; else the twin answers without any pause.
    link: a symbolic link to the terminal, there while the cable is in, as udev would make one.
    damage: befalls what the twin sends; may be changed at any time.
    """

    def __init__(
        self, twin: Twin, *, is_paced: bool = True, link: Path | None = None, damage: Damage = intact
    ) -> None:
        self._twin = twin
        self._is_paced = is_paced
        self._link = link
        self.damage = damage
        self._cable: _Cable | None = None

    def plug(self) -> Path:
        """Put the cable in; the path that a driver opens."""
        self._cable = _Cable(self._twin, self._befall, is_paced=self._is_paced)
        if self._link is None:
            return self._cable.path
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(self._cable.path)
        return self._link

    async def ready(self) -> None:
        """Wait until the twin listens."""
        if self._cable is not None:
            await asyncio.sleep(self._cable.listens_from_s - asyncio.get_running_loop().time())

    def _befall(self, chunk: Chunk) -> Chunk:
        return self.damage(chunk)

    def say(self, data: bytes) -> None:
        """Bytes appear on the line that nobody sent."""
        if self._cable is not None:
            self._cable.say(data)

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
    """One pseudo-terminal with a twin at its near end, which has just got power.

    The far end is held open too, so that drivers may come and go.
    """

    def __init__(self, twin: Twin, damage: Damage, *, is_paced: bool) -> None:
        self._twin = twin
        self._damage = damage
        self._is_paced = is_paced
        self._loop = asyncio.get_running_loop()
        self._out, self._in = Pace(), Pace()
        self._under_way: deque[tuple[float, bytes, int]] = deque()  # when it has passed, data, speed
        self._sending = bytearray()
        self._timer: asyncio.TimerHandle | None = None  # of what is under way
        self._hearing: deque[asyncio.TimerHandle] = deque()  # of what a driver wrote
        self._near, self._far = os.openpty()
        tty.setraw(self._far)  # a cooked terminal would change line ends
        os.set_blocking(self._near, False)
        self.path = Path(os.ttyname(self._far))
        self._loop.add_reader(self._near, self._read)
        first_words = twin.power_on()
        self.listens_from_s = self._loop.time() + first_words.delay_s * is_paced
        self._arrive(first_words)
        self._send()

    def close(self) -> None:
        """Hang up."""
        self._loop.remove_reader(self._near)
        self._loop.remove_writer(self._near)
        for timer in (*self._hearing, *([self._timer] if self._timer else [])):
            timer.cancel()
        os.close(self._near)
        os.close(self._far)

    def say(self, data: bytes) -> None:
        """Bytes appear on the line that nobody sent."""
        self._arrive(Chunk(data))
        self._send()

    def _read(self) -> None:
        """Take what a driver wrote, and let the twin hear it when its bits have passed."""
        data = os.read(self._near, READ_AT_MOST_BYTES)
        baud = speed_of(self._near)
        if self._is_paced:
            passed_s = self._out.passed_s(self._loop.time(), Chunk(data), baud)
            self._hearing.append(self._loop.call_at(passed_s, self._hear, data, baud))
        else:
            self._hear(data, baud)

    def _hear(self, data: bytes, baud: int) -> None:
        """Hand bytes to the twin, and its answers to the line."""
        if self._hearing:
            self._hearing.popleft()
        if self._loop.time() < self.listens_from_s or self._held_bytes() > HOLDS_AT_MOST_BYTES:
            return
        for reply in self._twin.receive(heard(data, baud, self._twin.baud)):
            self._arrive(self._damage(reply))
        self._send()

    def _arrive(self, chunk: Chunk) -> None:
        """Let a chunk wait until its bytes have passed."""
        now_s, baud = self._loop.time(), self._twin.baud
        passed_s = self._in.passed_s(now_s, chunk, baud) if self._is_paced else now_s
        self._under_way.append((passed_s, chunk.data, baud))

    def _held_bytes(self) -> int:
        return len(self._sending) + sum(len(data) for _, data, _ in self._under_way)

    def _send(self) -> None:
        """Write what has passed the line by now, and come back for the rest."""
        now_s, far_baud = self._loop.time(), speed_of(self._near)
        while self._under_way and self._under_way[0][0] <= now_s:
            _, data, baud = self._under_way.popleft()
            self._sending += heard(data, baud, far_baud)
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
