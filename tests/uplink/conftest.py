"""A folder for what is not about power cuts."""

import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.uplink.world import Ward

MEMORY = Path("/dev/shm")  # noqa: S108 -- TemporaryDirectory makes a folder of its own there


@pytest.fixture
def quick_folder(tmp_path: Path) -> Generator[Path]:
    """A folder in memory where the machine has one: virtual time waits for no disk."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


@pytest.fixture
def ward(quick_folder: Path) -> Ward:
    """A terminal with nothing in its outbox yet."""
    return Ward(quick_folder)
