"""One image for all tests that only read it."""

from pathlib import Path

import pytest

from firmware.models import data_folder
from hw.disk_image.card import build_image
from hw.disk_image.layout import Size, load_layout
from hw.disk_image.staging import Parts


def build(folder: Path) -> Path:
    """The trial image, built in `folder`, with a voice that has one clip."""
    clip = folder / "voice" / "vi" / "instruction.show_card.ogg"
    clip.parent.mkdir(parents=True)
    clip.write_bytes(b"not a sound")
    parts = Parts(None, None, data_folder(), folder / "voice", "test")
    return build_image(parts, load_layout(), Size.TRIAL, folder)


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trial image; not to be changed."""
    return build(tmp_path_factory.mktemp("image"))
