"""What `keys` makes, and what it leaves alone."""

from pathlib import Path

import pytest

from host_tools.__main__ import main


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A folder with demo keys."""
    assert main(["keys", "--demo", str(tmp_path)]) == 0
    return tmp_path


def test_demo_keys_that_are_there_are_kept(demo: Path) -> None:
    before = (demo / "centre" / "private.pem").read_bytes()

    assert main(["keys", "--demo", str(demo)]) == 0

    assert (demo / "centre" / "private.pem").read_bytes() == before


def test_demo_keys_are_never_made_beside_others(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (demo / "state" / "keys" / "device.pem").unlink()

    assert main(["keys", "--demo", str(demo)]) == 1

    assert "device.pem is missing; remove" in capsys.readouterr().err
