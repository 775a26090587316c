"""`simulator scenarios` as a CI system sees it: exit code, JUnit XML, and a bundle for each failure."""

import json
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from simulator.__main__ import main

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).parents[2]
GOOD = """
description = "The person cancels."
[behaviour]
card = "away"
cancels_at = "purpose"
[expect]
outcome = "cancelled"
"""
BROKEN = GOOD.replace('outcome = "cancelled"', 'outcome = "saved"')
CRASHING = GOOD + '[[events]]\nat = "notice"\ndo = [[0.1, "juggle 3"]]\n'


def _scenarios(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "simulator", "scenarios", "--folder", str(folder), *words]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three scenarios, of which one ends otherwise than it says and one crashes."""
    folder = tmp_path_factory.mktemp("scenarios")
    for name, text in (("good", GOOD), ("broken", BROKEN), ("crashing", CRASHING)):
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def played(folder: Path) -> "subprocess.CompletedProcess[str]":
    """All three, played."""
    return _scenarios(folder, "--junit", str(folder / "junit.xml"), "--report", str(folder / "bundles"))


def test_a_failure_and_a_crash_are_told_and_stop_nothing_else(
    played: "subprocess.CompletedProcess[str]",
) -> None:
    assert played.returncode == 1
    said = [line.split()[:2] for line in played.stdout.splitlines() if not line.startswith(" ")]
    assert said == [["FAILED", "broken"], ["FAILED", "crashing"], ["good", "good"], ["1", "of"]]
    assert "ended cancelled, not saved" in played.stdout
    assert "there is no 'juggle'" in played.stdout


def test_the_junit_file_has_one_case_a_scenario(
    folder: Path, played: "subprocess.CompletedProcess[str]"
) -> None:
    root = ET.parse(folder / "junit.xml").getroot()  # noqa: S314 -- written by the command above
    cases = {case.attrib["name"]: case for case in root.iter("testcase")}
    assert root.tag == "testsuites"
    assert [root.attrib[name] for name in ("tests", "failures", "errors")] == ["3", "1", "1"]
    assert list(cases) == ["broken", "crashing", "good"]
    assert all(float(case.attrib["time"]) > 0 for case in cases.values())
    assert len(cases["good"]) == 0
    failure, crash = cases["broken"].find("failure"), cases["crashing"].find("error")
    assert failure is not None
    assert failure.attrib["message"] == "ended cancelled, not saved"
    assert crash is not None
    assert "Traceback" in (crash.text or "")


@pytest.mark.parametrize("name", ["broken", "crashing"])
def test_the_line_of_a_bundle_replays_the_same_visit(
    folder: Path, tmp_path: Path, played: "subprocess.CompletedProcess[str]", name: str
) -> None:
    bundle = folder / "bundles" / name
    line = (bundle / "replay.txt").read_text("utf-8")
    before = json.loads((bundle / "visits.json").read_text("utf-8"))
    again = [*shlex.split(line), "--json", str(tmp_path / "again.json")]
    replayed = subprocess.run(again, cwd=CHECKOUT, check=False, timeout=60, capture_output=True, text=True)
    after = json.loads((tmp_path / "again.json").read_text("utf-8"))
    assert replayed.returncode == 1
    assert after["trace_sha256"] == before["trace_sha256"]
    assert after["visits"][0]["complaints"] == before["visits"][0]["complaints"]


def test_a_bundle_holds_everything_and_a_good_scenario_leaves_none(
    folder: Path, played: "subprocess.CompletedProcess[str]"
) -> None:
    bundles = folder / "bundles"
    assert sorted(path.name for path in bundles.iterdir()) == ["broken", "crashing"]
    for bundle in bundles.iterdir():
        names = {path.name for path in bundle.iterdir()}
        assert {"visits.json", "visit1_trace.txt", "output.txt", "replay.txt"} <= names
        assert "view notice" in (bundle / "visit1_trace.txt").read_text("utf-8")


def test_a_bundle_of_an_earlier_run_goes_when_the_scenario_is_good_again(tmp_path: Path) -> None:
    scenario, bundles = tmp_path / "once.toml", tmp_path / "bundles"
    scenario.write_text(BROKEN, "utf-8")
    assert _scenarios(tmp_path, "--report", str(bundles)).returncode == 1
    (bundles / "mine").mkdir()
    scenario.write_text(GOOD, "utf-8")
    assert _scenarios(tmp_path, "--report", str(bundles)).returncode == 0
    assert [path.name for path in bundles.iterdir()] == ["mine"]


def test_without_a_match_there_is_nothing_to_play(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenarios", "--match", "no_such_*"]) == 2
    assert "no scenario has such a name" in capsys.readouterr().err
