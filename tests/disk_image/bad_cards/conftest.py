"""The image to flash, and cards to flash it to."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from hw.disk_image.manifest import CHUNK_BYTES
from tests.disk_image.bad_cards.bad_card import Faults
from tests.disk_image.bad_cards.rig import Rig, bad_card, missing

IMAGE_BYTES = 3 * CHUNK_BYTES + 512 * 1023  # the last chunk is a short one, of no whole page
MEMORY_BYTES = 32 << 20

MakeCard = Callable[[Faults, int], Rig]


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A card image of four chunks, without a manifest."""
    file = tmp_path_factory.mktemp("image") / "terminal.img"
    file.write_bytes(np.random.default_rng(1).bytes(IMAGE_BYTES))
    return file


@pytest.fixture
def make_card(tmp_path: Path) -> Iterator[MakeCard]:
    """Builds a card with faults and so many bytes of memory; cleans up whatever happens."""
    if lacking := missing():
        pytest.skip(f"no {lacking} on this machine")
    with ExitStack() as stack:
        yield lambda faults, memory_bytes: stack.enter_context(bad_card(tmp_path, memory_bytes, faults))
