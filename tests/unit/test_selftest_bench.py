"""The technician's self-test as a process of its own, against twins on a real pty and real sockets."""

import asyncio
import json
import re
import shlex
import socket
import sys
from asyncio.subprocess import PIPE
from dataclasses import dataclass
from pathlib import Path

import pytest

from firmware.health.fault_table import Language, load_fault_table
from firmware.health.findings import FaultCode
from simulator.bench import bench, command_line
from simulator.bench_devices import BenchFault
from simulator.live.board import Places

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).parents[2]
LIMIT_S = 50.0
GOOD = """\
fingerprint      good     answer N ms, speed N baud, packets N bytes, plate empty
portrait         good     pictures N a second, size NxN, level N of N, change N levels, exposure N ms, \
light N, one-sided N, cast N, backdrop N
iris_module      good     program N.N, answer N ms, up N min, temperature N °C, distance nobody, \
left N mA, right N mA, between N mA, one-shot N ms, strobes N, lost N events, paired N of N frames, apart N ms
iris             good     pictures N a second, size NxN, level N of N, change N levels, exposure N ms
lamps            good     pins GPIO N, N, N, through tram-stage, seen not asked
disk             good     free N MB, durable write N ms, slowest N ms
identity         good     ward N, terminal demo-N, attendants N
keys             good     centre key demo, valid for N days
"""
FAULTS = (
    {
        BenchFault.SENSOR_UNPLUGGED: FaultCode.SENSOR_PORT_MISSING,
        BenchFault.PORTRAIT_UNPLUGGED: FaultCode.PORTRAIT_ABSENT,
        BenchFault.KEY_EXPIRED: FaultCode.CENTRE_KEY_EXPIRED,
    },
    {
        BenchFault.SENSOR_GARBLED: FaultCode.SENSOR_GARBLED,
        BenchFault.PORTRAIT_FROZEN: FaultCode.PORTRAIT_STILL,
        BenchFault.IRIS_BLACK: FaultCode.IRIS_BLACK,
        BenchFault.IDENTITY_MISSING: FaultCode.IDENTITY_MISSING,
    },
    {
        BenchFault.SENSOR_DEAF: FaultCode.SENSOR_SILENT,
        BenchFault.PORTRAIT_SILENT: FaultCode.PORTRAIT_SILENT,
        BenchFault.KEY_OPEN: FaultCode.DEVICE_KEY_OPEN,
    },
    {BenchFault.SENSOR_OTHER: FaultCode.SENSOR_OTHER},
)
OF_THE_MODULE = (
    (BenchFault.MODULE_UNPLUGGED, [FaultCode.MODULE_PORT_MISSING, FaultCode.IRIS_UNLIT]),
    (BenchFault.MODULE_SILENT, [FaultCode.MODULE_SILENT, FaultCode.IRIS_UNLIT]),
    (BenchFault.MODULE_GARBLED, [FaultCode.MODULE_GARBLED, FaultCode.IRIS_UNLIT]),
    (BenchFault.MODULE_LED_OPEN, [FaultCode.MODULE_LED_OPEN]),
    (BenchFault.MODULE_LED_SHORT, [FaultCode.MODULE_LED_SHORT, FaultCode.IRIS_UNLIT]),
    (BenchFault.MODULE_RANGER_DEAD, [FaultCode.MODULE_RANGER, FaultCode.IRIS_UNLIT]),
    (BenchFault.MODULE_HOT, [FaultCode.MODULE_HOT, FaultCode.IRIS_UNLIT]),
    (BenchFault.MODULE_TRIGGER_CUT, [FaultCode.MODULE_UNANSWERED, FaultCode.IRIS_SILENT]),
)
STEADY = ("fingerprint", "portrait", "iris_module", "iris", "lamps", "disk", "identity", "keys")


@pytest.fixture
def anyio_backend() -> str:
    """Ptys, sockets and processes need a real loop."""
    return "asyncio"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a self-test ended."""

    code: int
    said: str
    complained: str


async def _tested(line: str, *words: str) -> Ended:
    """The command that the bench prints, with more words; run by a shell as in a technician's window."""
    process = await asyncio.create_subprocess_shell(
        f"exec env {line} {shlex.join(words)}", stdout=PIPE, stderr=PIPE, cwd=CHECKOUT
    )
    try:
        async with asyncio.timeout(LIMIT_S):
            said, complained = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode is not None
    return Ended(process.returncode, said.decode(), complained.decode())


def _only(*devices: str) -> tuple[str, ...]:
    return tuple(word for device in devices for word in ("--only", device))


async def test_a_whole_terminal_passes_with_a_figure_for_each_device(places: Places) -> None:
    async with bench(places) as board:
        tested = await _tested(command_line(places, board), *_only(*STEADY))

    figures = re.sub(r"\d+(\.\d+)?", "N", tested.said)
    assert figures == f"{GOOD}stage: N good, N warning, N fault\n"
    assert (tested.code, tested.complained) == (0, "")


@pytest.mark.parametrize("faults", FAULTS, ids="+".join)
async def test_each_fault_is_named_with_its_code_and_what_to_do(
    places: Places, faults: dict[BenchFault, FaultCode]
) -> None:
    table = load_fault_table()
    async with bench(places, faults) as board:
        tested = await _tested(command_line(places, board), *_only(*STEADY))

    assert tested.code == 1
    assert sorted(re.findall(r"FAULT +(\S+):", tested.said)) == sorted(faults.values())
    for code in faults.values():
        assert f"-> {table.advice(code, Language.ENGLISH).do}" in tested.said


@pytest.mark.parametrize(("fault", "codes"), OF_THE_MODULE, ids=[fault for fault, _ in OF_THE_MODULE])
async def test_each_fault_of_the_iris_module_is_named_first_and_then_what_the_camera_makes_of_it(
    places: Places, fault: BenchFault, codes: list[FaultCode]
) -> None:
    async with bench(places, {fault}) as board:
        tested = await _tested(command_line(places, board), *_only("iris_module", "iris"))

    assert tested.code == 1
    assert re.findall(r"FAULT +(\S+):", tested.said) == codes


async def test_who_is_too_close_to_the_light_is_told_to_step_back_and_no_device_is_blamed(
    places: Places,
) -> None:
    async with bench(places, {BenchFault.MODULE_TOO_CLOSE}) as board:
        tested = await _tested(command_line(places, board), *_only("iris_module", "iris"))

    assert tested.code == 0
    assert re.findall(r"WARNING +(\S+):", tested.said) == [FaultCode.MODULE_TOO_CLOSE] * 2
    assert "-> step back" in tested.said


async def test_a_board_without_an_iris_module_has_no_such_check(places: Places) -> None:
    async with bench(places) as board:
        text = board.read_text("utf-8")
        begin, end = text.index("[iris_module]"), text.index("[lamps]")
        board.write_text(text[:begin] + text[end:], "utf-8")
        tested = await _tested(command_line(places, board), *_only("iris_module"))

    assert (tested.code, tested.complained) == (2, "error: stage has no such device\n")


async def test_a_dark_place_for_portraits_is_a_warning_and_closes_nothing(places: Places) -> None:
    async with bench(places, {BenchFault.PORTRAIT_DARK}) as board:
        tested = await _tested(command_line(places, board), "--only", "portrait")

    assert tested.code == 0
    assert re.findall(r"WARNING +(\S+):", tested.said) == [FaultCode.PORTRAIT_LAMP_DARK]


async def test_a_program_reads_the_same_in_the_other_language(places: Places) -> None:
    file = places["found.json"]
    async with bench(places, {BenchFault.SENSOR_UNPLUGGED}) as board:
        words = ("--only", "fingerprint", "--language", "vi", "--json", str(file))
        tested = await _tested(command_line(places, board), *words)

    (check,) = json.loads(file.read_text("utf-8"))["checks"]
    advice = load_fault_table().advice(FaultCode.SENSOR_PORT_MISSING, Language.VIETNAMESE)
    assert (check["code"], check["verdict"], check["do"]) == ("FP-01", "fault", advice.do)
    assert advice.means in tested.said


async def test_another_reader_of_the_port_is_named(places: Places) -> None:
    async with bench(places) as board:
        with places["sensor"].open("rb", buffering=0) as port:
            reader = await asyncio.create_subprocess_exec("sleep", "60", stdin=port)
        try:
            tested = await _tested(command_line(places, board), "--only", "fingerprint")
        finally:
            reader.kill()
            await reader.wait()

    assert "FAULT    FP-02" in tested.said
    assert f"sleep, process {reader.pid}" in tested.said


async def test_nothing_is_tested_beside_a_booth_that_serves(places: Places) -> None:
    async with bench(places) as board:
        port = int(re.findall(r"^port = (\d+)$", board.read_text("utf-8"), re.MULTILINE)[0])
        with socket.create_server(("127.0.0.1", port)):
            tested = await _tested(command_line(places, board))

    assert (tested.code, tested.said) == (2, "")
    assert "wait for the visit to end" in tested.complained


async def test_a_technician_who_cannot_answer_is_told_so(places: Places) -> None:
    async with bench(places) as board:
        line = f"{command_line(places, board)} --interactive --only lamps < /dev/null"
        tested = await _tested(line)

    assert tested.code == 2
    assert tested.complained == "error: no answer can come: run --interactive in a terminal window\n"


async def test_a_board_file_that_is_none_cannot_be_tested(places: Places) -> None:
    tested = await _tested(shlex.join((sys.executable, "-m", "host_tools", "selftest", "absent.toml")))

    assert tested.code == 2
    assert "absent.toml" in tested.complained


async def test_a_sensor_of_the_left_hand_is_tested_of_its_own(places: Places) -> None:
    async with bench(places) as board:
        text = board.read_text("utf-8")
        table = text.split("[fingerprint]")[1].split("[")[0]
        left = table.replace(str(places["sensor"]), str(places["left"]))
        board.write_text(f"{text}\n[fingerprint_left]{left}", "utf-8")
        words = _only("fingerprint", "fingerprint_left")
        tested = await _tested(command_line(places, board), *words)

    verdicts = re.findall(r"^(\w+) +(good|FAULT +\S+):?", tested.said, re.MULTILINE)
    assert verdicts == [("fingerprint", "good"), ("fingerprint_left", "FAULT    FP-01:")]


async def test_a_device_that_the_terminal_has_not_cannot_be_tested(places: Places) -> None:
    async with bench(places) as board:
        tested = await _tested(command_line(places, board), "--only", "fingerprint_left")

    assert (tested.code, tested.complained) == (2, "error: stage has no such device\n")
