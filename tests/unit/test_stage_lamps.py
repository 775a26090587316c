"""Pins that exist on the stage only, found by a booth in a process of its own."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.lamps import PIN_FACTORY, SOCKET_VARIABLE, offer_pin_factory

ROOT = Path(__file__).parents[2]
BOOTH = f"""
import asyncio
from firmware.signals.patterns import AMBER, Steady
from hw.boards.board import LampPins
from hw.lamps.player import LampPlayer, open_pin_factory

async def main():
    factory = open_pin_factory({PIN_FACTORY!r})
    player = LampPlayer(factory, LampPins(red=17, green=27, blue=22))
    player.play(Steady(AMBER))
    player.close()
    factory.close()

asyncio.run(main())
"""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as stage:
        stage.bind(str(tmp_path / "lamps"))
        stage.settimeout(10.0)
        yield stage


def _run_booth(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    offer_pin_factory(folder / "announced")
    path = os.pathsep.join((str(folder / "announced"), str(ROOT)))
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", BOOTH],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_each_change_of_a_pin_reaches_the_stage(tmp_path: Path, stage: socket.socket) -> None:
    booth = _run_booth(tmp_path, **{SOCKET_VARIABLE: str(tmp_path / "lamps")})
    assert (booth.returncode, booth.stderr) == (0, "")
    assert [json.loads(stage.recv(100)) for _ in range(4)] == [
        {"pin": 17, "value": 1.0},
        {"pin": 27, "value": 0.5},
        {"pin": 17, "value": 0.0},
        {"pin": 27, "value": 0.0},
    ]


def test_a_booth_whose_stage_is_gone_goes_on(tmp_path: Path) -> None:
    booth = _run_booth(tmp_path, **{SOCKET_VARIABLE: str(tmp_path / "nobody")})
    assert (booth.returncode, booth.stderr) == (0, "")


def test_a_booth_without_a_stage_says_so(tmp_path: Path) -> None:
    booth = _run_booth(tmp_path)
    assert f"{SOCKET_VARIABLE} should name" in booth.stderr
    assert "hw.lamps.player.PinsUnavailable" in booth.stderr
