"""`selftest`: each device of a terminal with a figure, and for a fault its code and what to do."""

import asyncio
import json
import shutil
import socket
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

from firmware.booth import (
    camera_of,
    clock_of,
    lamp_player,
    open_line,
    open_module,
    open_module_line,
    open_sensor,
)
from firmware.health.camera import check_camera
from firmware.health.fault_table import FaultTable, Language, Verdict, load_fault_table
from firmware.health.findings import CheckResult, Device, FaultCode
from firmware.health.fingerprint import SensorUnderTest, check_fingerprint
from firmware.health.iris_module import check_iris_module
from firmware.health.lamps import Ask, LampsUnderTest, check_lamps
from firmware.health.link import check_link
from firmware.health.machine import check_machine
from firmware.health.module_under_test import ModuleUnderTest
from firmware.health.provisioning import check_clock, check_identity, check_keys
from firmware.health.run import LIMIT_S, WITH_A_PERSON_S, Check, once_more, run_checks
from firmware.health.scene import LookAtScene
from firmware.health.storage import DiskUnderTest, check_disk
from firmware.health.trigger import check_lit_camera
from firmware.models import ModelMissing
from firmware.outbox.disk import PosixDisk
from firmware.stations import installed_faces, scene_judge
from firmware.workers import ImageWorkers, ThreadWorkers
from host_tools.command import Command, do_with
from host_tools.selftest_text import closing_line, document, result_lines
from hw.boards.board import Board, BoardFileInvalid, FingerprintBoard, load_board
from hw.boards.camera import CameraBoard
from hw.boards.iris_module import IrisModuleBoard
from hw.faults import DeviceFault
from hw.fingerprint.profiles import PROFILES

GOOD, FAULTY, CANNOT_RUN = 0, 1, 2
SERVING_LIMIT_S = 0.5


class CannotRun(Exception):
    """The self-test cannot begin, or not go on; the message says why and what to do."""


def checks_of(board: Board, workers: ImageWorkers, ask: Ask | None = None) -> Mapping[Device, Check]:
    """A check for each device of a board, through its real driver. ask: somebody at the terminal."""
    state, clock = board.state.folder, clock_of(board)
    disk = DiskUnderTest(state, PosixDisk(), lambda path: shutil.disk_usage(path).free, workers)
    return {
        **_sensor_checks(board, ask),
        Device.PORTRAIT: partial(_check_portrait, board.portrait_camera),
        **_iris_checks(board),
        Device.LAMPS: partial(check_lamps, LampsUnderTest(board, partial(lamp_player, board), ask)),
        Device.DISK: partial(check_disk, disk),
        Device.IDENTITY: _at_once(lambda: check_identity(state)),
        Device.KEYS: _at_once(lambda: check_keys(state, clock.now())),
        Device.CLOCK: _at_once(lambda: check_clock(clock)),
        Device.LINK: _at_once(lambda: check_link(state, board.look_up.socket, clock.now())),
        Device.MACHINE: _at_once(check_machine),
    }


def _sensor_checks(board: Board, ask: Ask | None) -> Mapping[Device, Check]:
    """Of the one fingerprint sensor, or of both."""
    one = partial(check_fingerprint, _sensor_of(board.fingerprint, ask))
    if board.fingerprint_left is None:
        return {Device.FINGERPRINT: one}
    left = _sensor_of(board.fingerprint_left, None if ask is None else partial(_asked_of_the_left, ask))
    return {Device.FINGERPRINT: one, Device.FINGERPRINT_LEFT: partial(_check_left, left)}


def _iris_checks(board: Board) -> Mapping[Device, Check]:
    """Of the iris camera alone, or of a module and the camera that it triggers."""
    if board.iris_module is None:
        return {Device.IRIS: partial(_check_camera, Device.IRIS, board.iris_camera)}
    module = _module_of(board.iris_module, board.iris_camera)
    return {
        Device.IRIS_MODULE: partial(once_more, partial(check_iris_module, module)),
        Device.IRIS: partial(once_more, partial(_check_lit, module, board.iris_camera)),
    }


def _module_of(module: IrisModuleBoard, camera: CameraBoard) -> ModuleUnderTest:
    try:
        triggered = camera_of(Device.IRIS.value, camera)
    except DeviceFault:
        triggered = None  # the camera's own check says why
    leds, opened = module.leds, partial(open_module_line, module)
    return ModuleUnderTest(Path(module.port), opened, open_module, leds.frames_per_s, leds.on_us, triggered)


async def _check_lit(module: ModuleUnderTest, board: CameraBoard) -> CheckResult:
    if module.camera is None:
        return await _check_camera(Device.IRIS, board)
    return await check_lit_camera(module, module.camera, (board.height, board.width))


def _sensor_of(finger: FingerprintBoard, ask: Ask | None) -> SensorUnderTest:
    profile = PROFILES[finger.profile]
    opened = partial(open_sensor, profile=profile, fastest_baud=finger.fastest_baud)
    return SensorUnderTest(finger, profile, partial(open_line, finger), opened, ask)


async def _check_left(sensor: SensorUnderTest) -> CheckResult:
    return replace(await check_fingerprint(sensor), device=Device.FINGERPRINT_LEFT)


async def _asked_of_the_left(ask: Ask, question: str) -> bool:
    return await ask(f"Left hand: {question}")


def _at_once(check: Callable[[], CheckResult]) -> Check:
    async def checked() -> CheckResult:
        return check()

    return checked


async def _check_portrait(board: CameraBoard) -> CheckResult:
    """The camera, and the place where portraits are taken; without a face model, the camera alone."""
    try:
        look = scene_judge(installed_faces()).look
    except ModelMissing:
        look = None
    return await _check_camera(Device.PORTRAIT, board, look)


async def _check_camera(device: Device, board: CameraBoard, look: LookAtScene | None = None) -> CheckResult:
    try:
        camera = camera_of(device.value, board)
    except DeviceFault as fault:
        absent = {Device.PORTRAIT: FaultCode.PORTRAIT_ABSENT, Device.IRIS: FaultCode.IRIS_ABSENT}
        return CheckResult(device, (), absent[device], str(fault))
    return await check_camera(device, camera, (board.height, board.width), look)


def _run(arguments: Namespace) -> int:
    try:
        board = load_board(cast("Path", arguments.board))
        _refuse_beside_a_booth(board)
        table, language = load_fault_table(), Language(arguments.language)
        results = asyncio.run(_tested(board, arguments, table, language))
    except (BoardFileInvalid, CannotRun) as error:
        print(f"error: {error}", file=sys.stderr)
        return CANNOT_RUN
    except PermissionError as error:
        print(f"error: {error.filename} may not be read: run it with sudo", file=sys.stderr)
        return CANNOT_RUN
    print(closing_line(board.name, results, table))
    if arguments.json is not None:
        written = json.dumps(document(board.name, results, table, language), ensure_ascii=False, indent=1)
        cast("Path", arguments.json).write_text(f"{written}\n", "utf-8")
    return FAULTY if any(table.verdict(result) is Verdict.FAULT for result in results) else GOOD


async def _tested(
    board: Board, arguments: Namespace, table: FaultTable, language: Language
) -> list[CheckResult]:
    """All results, each printed as soon as it is there."""
    workers = ThreadWorkers(1)
    results: list[CheckResult] = []
    try:
        checks = checks_of(board, workers, _asked if arguments.interactive else None)
        chosen = {device: checks[device] for device in _chosen(arguments) if device in checks}
        if not chosen:
            raise CannotRun(f"{board.name} has no such device")
        async for result in run_checks(chosen, WITH_A_PERSON_S if arguments.interactive else LIMIT_S):
            results.append(result)
            print(*result_lines(result, table, language), sep="\n", flush=True)
    finally:
        workers.close()
    return results


def _chosen(arguments: Namespace) -> list[Device]:
    only = cast("list[str] | None", arguments.only)
    return [device for device in Device if only is None or device.value in only]


def _refuse_beside_a_booth(board: Board) -> None:
    """Two programs on one sensor would disturb the visit that is going on."""
    with socket.socket() as probe:
        probe.settimeout(SERVING_LIMIT_S)
        if probe.connect_ex((board.screen.host, board.screen.port)) == 0:
            served = f"{board.screen.host}:{board.screen.port}"
            raise CannotRun(
                f"a booth serves {served} and has the devices: wait for the visit to end, stop it "
                "(sudo systemctl stop tram-booth, or Ctrl-C under make run), test, and start it again"
            )


async def _asked(question: str) -> bool:
    """The technician's answer; everything but yes is no. CannotRun when nobody can answer any more."""
    answer: Awaitable[str] = asyncio.to_thread(input, f"{question} [y/n] ")
    try:
        return (await answer).strip().lower() in {"y", "yes", "c", "co", "có"}
    except EOFError as error:
        raise CannotRun("no answer can come: run --interactive in a terminal window") from error


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("board", type=Path, metavar="BOARD", help="board file of the terminal")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything as JSON")
    parser.add_argument(
        "--only",
        action="append",
        choices=[device.value for device in Device],
        help="test this device alone; may be given more than once",
    )
    parser.add_argument(
        "--language",
        choices=[language.value for language in Language],
        default=Language.ENGLISH.value,
        help="of the advice (default: en)",
    )
    parser.add_argument(
        "--interactive", action="store_true", help="also ask for a finger and a look at the lamp"
    )
    do_with(parser, _run)


SELFTEST = Command("selftest", "test each device of a terminal: figure, fault code, what to do", _configure)
