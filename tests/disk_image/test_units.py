"""The systemd units, as systemd itself reads them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from hw.boards.board import BOARDS, load_board
from hw.disk_image.access import ROOTFS

UNITS = ROOTFS / "etc/systemd/system"
SERVICES = ("tram-booth.service", "tram-uplink.service", "tram-screen.service")
BOARD = load_board(BOARDS / "terminal_a.toml")
PORT = BOARD.screen.port


def _settings(service: str) -> list[str]:
    return (UNITS / service).read_text("utf-8").splitlines()


def _values(service: str, key: str) -> list[str]:
    return [line.partition("=")[2] for line in _settings(service) if line.startswith(f"{key}=")]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with our files, systemd's own units, and something to start."""
    root = tmp_path_factory.mktemp("units") / "root"
    shutil.copytree(ROOTFS, root, symlinks=True)
    shutil.copytree("/lib/systemd/system", root / "lib/systemd/system", symlinks=True)
    for program in ("python3", "cage", "chromium", "grep", "touch"):
        path = root / "usr/bin" / program
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o755)
    return root


def _verify(root: Path, unit: str) -> str:
    words = ("systemd-analyze", "verify", "--man=no", f"--root={root}", unit)
    return subprocess.run(words, capture_output=True, text=True, timeout=30, check=False).stderr


@pytest.mark.parametrize("unit", ["tram.target", "tram-rtc.service", *SERVICES])
def test_systemd_has_nothing_to_say_about_a_unit(root: Path, unit: str) -> None:
    assert [line for line in _verify(root, unit).splitlines() if "tram" in line] == []


def test_systemd_would_say_when_a_wall_is_misspelt(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "root", symlinks=True)
    unit = tmp_path / "root/etc/systemd/system/tram-booth.service"
    unit.write_text(unit.read_text().replace("PrivateNetwork=", "PrivateNetworks="))
    assert "Unknown key 'PrivateNetworks'" in _verify(tmp_path / "root", unit.name)


@pytest.mark.parametrize(("service", "most"), [*((name, 12) for name in SERVICES[:2]), (SERVICES[2], 40)])
def test_a_service_is_exposed_little_by_systemds_own_measure(service: str, most: int) -> None:
    """In tenths, 0 to 100; a browser needs namespaces and writable code of its own."""
    words = ("systemd-analyze", "security", "--offline=yes", f"--threshold={most}", str(UNITS / service))
    done = subprocess.run(words, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("service", ["tram-booth.service", "tram-screen.service"])
def test_who_sees_people_has_a_network_of_loopback_only(service: str) -> None:
    assert _values(service, "PrivateNetwork") == ["yes"]
    assert (_values(service, "IPAddressDeny"), _values(service, "IPAddressAllow")) == (["any"], ["localhost"])


def test_booth_and_browser_share_one_loopback() -> None:
    assert _values("tram-booth.service", "JoinsNamespaceOf") == ["tram-screen.service"]
    assert _values("tram-screen.service", "JoinsNamespaceOf") == ["tram-booth.service"]


def test_the_booth_may_listen_on_the_port_of_its_board_and_no_other() -> None:
    assert _values("tram-booth.service", "SocketBindDeny") == ["any"]
    assert _values("tram-booth.service", "SocketBindAllow") == [f"ipv4:tcp:{PORT}"]


def test_the_browser_may_open_the_booths_page_and_no_other() -> None:
    policy = json.loads((ROOTFS / "etc/chromium/policies/managed/tram.json").read_text())
    assert (policy["URLBlocklist"], policy["URLAllowlist"]) == (["*"], [f"127.0.0.1:{PORT}"])
    assert f"http://127.0.0.1:{PORT}/" in "\n".join(_settings("tram-screen.service"))


def test_the_folder_of_the_booth_is_one_mount_in_which_a_record_can_be_renamed() -> None:
    assert _values("tram-booth.service", "ReadWritePaths") == ["/var/lib/tram"]


def test_the_uplink_takes_look_ups_where_the_booth_asks_them() -> None:
    (command,) = _values("tram-uplink.service", "ExecStart")
    assert command.endswith(f" --look-ups {BOARD.look_up.socket}")
    assert str(BOARD.look_up.socket.parent) in _values("tram-uplink.service", "ReadWritePaths")[0].split()


def test_a_date_from_the_battery_clock_is_vouched_for_where_the_booth_looks() -> None:
    (command,) = _values("tram-rtc.service", "ExecStart")
    assert command.endswith(f" {BOARD.time.rtc}")
    assert _values("tram-rtc.service", "RuntimeDirectory") == [BOARD.time.rtc.parent.name]


def test_the_uplink_has_no_device() -> None:
    assert _values("tram-uplink.service", "PrivateDevices") == ["yes"]
    assert _values("tram-uplink.service", "DeviceAllow") == []


@pytest.mark.parametrize("service", SERVICES)
def test_the_memory_of_a_program_never_reaches_the_card(service: str) -> None:
    assert _values(service, "MemorySwapMax") == ["0"]
    assert _values(service, "LimitCORE") == ["0"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_program_that_ends_is_started_again_without_end(service: str) -> None:
    assert _values(service, "Restart") == ["always"]
    assert _values(service, "StartLimitIntervalSec") == ["0"]
