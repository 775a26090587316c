"""A real booth in a network that has nothing but loopback, as its unit gives it (PrivateNetwork=yes)."""

import os
import re
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hw.boards.board import BOARDS
from tests.disk_image.terminal_tree import STATE, lay_out

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can make networks"),
]
ROOT = Path(__file__).parents[2]
LIMIT_S = 20.0
ENVIRONMENT = {**os.environ, "GPIOZERO_MOCK_PIN_CLASS": "mockpwmpin"}
CLOCK_IS_SET = "/run/systemd/timesync/synchronized"
PEER, OWN, PORT = "192.0.2.1", "192.0.2.2", "8000"  # TEST-NET-1, RFC 5737
LISTEN = """
import socket, sys
with socket.create_server(("0.0.0.0", 8000)):
    print("listening", flush=True)
    sys.stdin.read()
"""
CONNECT = "import socket, sys; socket.create_connection((sys.argv[1], 8000), 5)"
FETCH = """
import sys, urllib.request
print(urllib.request.urlopen(f"http://{sys.argv[1]}:8000/", timeout=5).read())
"""


class Network:
    """A network of its own, with loopback up, for as long as a process holds it."""

    def __init__(self, holder: int) -> None:
        self.holder = str(holder)
        self.do("ip", "link", "set", "lo", "up")

    def words(self, *words: str) -> tuple[str, ...]:
        """The command line that runs `words` in this network."""
        return ("nsenter", "--net", "--target", self.holder, *words)

    def do(self, *words: str) -> str:
        """What a program says in this network; it has to end well."""
        done = subprocess.run(self.words(*words), capture_output=True, text=True, timeout=LIMIT_S, check=True)
        return done.stdout

    def error_of(self, script: str, argument: str) -> str:
        """The last line of a script's complaint, or nothing."""
        words = self.words(sys.executable, "-c", script, argument)
        done = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT_S, check=False)
        return "" if done.returncode == 0 else done.stderr.splitlines()[-1]

    def join(self, other: "Network") -> None:
        """Lay a cable between the two."""
        self.do("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", other.holder)
        for network, address in ((self, OWN), (other, PEER)):
            network.do("ip", "address", "add", f"{address}/24", "dev", "eth0")
            network.do("ip", "link", "set", "eth0", "up")


@contextmanager
def running(words: tuple[str, ...], until: str) -> Generator[int]:
    """A process that has said `until`; its id."""
    process = subprocess.Popen(
        words,
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            said = [""]
            while until not in said[-1]:
                said.append(process.stdout.readline())
                assert said[-1], "it ended: " + "".join(said)
            yield process.pid
        finally:
            process.kill()


@contextmanager
def network() -> Generator[Network]:
    """A new network."""
    with running(("unshare", "--net", "sh", "-c", "echo here; exec cat"), "here") as holder:
        yield Network(holder)


@pytest.fixture
def peer() -> Generator[Network]:
    """Somebody on the net, who would take any connection."""
    with network() as there, running(there.words(sys.executable, "-c", LISTEN), "listening"):
        yield there


@pytest.fixture
def booth(tmp_path: Path) -> Generator[Network]:
    """The network of a booth that waits for somebody to come; its cameras and sensor are away."""
    state = lay_out(tmp_path / "root").root / STATE.relative_to("/")
    board = (BOARDS / "terminal_a.toml").read_text("utf-8")
    changes = {"picamera2": "stream", "lgpio": "mock", str(STATE): str(state), CLOCK_IS_SET: str(tmp_path)}
    for old, new in changes.items():
        assert f'"{old}"' in board
        board = board.replace(f'"{old}"', f'"{new}"')
    board = re.sub(r"\[\w+\.capture\].*?\n(?=\[)", "", board, flags=re.DOTALL)  # of cameras on this machine
    (tmp_path / "board.toml").write_text(board, "utf-8")
    words = (sys.executable, "-m", "firmware", str(tmp_path / "board.toml"))
    with network() as own, running(own.words(*words), "firmware.serving start:"):
        yield own


def test_the_booth_serves_its_page_on_loopback(booth: Network) -> None:
    assert "<html" in booth.do(sys.executable, "-c", FETCH, "127.0.0.1")


def test_nothing_beside_the_booth_reaches_a_listener_that_others_reach(booth: Network, peer: Network) -> None:
    with network() as uplink:
        uplink.join(peer)
        assert uplink.error_of(CONNECT, PEER) == ""
    assert "Network is unreachable" in booth.error_of(CONNECT, PEER)


def test_the_booth_listens_on_loopback_only(booth: Network) -> None:
    listening = booth.do("sh", "-c", "cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6")
    addresses = {line.split()[1] for line in listening.splitlines() if ":" in line.split()[0]}
    assert addresses == {f"0100007F:{int(PORT):04X}"}
