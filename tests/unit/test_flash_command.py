"""What `flash` prints, asks and refuses, on files instead of cards."""

import json
import lzma
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from host_tools.__main__ import main
from hw.disk_image.manifest import CHUNK_BYTES, MANIFEST_NAME, write_manifest

ROOT = Path(__file__).parents[2]
IMAGE_BYTES = CHUNK_BYTES + 512
CARD_BYTES = 2 * CHUNK_BYTES


@pytest.fixture
def image(tmp_path: Path) -> Path:
    file = tmp_path / "terminal.img"
    file.write_bytes((np.random.default_rng(1).bytes(1 << 16) * 65)[:IMAGE_BYTES])  # packs in no time
    return file


@pytest.fixture
def card(tmp_path: Path) -> Path:
    file = tmp_path / "card"
    file.write_bytes(b"old!" * (CARD_BYTES // 4))
    return file


def alter_manifest(image: Path, **other: object) -> None:
    """Write the image's manifest with some keys of it changed."""
    write_manifest(image)
    file = image.with_name(MANIFEST_NAME)
    file.write_text(json.dumps(json.loads(file.read_text()) | other))


def flash(image: Path, card: Path, *options: str) -> int:
    return main(["flash", "--yes", *options, str(image), str(card)])


def is_untouched(card: Path) -> bool:
    return card.read_bytes() == b"old!" * (CARD_BYTES // 4)


def test_a_packed_image_goes_onto_the_card_unpacked_and_as_its_manifest_says(
    image: Path, card: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = image.read_bytes()
    packed = tmp_path / "terminal.img.xz"
    packed.write_bytes(lzma.compress(data, preset=0))
    write_manifest(image)

    assert flash(packed, card) == 0

    assert card.read_bytes()[:IMAGE_BYTES] == data
    printed = capsys.readouterr().out
    assert f"{IMAGE_BYTES} bytes, as manifest.json says" in printed
    assert "good: the card holds the image, every byte was read back" in printed


def test_an_image_that_is_not_its_manifests_is_refused_before_the_card_is_touched(
    image: Path, card: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_manifest(image)
    data = bytearray(image.read_bytes())
    data[CHUNK_BYTES] ^= 1
    image.write_bytes(data)

    assert flash(image, card) == 2

    assert "chunk 1 of" in capsys.readouterr().err
    assert is_untouched(card)


def test_an_image_that_ends_early_is_refused(image: Path, card: Path) -> None:
    write_manifest(image)
    image.write_bytes(image.read_bytes()[:CHUNK_BYTES])

    assert flash(image, card) == 2
    assert is_untouched(card)


@pytest.mark.parametrize("other", [{"format": "else"}, {"chunk_bytes": 1}, {"size": 1}, {"sha256": []}])
def test_a_manifest_of_another_kind_is_refused(image: Path, card: Path, other: dict[str, object]) -> None:
    alter_manifest(image, **other)

    assert flash(image, card) == 2
    assert is_untouched(card)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is no card image: 0 bytes"),
        (b"x" * 513, "is no card image: 513 bytes"),
        (b"\x1f\x8b" + bytes(510), "is packed with gzip"),
        (lzma.compress(bytes(4096))[:-20], "cannot be unpacked"),
        (bytes(CARD_BYTES + 512), "is larger than the card"),
    ],
    ids=["empty", "no whole sectors", "gzip", "torn xz", "too large"],
)
def test_what_is_no_image_for_this_card_is_refused(
    image: Path, card: Path, data: bytes, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    image.write_bytes(data)

    assert flash(image, card) == 2

    assert message in capsys.readouterr().err
    assert is_untouched(card)


def test_an_image_is_never_flashed_onto_itself(image: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert flash(image, image) == 2
    assert "is the image itself" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "code"), [("card\n", 0), ("yes\n", 2), ("", 2)])
def test_only_the_name_of_the_card_confirms(image: Path, card: Path, typed: str, code: int) -> None:
    command = [sys.executable, "-m", "host_tools", "flash", image, card]
    done = subprocess.run(
        command, cwd=ROOT, input=typed, capture_output=True, text=True, timeout=50, check=False
    )

    assert done.returncode == code
    assert "EVERYTHING ON IT WILL BE LOST" in done.stdout
    assert is_untouched(card) == (code != 0)


def test_a_report_that_cannot_be_written_is_an_error(
    image: Path, card: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert flash(image, card, "--report", str(tmp_path / "absent" / "report.json")) == 1
    assert "check the path given to --report" in capsys.readouterr().err


def test_a_command_without_image_is_refused_with_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["flash"]) == 2
    assert "flash --list" in capsys.readouterr().err
