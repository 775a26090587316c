"""Serve one visit on the terminal that a board file describes, then end: systemd starts the next one."""

import asyncio
import logging
import os
import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path

from firmware.booth import clock_of, devices_of, lamp_watch, register_of
from firmware.outbox.disk import PosixDisk
from firmware.screen.voice.library import voice_folder
from firmware.screen.web import WebScreen
from firmware.serving import Machine, serve_visit
from firmware.visit.dialogue import Watch
from firmware.workers import ThreadWorkers
from hw.boards.board import Board, BoardFileInvalid, load_board
from hw.faults import DeviceFault

CONFIGURATION, UNAVAILABLE = 78, 69  # sysexits.h: EX_CONFIG, EX_UNAVAILABLE


def main(words: list[str] | None = None) -> int:
    """Serve one visit; 0 however it ends, 78 for a wrong board file, 69 for a terminal without its screen."""
    parser = ArgumentParser(prog="python -m firmware", description=__doc__)
    parser.add_argument("board", type=Path, help="board file, such as hw/boards/terminal_a.toml")
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    try:
        asyncio.run(_serve(load_board(parser.parse_args(words).board)))
    except BoardFileInvalid as error:
        return _fail(error, CONFIGURATION)
    except DeviceFault as error:
        return _fail(error, UNAVAILABLE)
    return 0


def _fail(error: Exception, code: int) -> int:
    sys.stderr.write(f"error: {error}\n")
    return code


async def _serve(board: Board) -> None:
    workers = ThreadWorkers()
    clock = clock_of(board)
    machine = Machine(
        clock=clock,
        workers=workers,
        disk=PosixDisk(),
        free_bytes=lambda path: shutil.disk_usage(path).free,
        random_bytes=os.urandom,
        state=board.state.folder,
        register=register_of(board, clock, os.urandom),
    )
    try:
        with lamp_watch(board) as watch:
            await _serve_on_screen(board, machine, watch)
    finally:
        workers.close()


async def _serve_on_screen(board: Board, machine: Machine, watch: Watch) -> None:
    async with WebScreen.serving(board.screen.host, board.screen.port, voice_folder()) as screen:
        await serve_visit(devices_of(board), machine, screen, watch)


if __name__ == "__main__":
    sys.exit(main())
