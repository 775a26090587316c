"""The technician's way to a card, as the README has it, on a fresh copy of the checkout."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
ROOT = Path(__file__).parents[2]
HEADING = "## Make a card, as a technician"
SET_UP = (".venv", ".data", ".cache")  # what `make` would install; the lines are run without a network
CONFIRMATION = "card\n"  # what `flash` asks for before it overwrites build/card
LIMIT_S = 150


def _commands() -> str:
    """The lines of the section's first block."""
    section = (ROOT / "README.md").read_text("utf-8").partition(f"{HEADING}\n")[2].partition("\n## ")[0]
    block = [line for line in section.splitlines() if line.startswith("    ")]
    return "\n".join(line[4:] for line in block)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracked files, set up."""
    copy = tmp_path_factory.mktemp("fresh") / "checkout"
    files = subprocess.run(("git", "ls-files", "-z"), cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, files.stdout.split("\0")):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy / name, follow_symlinks=False)
    for name in SET_UP:
        (copy / name).symlink_to(ROOT / name)
    return copy


@pytest.fixture(scope="module")
def said(checkout: Path) -> str:
    """What the README's lines say; each of them has to end well."""
    done = subprocess.run(
        ("bash", "-euo", "pipefail", "-c", _commands()),
        cwd=checkout,
        input=CONFIRMATION,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_the_card_holds_the_image_that_was_built_and_provisioned(checkout: Path, said: str) -> None:
    image, card = checkout / "build/image/tram.img", checkout / "build/card"
    assert "good: the card holds the image" in said
    data = image.read_bytes()
    assert card.read_bytes()[: len(data)] == data


def test_the_centre_is_handed_the_terminals_public_key(checkout: Path, said: str) -> None:
    handed = checkout / "build/demo/for-the-centre/hn-xuan-tao-01.pem"
    assert handed.read_text().startswith("-----BEGIN PUBLIC KEY-----")
    assert str(handed.relative_to(checkout)) in said


def test_the_provisioned_image_is_for_one_terminal_and_its_maker_only(checkout: Path, said: str) -> None:
    assert "terminal    hn-xuan-tao-01" in said
    assert (checkout / "build/image/tram.img").stat().st_mode & 0o077 == 0
    assert json.loads((checkout / "build/image/manifest.json").read_text())["format"] == "tram-image-1"
