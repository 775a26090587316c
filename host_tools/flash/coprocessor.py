"""`flash --coprocessor PORT`: the iris module's program onto its board, proved by hash and by its greeting.

The file that starts the program goes first when it is removed and last when it is copied: a board whose
cable is pulled in between starts nothing.
"""

import asyncio
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from host_tools.flash.board import Board, BoardFault
from host_tools.flash.program import MAIN, BoardFile, compiled
from host_tools.flash.report import write_report
from hw.faults import DeviceFault
from hw.iris.conversation import Patience
from hw.iris.faults import ModuleForeign, ModuleSilent
from hw.iris.messages import Identity
from hw.iris.module import BAUD, IrisModule
from hw.iris.updating import activate, bundle, send
from hw.wire.serial_line import open_serial

FORMAT = "tram-coprocessor-1"
GREETS_WITHIN_S = 15.0
PATIENCE = Patience(reply_s=0.5, attempts=10)  # with a module that has just got power
CHOICES = ("slot", "trial")  # of a program that came over the line (firmware/iris_coprocessor/choosing.py)


@dataclass(frozen=True, slots=True)
class CoprocessorReport:
    """One board. identity: None when nobody listened on its line."""

    port: str
    files: tuple[BoardFile, ...]
    identity: Identity | None
    fault: str = ""
    hint: str = ""


def flash_coprocessor(port: str, link: str | None, report_file: Path | None) -> int:
    """Copy, prove, start, greet, report; 0 when the board runs the program, else 1."""
    files = compiled()
    try:
        report = CoprocessorReport(port, files, asyncio.run(_flashed(Board(port), files, link)))
    except BoardFault as fault:
        report = CoprocessorReport(port, files, None, str(fault), fault.hint)
    except DeviceFault as fault:
        report = CoprocessorReport(
            port, files, None, f"no greeting on {link}: {fault}", "check the port of --link"
        )
    return _tell(report, report_file)


def update_coprocessor(line: str, report_file: Path | None) -> int:
    """The same over the terminal's line to it: sent, proved there, started on trial, greeted."""
    files = compiled()
    try:
        report = CoprocessorReport(line, files, asyncio.run(_updated(line, files)))
    except (ModuleSilent, ModuleForeign) as fault:
        report = CoprocessorReport(line, files, None, str(fault), "flash it by cable: --coprocessor PORT")
    except DeviceFault as fault:
        report = CoprocessorReport(
            line, files, None, str(fault), "stop the terminal's service and begin again"
        )
    return _tell(report, report_file)


async def _updated(line: str, files: tuple[BoardFile, ...]) -> Identity:
    module = IrisModule(open_serial(line, BAUD), PATIENCE)
    whole = bundle({file.name: file.data for file in files if file.name != MAIN})
    try:
        await module.hello()
        await send(module, whole, PATIENCE)
        return await activate(module, PATIENCE)
    finally:
        module.close()


async def _flashed(board: Board, files: tuple[BoardFile, ...], link: str | None) -> Identity | None:
    board.reset()
    await board.answers()
    _remove_old(board, files)
    for file in files:
        _copy(board, file)
    if link is None:
        board.reset()
        return None
    module = IrisModule(open_serial(link, BAUD))
    try:
        board.reset()
        return await module.started(GREETS_WITHIN_S)
    finally:
        module.close()


def _remove_old(board: Board, files: tuple[BoardFile, ...]) -> None:
    """What would start or be chosen, or be imported before the compiled module of the same name."""
    sources = {MAIN, *CHOICES, *(f"{Path(file.name).stem}.py" for file in files)}
    for name in sorted(sources & board.names(), key=lambda name: name != MAIN):
        board.remove(name)


def _copy(board: Board, file: BoardFile) -> None:
    with TemporaryDirectory() as folder:
        local = Path(folder) / file.name
        local.write_bytes(file.data)
        copied_sha256 = board.copy(local)
    if copied_sha256 != file.sha256:
        raise BoardFault(
            f"{file.name} is not on the board as it was sent", "begin again; then use another board"
        )


def _tell(report: CoprocessorReport, file: Path | None) -> int:
    for each in report.files:
        print(f"file      {each.name:<14} {len(each.data):>6} bytes  {each.sha256[:16]}")
    print(f"verdict   {_verdict(report)}")
    if report.fault:
        print(f"error: {report.fault}; {report.hint}", file=sys.stderr)
    is_written = file is None or write_report(file, json.dumps(_document(report), indent=2) + "\n")
    return 0 if is_written and not report.fault else 1


def _verdict(report: CoprocessorReport) -> str:
    if report.fault:
        return "bad: the board does not run the program"
    if report.identity is None:
        return "copied and proved by hash; give --link PORT to hear it start"
    program = ".".join(str(number) for number in report.identity.program)
    return f"good: board {report.identity.serial} runs program {program}"


def _document(report: CoprocessorReport) -> dict[str, object]:
    return {
        "format": FORMAT,
        "verdict": "bad" if report.fault else "good",
        "fault": report.fault,
        "hint": report.hint,
        "port": report.port,
        "files": [
            {"name": each.name, "bytes": len(each.data), "sha256": each.sha256} for each in report.files
        ],
        "identity": None if report.identity is None else asdict(report.identity),
    }
