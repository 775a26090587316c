"""What each program's user can do in the state folder, tried by processes of these users."""

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from firmware.outbox.disk import PosixDisk, remove_all, rename_durably, write_durably
from firmware.outbox.store import Store
from firmware.uplink.look_up import SOCKET_MODE
from tests.disk_image.terminal_tree import STATE, TerminalTree, lay_out

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can become the users of a terminal"),
]
Act = Callable[[], object]
DENIED = errno.EACCES
RECORD, PACKET = STATE / "outbox" / "record-1", STATE / "outbox" / "record-1" / "000.sealed"
LOOK_UP = Path("/run/tram-look-up/look-up.sock")


def _save_a_record() -> None:
    """What the booth does when a visit is saved."""
    disk, store = PosixDisk(), Store(STATE)
    store.lay_out(disk)
    disk.make_folder(store.visits / RECORD.name)
    disk.write(store.visits / RECORD.name / PACKET.name, b"sealed")
    rename_durably(disk, store.visits / RECORD.name, RECORD)


def _begin_a_visit() -> None:
    disk = PosixDisk()
    disk.make_folder(STATE / "visits" / "visit-2")
    disk.write(STATE / "visits" / "visit-2" / PACKET.name, b"sealed")


def _remove_the_record() -> None:
    leaving = STATE / "leaving" / RECORD.name
    rename_durably(PosixDisk(), RECORD, leaving)
    remove_all(PosixDisk(), leaving)


def _read(path: str) -> Act:
    return (STATE / path).read_bytes


def _list(path: str) -> Act:
    return lambda: list((STATE / path).iterdir())


def _write(path: str) -> Act:
    return lambda: write_durably(PosixDisk(), STATE / path, b"new")


def _overwrite(path: str) -> Act:
    return lambda: (STATE / path).write_bytes(b"new")


def _remove(path: str) -> Act:
    return (STATE / path).unlink


def _rename(path: str) -> Act:
    return lambda: (STATE / path).rename(STATE / f"{path}.old")


def _listen() -> None:
    """What the uplink does for look-ups."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(LOOK_UP))
        LOOK_UP.chmod(SOCKET_MODE)


def _connect() -> None:
    """Nobody listens any more, so getting through is being refused by the socket, not by the wall."""
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(LOOK_UP))


@pytest.fixture
def terminal(tmp_path: Path) -> TerminalTree:
    """A terminal that has one record in its outbox, one open visit, and one receipt."""
    return _in_use(tmp_path / "root")


@pytest.fixture(scope="module")
def walls(tmp_path_factory: pytest.TempPathFactory) -> TerminalTree:
    """Such a terminal for what is denied, and so changes nothing."""
    return _in_use(tmp_path_factory.mktemp("terminal") / "root")


def _in_use(root: Path) -> TerminalTree:
    tree = lay_out(root)
    for user, act in (
        ("tram-booth", _save_a_record),
        ("tram-booth", _begin_a_visit),
        ("tram-uplink", _write("receipts/record-1.json")),
        ("tram-uplink", _listen),
    ):
        assert tree.try_as(user, act) == 0
    return tree


UPLINK_MAY = {
    "list the outbox": _list("outbox"),
    "read a packet": _read("outbox/record-1/000.sealed"),
    "write a receipt": _write("receipts/record-2.json"),
    "write down what was returned": _write("returned/record-2.json"),
    "keep notes": _write("uplink/notes.json"),
    "read the centre's keys": _read("keys/centre.toml"),
    "read its settings": _read("uplink.toml"),
    "read its own key": _read("keys/tls-key.pem"),
}
UPLINK_MAY_NOT = {
    "delete a packet": _remove("outbox/record-1/000.sealed"),
    "change a packet": _overwrite("outbox/record-1/000.sealed"),
    "rename a record": _rename("outbox/record-1"),
    "add to a record": _write("outbox/record-1/001.sealed"),
    "add a record": (STATE / "outbox" / "record-9").mkdir,
    "look into open visits": _list("visits"),
    "read an open visit": _read("visits/visit-2/000.sealed"),
    "read how visits ended": _list("outcomes"),
    "read the device key": _read("keys/device.pem"),
    "exchange the device key": _rename("keys/device.pem"),
    "exchange the centre's keys": _write("keys/centre.toml"),
    "read the attendants": _read("attendants.toml"),
    "change the identity": _write("identity.toml"),
    "change its settings": _overwrite("uplink.toml"),
}
BOOTH_MAY = {
    "remove a record": _remove_the_record,
    "read a receipt": _read("receipts/record-1.json"),
    "sign with the device key": _read("keys/device.pem"),
    "know the attendants": _read("attendants.toml"),
    "write how a visit ended": _write("outcomes/visit-2.json"),
    "keep a receipt": _write("acknowledged/record-1.json"),
}
BOOTH_MAY_NOT = {
    "write a receipt": _write("receipts/record-2.json"),
    "change a receipt": _overwrite("receipts/record-1.json"),
    "delete a receipt": _remove("receipts/record-1.json"),
    "look at the uplink's notes": _list("uplink"),
    "read the uplink's settings": _read("uplink.toml"),
    "read the uplink's key": _read("keys/tls-key.pem"),
    "exchange the device key": _rename("keys/device.pem"),
    "change an attendant": _overwrite("attendants.toml"),
    "change the identity": _write("identity.toml"),
    "choose another board": _rename("board.toml"),
}
SCREEN_MAY_NOT = {
    "list the outbox": _list("outbox"),
    "list the receipts": _list("receipts"),
    "read the device key": _read("keys/device.pem"),
    "read the attendants": _read("attendants.toml"),
    "write anything": _write("screen.json"),
}


@pytest.mark.parametrize("what", UPLINK_MAY)
def test_the_uplink_may(terminal: TerminalTree, what: str) -> None:
    assert terminal.try_as("tram-uplink", UPLINK_MAY[what]) == 0


@pytest.mark.parametrize("what", UPLINK_MAY_NOT)
def test_the_uplink_may_not(walls: TerminalTree, what: str) -> None:
    assert walls.try_as("tram-uplink", UPLINK_MAY_NOT[what]) == DENIED


@pytest.mark.parametrize("what", BOOTH_MAY)
def test_the_booth_may(terminal: TerminalTree, what: str) -> None:
    assert terminal.try_as("tram-booth", BOOTH_MAY[what]) == 0


@pytest.mark.parametrize("what", BOOTH_MAY_NOT)
def test_the_booth_may_not(walls: TerminalTree, what: str) -> None:
    assert walls.try_as("tram-booth", BOOTH_MAY_NOT[what]) == DENIED


@pytest.mark.parametrize("what", SCREEN_MAY_NOT)
def test_the_screen_may_not(walls: TerminalTree, what: str) -> None:
    assert walls.try_as("tram-screen", SCREEN_MAY_NOT[what]) == DENIED


@pytest.mark.parametrize(
    ("user", "found"),
    [("tram-uplink", errno.ECONNREFUSED), ("tram-booth", errno.ECONNREFUSED), ("tram-screen", DENIED)],
)
def test_the_booth_reaches_the_uplinks_socket_and_the_browser_does_not(
    walls: TerminalTree, user: str, found: int
) -> None:
    assert walls.try_as(user, _connect) == found
