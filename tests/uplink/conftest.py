"""A terminal for each test."""

from pathlib import Path

import pytest

from tests.uplink.world import Ward


@pytest.fixture
def ward(quick_folder: Path) -> Ward:
    """A terminal with nothing in its outbox yet."""
    return Ward(quick_folder)
