"""A centre that dies before or after any single write still has everything that it acknowledged."""

from collections.abc import Callable
from pathlib import Path

import pytest

from firmware.outbox.disk import PosixDisk
from host_tools.sealed_record import check_record
from tests.centre.world import Sender, client_of, opened_centre, saved_record
from tests.durability.watched_disk import Step, WatchedDisk

LONGEST_LIFE = 45  # writes; a whole record takes fewer


class Died(Exception):
    """The process is gone."""


class DyingAt:
    """A watch that ends the process at a given step, and then at every further one."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def __call__(self, step: Step) -> None:
        del step
        self._left -= 1
        if self._left < 0:
            raise Died


async def send_until_death(folder: Path, record: Path, disk: WatchedDisk, life: int) -> bytes | None:
    """The receipt, or None when the centre died before it could give one."""
    try:
        with opened_centre(folder, disk=disk, seed=life) as centre:
            async with client_of(centre) as client:
                return (await Sender(client, record).send_all()).content
    except Died:
        return None


WATCHES: tuple[Callable[[DyingAt], WatchedDisk], ...] = (
    lambda dies: WatchedDisk(before=dies),
    lambda dies: WatchedDisk(after=dies),
)


@pytest.mark.slow
@pytest.mark.parametrize("watched", WATCHES, ids=["before", "after"])
async def test_a_record_survives_death_at_every_write(
    tmp_path: Path, watched: Callable[[DyingAt], WatchedDisk]
) -> None:
    record = saved_record(tmp_path / "state")
    folder, deaths = tmp_path / "centre", 0
    receipt = None
    while receipt is None:
        receipt = await send_until_death(folder, record, watched(DyingAt(1 + deaths % LONGEST_LIFE)), deaths)
        deaths += 1
        assert deaths < 200

    with opened_centre(folder, disk=PosixDisk(), seed=99) as centre:
        async with client_of(centre) as client:
            assert (await Sender(client, record).finish()).content == receipt
        assert check_record(centre.archive.folder_of(record.name)) == check_record(record)
    assert deaths > 5
