"""What the documents say of the code."""

import re
from pathlib import Path

import pytest

from host_tools.__main__ import COMMANDS

ROOT = Path(__file__).parents[2]
ROOT_FOLDERS = ("firmware", "hw", "simulator", "host_tools", "tests")


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_of_the_technician_is_in_the_readme(command: str) -> None:
    assert f"-m host_tools {command}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("folder", ROOT_FOLDERS)
def test_every_root_folder_says_what_lives_there(folder: str) -> None:
    assert (ROOT / folder / "README.md").is_file()


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md"])
def test_every_link_leads_to_a_file(document: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / document).read_text("utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_hash_of_the_notice_is_one_that_is_checked() -> None:
    places = [ROOT / "firmware/models.py", *ROOT.glob("requirements-data*.txt")]
    checked = "".join(place.read_text("utf-8") for place in places)
    hashes = re.findall(r"\b[0-9a-f]{64}\b", (ROOT / "NOTICE").read_text("utf-8"))
    assert hashes
    assert [digest for digest in hashes if digest not in checked] == []
