"""A flasher that is stopped or killed leaves a card that starts nothing."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.disk_image.bad_cards.conftest import MEMORY_BYTES
from tests.disk_image.bad_cards.rig import ROOT, starts_nothing

pytestmark = pytest.mark.slow


def stopped(name: str, step: str, image: Path, card: Path) -> subprocess.CompletedProcess[str]:
    card.write_bytes(b"old!" * (MEMORY_BYTES // 4))
    command = [sys.executable, "-m", "tests.disk_image.bad_cards.killed_flasher", name, step, image, card]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=50, check=False)


@pytest.mark.parametrize("step", ["probing", "writing", "reading back"])
def test_a_killed_flasher_leaves_a_card_that_starts_nothing(image: Path, tmp_path: Path, step: str) -> None:
    card = tmp_path / "card"

    done = stopped("SIGKILL", step, image, card)

    assert done.returncode == -signal.SIGKILL
    assert starts_nothing(card)


@pytest.mark.parametrize(("name", "step"), [("SIGTERM", "writing"), ("SIGINT", "reading back")])
def test_a_stopped_flasher_says_what_is_on_the_card(
    image: Path, tmp_path: Path, name: str, step: str
) -> None:
    card = tmp_path / "card"

    done = stopped(name, step, image, card)

    assert done.returncode == 130
    assert "interrupted: the card is empty at its beginning and starts nothing" in done.stdout
    assert starts_nothing(card)


def test_stopping_while_the_image_is_checked_leaves_the_card_alone(image: Path, tmp_path: Path) -> None:
    card = tmp_path / "card"

    done = stopped("SIGINT", "checking", image, card)

    assert done.returncode == 130
    assert card.read_bytes().strip(b"old!") == b""
