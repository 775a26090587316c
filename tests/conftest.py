"""What every test may ask for: virtual time by default, and the shared reference data."""

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from firmware.models import face_model, person_model
from firmware.quality.portrait.model import FaceModel
from simulator.virtual_time import VirtualLoop

MEMORY = Path("/dev/shm")  # noqa: S108 -- TemporaryDirectory makes a folder of its own there

settings.register_profile("tram", deadline=None, derandomize=True)  # the same examples on slow machines too
settings.load_profile("tram")


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, object]]:
    """Virtual time; a test that needs real sockets or ptys overrides this fixture with "asyncio"."""
    return "asyncio", {"loop_factory": VirtualLoop}


@pytest.fixture
def quick_folder(tmp_path: Path) -> Generator[Path]:
    """A folder in memory where the machine has one, for tests that are not about its disk."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with real and reference images, or a skip that says where it was looked for."""
    shared = Path(os.environ.get("TRAM_SHARED", Path(__file__).parents[2] / "shared"))
    if not (shared / "data").is_dir():
        pytest.skip(f"no reference data in {shared}; set TRAM_SHARED")
    return shared / "data"


@pytest.fixture(scope="session")
def model() -> FaceModel:
    """The terminal's face model; safe to share, also between threads."""
    return FaceModel(face_model(), person_model())
