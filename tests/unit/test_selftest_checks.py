"""Each check of the self-test by itself: what it measures, and what it calls a fault."""

import asyncio
import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from firmware.health.camera import check_camera
from firmware.health.findings import CheckResult, Device, FaultCode
from firmware.health.lamps import LampsUnderTest, Play, check_lamps
from firmware.health.run import once_more, run_checks
from firmware.health.storage import DiskUnderTest, check_disk
from firmware.outbox.disk import PosixDisk
from firmware.signals.patterns import BLUE, DARK, GREEN, RED
from firmware.workers import JobKind
from hw.boards.board import load_board
from hw.lamps.pattern import Colour, Pattern
from simulator.cameras import SimulatedCamera
from simulator.inline_workers import InlineWorkers
from simulator.spoiled import Still, Unlit
from simulator.storage import SimulatedDisk
from tests.durability.watched_disk import Step, WatchedDisk

SHAPE = (48, 64)
BOARD = Path(__file__).parents[2] / "hw" / "boards" / "terminal_a.toml"


class Wall:
    """A scene of one grey, with noise."""

    def __init__(self, grey: int = 120) -> None:
        self._grey = grey
        self._rng = np.random.default_rng(1)

    def picture(self, at_s: float) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
        del at_s
        return np.minimum(self._grey + self._rng.integers(0, 4, SHAPE), 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("camera", "shape", "fault"),
    [
        (SimulatedCamera(Wall()), SHAPE, None),
        (SimulatedCamera(Wall()), (480, 640), FaultCode.PORTRAIT_SIZE),
        (SimulatedCamera(Still(Wall())), SHAPE, FaultCode.PORTRAIT_STILL),
        (SimulatedCamera(Unlit(SHAPE, np.random.default_rng(1))), SHAPE, FaultCode.PORTRAIT_BLACK),
        (SimulatedCamera(Wall(253)), SHAPE, FaultCode.PORTRAIT_DAZZLED),
        (SimulatedCamera(Wall(), frames_per_s=1.5), SHAPE, FaultCode.PORTRAIT_SLOW),
    ],
    ids=["good", "size", "still", "black", "dazzled", "slow"],
)
async def test_a_camera_is_judged_by_its_pictures(
    camera: SimulatedCamera, shape: tuple[int, int], fault: FaultCode | None
) -> None:
    assert (await check_camera(Device.PORTRAIT, camera, shape)).fault is fault


async def test_a_camera_that_ends_in_the_middle_is_silent() -> None:
    camera = SimulatedCamera(Wall(), name="iris")
    camera.stall()
    assert (await check_camera(Device.IRIS, camera, SHAPE)).fault is FaultCode.IRIS_SILENT


async def test_an_unplugged_camera_cannot_be_opened() -> None:
    camera = SimulatedCamera(Wall())
    camera.unplug()
    assert (await check_camera(Device.IRIS, camera, SHAPE)).fault is FaultCode.IRIS_ABSENT


def _workers() -> InlineWorkers:
    return InlineWorkers(dict.fromkeys(JobKind, 0.02))


async def test_a_disk_shows_how_long_a_durable_write_takes(tmp_path: Path) -> None:
    disk = SimulatedDisk()
    result = await check_disk(DiskUnderTest(tmp_path, disk, disk.free_bytes, _workers()))
    assert result.fault is None
    assert {figure.name: figure.value for figure in result.figures}["durable write"] == 20.0
    assert list(tmp_path.iterdir()) == []


async def test_a_full_disk_is_called_full(tmp_path: Path) -> None:
    disk = SimulatedDisk()
    disk.fill()
    result = await check_disk(DiskUnderTest(tmp_path, disk, disk.free_bytes, _workers()))
    assert result.fault is FaultCode.DISK_FULL


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        (errno.ENOSPC, FaultCode.DISK_FULL),
        (errno.EROFS, FaultCode.DISK_READ_ONLY),
        (errno.EACCES, FaultCode.DISK_FOLDER),
        (errno.EIO, FaultCode.DISK_BROKEN),
    ],
    ids=errno.errorcode.get,
)
async def test_a_disk_that_refuses_is_told_by_its_reason(
    tmp_path: Path, reason: int, fault: FaultCode
) -> None:
    def refuse(step: Step) -> None:
        if step.verb == "write":
            raise OSError(reason, os.strerror(reason))

    result = await check_disk(DiskUnderTest(tmp_path, WatchedDisk(refuse), lambda _: 1 << 40, _workers()))
    assert (result.fault, result.detail) == (fault, f"{tmp_path}: {os.strerror(reason)}")


async def test_a_missing_state_folder_is_named(tmp_path: Path) -> None:
    tested = DiskUnderTest(tmp_path / "gone", PosixDisk(), lambda _: 1 << 40, _workers())
    result = await check_disk(tested)
    assert result.fault is FaultCode.DISK_FOLDER
    assert "gone" in result.detail


async def test_a_slow_disk_is_a_warning_with_its_figure(tmp_path: Path) -> None:
    slow = InlineWorkers(dict.fromkeys(JobKind, 0.6))
    result = await check_disk(DiskUnderTest(tmp_path, PosixDisk(), lambda _: 1 << 40, slow))
    assert result.fault is FaultCode.DISK_SLOW


class SeenLamp:
    """A lamp that remembers its lights."""

    def __init__(self) -> None:
        self.lights: list[Colour] = []

    @contextmanager
    def lit(self) -> Generator[Play]:
        yield self._play

    def _play(self, pattern: Pattern) -> None:
        self.lights.append(pattern.colour(0.0))


async def _answered_no(question: str) -> bool:
    assert "red, then green, then blue" in question
    return False


async def test_the_lamp_shows_each_colour_and_goes_dark() -> None:
    lamp = SeenLamp()
    result = await check_lamps(LampsUnderTest(load_board(BOARD), lamp.lit, None))
    assert (result.fault, lamp.lights) == (None, [RED, GREEN, BLUE, DARK])


async def test_a_technician_who_saw_another_light_is_believed() -> None:
    result = await check_lamps(LampsUnderTest(load_board(BOARD), SeenLamp().lit, _answered_no))
    assert result.fault is FaultCode.LAMP_SEEN_WRONG


async def test_a_lamp_on_a_pin_of_the_sensors_port_is_not_lit() -> None:
    board, lamp = load_board(BOARD), SeenLamp()
    wrong = replace(board, lamps=replace(board.lamps, pins=replace(board.lamps.pins, red=14)))
    result = await check_lamps(LampsUnderTest(wrong, lamp.lit, None))
    assert (result.fault, lamp.lights) == (FaultCode.LAMP_PIN_TAKEN, [])


async def test_a_check_without_an_end_is_a_fault_and_the_next_one_runs() -> None:
    async def stuck() -> CheckResult:
        await asyncio.sleep(3600.0)
        return CheckResult(Device.LAMPS)

    async def quick() -> CheckResult:
        return CheckResult(Device.DISK)

    found = [result async for result in run_checks({Device.LAMPS: stuck, Device.DISK: quick})]
    assert [(result.device, result.fault) for result in found] == [
        (Device.LAMPS, FaultCode.CHECK_STUCK),
        (Device.DISK, None),
    ]


@pytest.mark.parametrize(
    ("faults", "told", "checks"),
    [
        ([FaultCode.MODULE_GARBLED, None], None, 2),
        ([FaultCode.IRIS_UNLIT, FaultCode.IRIS_SILENT], FaultCode.IRIS_SILENT, 2),
        ([FaultCode.MODULE_SILENT, FaultCode.MODULE_SILENT], FaultCode.MODULE_SILENT, 2),
        ([FaultCode.MODULE_LED_SHORT, None], FaultCode.MODULE_LED_SHORT, 1),
        ([None, FaultCode.MODULE_GARBLED], None, 1),
    ],
)
async def test_what_a_computer_that_halts_looks_like_is_looked_at_once_more(
    faults: list[FaultCode | None], told: FaultCode | None, checks: int
) -> None:
    left = list(faults)

    async def check() -> CheckResult:
        return CheckResult(Device.IRIS_MODULE, (), left.pop(0))

    result = await once_more(check)

    assert (result.fault, len(faults) - len(left)) == (told, checks)
