"""Time that jumps."""

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from simulator.virtual_time import Deadlock, VirtualLoop


async def test_an_hour_passes_at_once() -> None:
    loop = asyncio.get_running_loop()
    begun_s = loop.time()
    await asyncio.sleep(3600.0)
    assert loop.time() - begun_s == pytest.approx(3600.0)


async def _wait_for_ever() -> None:
    await asyncio.get_running_loop().create_future()


async def _wait_for_ever_in_a_group() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(_wait_for_ever())


@pytest.mark.parametrize("wait", [_wait_for_ever, _wait_for_ever_in_a_group])
def test_a_deadlock_raises(wait: Callable[[], Coroutine[None, None, None]]) -> None:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner, pytest.raises(Deadlock):
        runner.run(wait())
