"""The one thread of a camera whose calls block: it opens, reads, posts the newest frame, and opens again."""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from hw.camera.frames import Frame
from hw.camera.newest import NewestFrame
from hw.faults import DeviceFault

OPEN_LIMIT_S = 10.0  # picamera2 opens, configures and starts within two seconds [unverified]
CLOSE_LIMIT_S = 5.5  # a read that waits for a camera's first frame ends before
BACK_OFF_S = (0.5, 1.0, 2.0, 4.0, 8.0)
REOPEN_LIMIT = (
    20  # tries without a frame between them, about two and a half minutes; then somebody must open it
)

_log = logging.getLogger(__name__)


class Device(Protocol):
    """A camera whose calls block; only its thread calls them, one at a time."""

    def open(self, now_s: Callable[[], float]) -> None:
        """Start it; DeviceFault when it does not start. now_s: the loop's time, for the frames."""
        ...

    def read(self, *, with_still: bool) -> Frame:
        """The next frame; DeviceFault when none comes in its time."""
        ...

    def close(self) -> None:
        """Stop it and let go of it, whatever state it is in; never raises, but may not return."""
        ...


class FrameThread:
    """Runs a device in a daemon thread from `open` to `close`; a thread that does not end is left behind."""

    def __init__(
        self,
        name: str,
        device: Device,
        newest: NewestFrame,
        *,
        back_off_s: tuple[float, ...] = BACK_OFF_S,
        close_limit_s: float = CLOSE_LIMIT_S,
    ) -> None:
        self._name = name
        self._device = device
        self._newest = newest
        self._back_off_s = back_off_s
        self._close_limit_s = close_limit_s
        self._run: _Run | None = None
        self.stills_wanted = 0

    async def open(self) -> None:
        """Start thread and device; DeviceFault when the device does not start."""
        if self._run is not None and not self._run.ended.is_set():
            return
        run = _Run(self._name, self._device, self._newest, self._back_off_s, self._wants_still)
        self._run = run
        threading.Thread(target=run.work, name=f"camera-{self._name}", daemon=True).start()
        try:
            async with asyncio.timeout(OPEN_LIMIT_S):
                await run.opened
        except TimeoutError:
            await self.close()
            raise DeviceFault(f"the {self._name} camera does not start: restart the terminal") from None
        except DeviceFault:
            self._run = None
            raise

    async def close(self) -> None:
        """End the thread and release the device; within the limit, whatever the device does.

        A closing that was cancelled is gone on with by the next: no two threads use a device.
        """
        run = self._run
        if run is None:
            return
        run.stop.set()
        try:
            async with asyncio.timeout(self._close_limit_s):
                await run.ended.wait()
        except TimeoutError:
            _log.warning("the %s camera does not close; its thread is left behind", self._name)
        if self._run is run:
            self._run = None
        self._newest.clear()

    def _wants_still(self) -> bool:
        return self.stills_wanted > 0


@dataclass(eq=False)
class _Run:
    """One thread from its start to its end; after `stop` nothing of it reaches the loop's frames."""

    name: str
    device: Device
    newest: NewestFrame
    back_off_s: tuple[float, ...]
    wants_still: Callable[[], bool]
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)
    stop: threading.Event = field(default_factory=threading.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    latest: deque[Frame] = field(default_factory=lambda: deque[Frame](maxlen=1))
    tries: int = 0
    opened: asyncio.Future[None] = field(init=False)

    def __post_init__(self) -> None:
        self.opened = self.loop.create_future()

    def work(self) -> None:
        """What the thread does."""
        try:
            if self._opens():
                self._deliver()
        finally:
            self._tell(self._has_ended)

    def _opens(self) -> bool:
        try:
            self.device.open(self.loop.time)
        except DeviceFault as fault:
            self._tell(self._has_opened, fault)
            return False
        self._tell(self._has_opened, None)
        return True

    def _deliver(self) -> None:
        while not self.stop.is_set():
            try:
                self.latest.append(self.device.read(with_still=self.wants_still()))
            except DeviceFault as fault:
                _log.warning("%s", fault)
                if not self._came_back():
                    return
            else:
                self.tries = 0
                self._tell(self._post)
        self.device.close()

    def _came_back(self) -> bool:
        """Close and open until it opens; False when that is given up or the thread shall end."""
        while self.tries < REOPEN_LIMIT:
            self.device.close()
            if self.stop.wait(self.back_off_s[min(self.tries, len(self.back_off_s) - 1)]):
                return False
            self.tries += 1
            try:
                self.device.open(self.loop.time)
            except DeviceFault as fault:
                _log.warning("%s", fault)
            else:
                _log.info("the %s camera was opened again", self.name)
                return True
        self.device.close()
        return False

    def _tell(self, callback: Callable[..., None], *words: object) -> None:
        """Have the loop call; a loop that is closed needs no telling."""
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(callback, *words)

    def _post(self) -> None:
        if self.latest and not self.stop.is_set():
            self.newest.put(self.latest.pop())

    def _has_opened(self, fault: DeviceFault | None) -> None:
        if self.opened.done():
            return
        if fault is None:
            self.opened.set_result(None)
        else:
            self.opened.set_exception(fault)

    def _has_ended(self) -> None:
        self.ended.set()
        self._has_opened(DeviceFault(f"the {self.name} camera's driver ended: restart the terminal"))
