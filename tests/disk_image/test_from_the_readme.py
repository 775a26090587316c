"""The way to a card and a tested terminal, as the README has it, on a fresh copy of the checkout."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from firmware.health.fault_table import Language, load_fault_table
from firmware.health.findings import FaultCode

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
ROOT = Path(__file__).parents[2]
HEADING = "## Make a card, as a technician"
SET_UP = (".venv", ".data", ".cache")  # what `make` would install; the lines are run without a network
CONFIRMATION = "card\n"  # what `flash` asks for before it overwrites build/card
LIMIT_S = 150


def _blocks() -> tuple[str, ...]:
    """The blocks of lines to type in the section: the way to a card, then a bench with each fault."""
    section = (ROOT / "README.md").read_text("utf-8").partition(f"{HEADING}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"(?:^ {4}.*\n)+", section, re.MULTILINE)
    return tuple(re.sub(r"^ {4}", "", block, flags=re.MULTILINE) for block in blocks)


TO_A_CARD, WITH_FAULTS = _blocks()


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


def _typed(lines: str, checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ("bash", "-euo", "pipefail", "-c", lines),
        cwd=checkout,
        input=CONFIRMATION,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )


@pytest.fixture(scope="module")
def said(checkout: Path) -> str:
    """What the README's lines say; each of them has to end well."""
    done = _typed(TO_A_CARD, checkout)
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


def test_the_simulated_terminal_passes_its_self_test(said: str) -> None:
    assert re.search(r"^stage: \d+ good, \d+ warning, 0 fault", said, re.MULTILINE)


@pytest.mark.parametrize("line", WITH_FAULTS.splitlines())
def test_each_fault_is_named_with_its_code_and_what_to_do(checkout: Path, line: str) -> None:
    command, code = re.split(r" +# ", line)

    done = _typed(command, checkout)

    assert done.returncode == 1
    assert re.findall(r"FAULT +(\S+):", done.stdout) == [code]
    assert f"-> {load_fault_table().advice(FaultCode(code), Language.ENGLISH).do}" in done.stdout


def test_the_readme_shows_five_faults() -> None:
    assert len(set(WITH_FAULTS.splitlines())) == 5
