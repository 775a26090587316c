"""Work that goes on while a context is open, and ends it when it fails."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import cast

from hw.faults import DeviceFault


@asynccontextmanager
async def attended(*works: Callable[[], Awaitable[None]]) -> AsyncGenerator[None]:
    """Run each of `works` inside this context; a DeviceFault of one ends the context as that fault."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_awaited(work)) for work in works]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
    except BaseExceptionGroup as failures:
        raise _one_of(failures) from None


async def _awaited(work: Callable[[], Awaitable[None]]) -> None:
    await work()


def _one_of(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    """What failed first that is no fault of the device, else the fault: a bug is not to hide behind it."""
    flat = list(_flat(failures))
    return next((each for each in flat if not isinstance(each, DeviceFault)), flat[0])


def _flat(failure: BaseException) -> Iterator[BaseException]:
    if isinstance(failure, BaseExceptionGroup):
        group = cast("BaseExceptionGroup[BaseException]", failure)
        for each in group.exceptions:
            yield from _flat(each)
    else:
        yield failure
