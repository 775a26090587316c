"""Where work that takes milliseconds of CPU or disk is done, so that the loop stays free."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Protocol, TypeVar

T = TypeVar("T")


class JobKind(StrEnum):
    """What a job costs; the board file gives each kind a nominal duration."""

    PORTRAIT = "portrait"
    FINGER = "finger"
    IRIS = "iris"
    CARD = "card"
    SEAL = "seal"


class ImageWorkers(Protocol):
    """Runs a job of a kind and answers with its result or its exception."""

    async def run(self, kind: JobKind, job: Callable[[], T]) -> T:
        """The result of `job()`."""
        ...


class ThreadWorkers:
    """Jobs in a small thread pool, as on the terminal."""

    def __init__(self, threads: int = 2) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="image")

    async def run(self, kind: JobKind, job: Callable[[], T]) -> T:
        """The result of `job()`; the kind does not matter to a thread."""
        del kind
        return await asyncio.get_running_loop().run_in_executor(self._pool, job)

    def close(self) -> None:
        """Wait for the running jobs and end the threads."""
        self._pool.shutdown()
