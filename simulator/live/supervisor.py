"""Starts a process again whenever it ends, as systemd does on the terminal: one booth a visit, one uplink."""

import asyncio
import logging
from collections.abc import Mapping, Sequence

_log = logging.getLogger(__name__)

RESTART_S = 0.5
BACK_OFF_S = (0.5, 1.0, 2.0, 5.0, 10.0)  # after processes that failed one after the other
TERMINATE_S = 10.0


class Supervisor:
    """Keeps one process running until cancelled. name: what the log calls it."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._name = name
        self._command = command
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None
        self.ended = 0

    @property
    def pid(self) -> int | None:
        """The process id, if it runs."""
        return None if self._process is None else self._process.pid

    async def run(self) -> None:
        """One process after the other; the last one is ended when this is cancelled."""
        failures = 0
        try:
            while True:
                code = await self._one_process()
                failures = failures + 1 if code else 0
                self.ended += 1
                if code:
                    _log.warning("the %s ended with code %s", self._name, code)
                await asyncio.sleep(BACK_OFF_S[min(failures, len(BACK_OFF_S) - 1)] if code else RESTART_S)
        finally:
            await self._stop()

    def kill(self) -> None:
        """End the running process without a word, as a power cut would."""
        if self._process is not None:
            self._process.kill()

    async def _one_process(self) -> int:
        self._process = await asyncio.create_subprocess_exec(*self._command, env=self._environment)
        code = await self._process.wait()
        self._process = None
        return code

    async def _stop(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            async with asyncio.timeout(TERMINATE_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
