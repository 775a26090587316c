"""Every scenario ends as it says: the real booth and drivers, a twin behind every wire, virtual time."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from simulator.__main__ import main
from simulator.people.person import generate_person
from simulator.scenario import load_scenario, scenario_names
from simulator.visits import play, whole_document

pytestmark = pytest.mark.slow


CHECKOUT = Path(__file__).parents[2]
BUILD = CHECKOUT / "build"
TEST = "test_the_scenario_ends_as_it_says"
ALL_LIMIT_S = 900.0


@pytest.fixture(scope="session")
def endings(request: pytest.FixtureRequest) -> dict[str, str]:
    """What the command says of each scenario that was selected: nothing, or what is wrong.

    They are played side by side, once; failures leave their bundles in build/scenarios/.
    """
    selected = {item.name for item in request.session.items}
    names = [name for name in scenario_names() if f"{TEST}[{name}]" in selected]
    places = ["--junit", str(BUILD / "scenarios.xml"), "--report", str(BUILD / "scenarios")]
    words = [word for name in names for word in ("--match", name)]
    command = [sys.executable, "-m", "simulator", "scenarios", *places, *words]
    subprocess.run(command, cwd=CHECKOUT, check=False, timeout=ALL_LIMIT_S)
    cases = ET.parse(BUILD / "scenarios.xml").iter("testcase")  # noqa: S314 -- written by the command above
    return {case.attrib["name"]: "".join(wrong.text or "" for wrong in case) for case in cases}


@pytest.mark.timeout(ALL_LIMIT_S + 60.0)
@pytest.mark.parametrize("name", scenario_names())
def test_the_scenario_ends_as_it_says(endings: dict[str, str], name: str) -> None:
    assert endings[name] == ""


def _without_cpu(document: dict[str, Any]) -> dict[str, Any]:
    visits = [{key: value for key, value in visit.items() if key != "cpu_s"} for visit in document["visits"]]
    return {**document, "visits": visits}


def test_the_same_seed_gives_the_same_visit_and_another_seed_another() -> None:
    scenario = load_scenario("walk_away")
    documents = [
        whole_document(scenario, seed, play(scenario, [generate_person(seed)], seed)) for seed in (3, 3, 4)
    ]
    assert _without_cpu(documents[0]) == _without_cpu(documents[1])
    assert documents[0]["trace_sha256"] != documents[2]["trace_sha256"]


def test_the_command_writes_the_promised_json_and_pictures(tmp_path: Path) -> None:
    words = [
        "--scenario",
        "adult_first_issue",
        "--json",
        str(tmp_path / "out.json"),
        "--report",
        str(tmp_path / "r"),
    ]
    assert main(["visit", *words]) == 0
    document = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert set(document) == {"scenario", "seed", "trace_sha256", "visits"}
    (visit,) = document["visits"]
    assert {"outcome", "phases", "artefacts", "virtual_s", "cpu_s"} <= set(visit)
    positions = [(each["modality"], each["position"]) for each in visit["artefacts"]]
    fingers = [("fingerprint", code) for code in range(1, 11)]
    assert positions == [("portrait", None), *fingers, ("iris", "right"), ("iris", "left")]
    assert len(list((tmp_path / "r").glob("*.png"))) == 13


def test_an_unknown_scenario_is_named_and_the_known_ones_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["visit", "--scenario", "no_such_thing"]) == 2
    assert "adult_first_issue" in capsys.readouterr().err
