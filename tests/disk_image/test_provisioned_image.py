"""A card image that is provisioned without being mounted."""

import hashlib
import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from host_tools.attendants import Pin
from host_tools.keys import make_demo_keys
from host_tools.provisioning import Wishes, provision_state
from host_tools.state import ImageState
from hw.disk_image.table import TableUnreadable
from hw.disk_image.tools import ToolFailed
from tests.disk_image.partitions import Found, partitions

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 20, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[2] / "host_tools" / "terminal.example.toml"


@pytest.fixture
def wishes(tmp_path: Path) -> Wishes:
    """A whole terminal of a demo centre."""
    make_demo_keys(tmp_path / "centre", tmp_path / "keys")
    centre = (tmp_path / "keys" / "centre.toml").read_bytes()
    return Wishes(EXAMPLE.read_bytes(), centre, (Pin("HN-0042", "135790"),), demo=True)


@pytest.fixture
def provisioned(image: Path, wishes: Wishes, tmp_path: Path) -> Path:
    """A copy of the trial image that became a terminal."""
    copy = tmp_path / "card" / "tram.img"
    copy.parent.mkdir()
    shutil.copy(image, copy)
    provision_state(ImageState(copy), wishes, NOW)
    return copy


def _persistent(image: Path) -> Found:
    return partitions(image)[-1]


def _stat(image: Path, path: str) -> tuple[int, int, int]:
    """User, group and mode of a file in the state folder."""
    address = f"{image}?offset={_persistent(image).begin}"
    words = ("/usr/sbin/debugfs", "-R", f"stat /tram/{path}", address)
    said = subprocess.run(words, capture_output=True, text=True, timeout=30, check=True).stdout
    found = re.search(r"Mode:\s+(\d+).*?User:\s+(\d+)\s+Group:\s+(\d+)", said, re.DOTALL)
    assert found is not None, said
    return int(found[2]), int(found[3]), int(found[1], 8)


@pytest.mark.parametrize(
    ("path", "owners_and_mode"),
    [
        ("keys/device.pem", (0, 970, 0o640)),
        ("keys/centre.toml", (0, 0, 0o644)),
        ("attendants.toml", (0, 970, 0o640)),
        ("identity.toml", (0, 0, 0o644)),
    ],
)
def test_a_file_has_the_owners_that_the_terminal_would_give_it(
    provisioned: Path, path: str, owners_and_mode: tuple[int, int, int]
) -> None:
    assert _stat(provisioned, path) == owners_and_mode


def test_the_file_system_stays_clean_and_the_rest_of_the_card_as_it_was(
    image: Path, provisioned: Path, tmp_path: Path
) -> None:
    found, before, after = _persistent(image), image.read_bytes(), provisioned.read_bytes()
    end = found.begin + found.size
    alone = tmp_path / "alone.ext4"
    alone.write_bytes(after[found.begin : end])
    subprocess.run(("/usr/sbin/e2fsck", "-fn", alone), check=True, capture_output=True, timeout=30)
    assert (after[: found.begin], after[end:]) == (before[: found.begin], before[end:])


def test_the_manifest_is_that_of_the_provisioned_image(provisioned: Path) -> None:
    data, manifest = provisioned.read_bytes(), json.loads(provisioned.with_name("manifest.json").read_text())
    step = manifest["chunk_bytes"]
    hashes = [hashlib.sha256(data[at : at + step]).hexdigest() for at in range(0, len(data), step)]
    assert manifest["sha256"] == hashes


def test_doing_it_again_changes_no_byte(provisioned: Path, wishes: Wishes) -> None:
    before = provisioned.read_bytes()
    provision_state(ImageState(provisioned), wishes, NOW)
    assert provisioned.read_bytes() == before


def test_what_is_no_image_is_not_written_to(tmp_path: Path) -> None:
    file = tmp_path / "holiday.img"
    file.write_bytes(bytes(2_000_000))
    with pytest.raises(TableUnreadable, match="no partition table"):
        ImageState(file)
    assert file.read_bytes() == bytes(2_000_000)


def test_a_full_partition_is_said_to_be_full(provisioned: Path) -> None:
    with pytest.raises(ToolFailed, match="is the partition full"):
        ImageState(provisioned).write("uplink.toml", b"x" * 9_000_000)
