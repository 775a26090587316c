"""Each import contract, shown to bite: one file that breaks it, put into a copy of the tree."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COPIED = (
    "firmware",
    "host_tools",
    "hw",
    "simulator",
    "tests/__init__.py",
    "tests/allowed_imports.py",
    "pyproject.toml",
)

OFFENCES = (
    ("Imports point down", "hw.offence_1", "firmware.clock"),
    ("Imports point down", "firmware.offence_2", "host_tools.command"),
    ("Nothing that ships imports the simulator", "host_tools.offence_3", "simulator.virtual_time"),
    ("Nothing that ships imports the simulator", "hw.lamps.offence_4", "simulator.lamps"),
    ("Quality is numpy, OpenCV and the standard library", "firmware.quality.offence_5", "PIL"),
    (
        "Quality is numpy, OpenCV and the standard library",
        "firmware.quality.iris.offence_6",
        "firmware.clock",
    ),
    ("Quality is numpy, OpenCV and the standard library", "firmware.quality.offence_7", "hw.camera.frames"),
    (
        "Matching knows minutiae, unrolled irises, positions and nothing of a visit",
        "firmware.matching.offence_26",
        "firmware.visit.plan",
    ),
    ("One module imports pyserial", "hw.fingerprint.offence_8", "serial"),
    (
        "One module of the terminal and one of the stage import gpiozero",
        "firmware.signals.offence_9",
        "gpiozero",
    ),
    ("One module imports picamera2", "hw.camera.offence_10", "picamera2"),
    ("Only the booth names concrete devices", "firmware.capture.offence_11", "hw.fingerprint.sensor"),
    ("Twins know packets, not drivers", "simulator.offence_12", "hw.fingerprint.sensor"),
    ("Twins know packets, not drivers", "simulator.people.offence_13", "hw.lamps.player"),
    (
        "Twins do not judge with the product's own measures",
        "simulator.people.offence_14",
        "firmware.quality.iris",
    ),
    ("Only the stage composes a booth", "simulator.people.offence_15", "firmware.booth"),
    ("Only the stage composes a booth", "host_tools.offence_16", "firmware.booth"),
    ("Only the uplink speaks HTTP to others", "firmware.visit.offence_20", "httpx"),
    ("Only the uplink speaks HTTP to others", "firmware.outbox.offence_21", "firmware.uplink.tus"),
    (
        "The register's client seals, and knows no visit, no device and no network",
        "firmware.register.offence_24",
        "firmware.uplink.look_up",
    ),
    (
        "The register's client seals, and knows no visit, no device and no network",
        "firmware.register.offence_25",
        "httpx",
    ),
    (
        "The uplink knows no device and no visit, and can delete no record",
        "firmware.uplink.offence_22",
        "firmware.outbox.acknowledged",
    ),
    (
        "The uplink knows no device and no visit, and can delete no record",
        "firmware.uplink.offence_23",
        "firmware.records.samples",
    ),
    ("Only the uplink speaks HTTP to others", "hw.camera.offence_24", "urllib"),
    ("Only the uplink speaks HTTP to others", "firmware.screen.offence_25", "http"),
)


def _copy(tree: Path) -> None:
    for name in COPIED:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.toml", "*.js", "*.css", "*.png", "*.woff2")
            shutil.copytree(ROOT / name, tree / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, tree / name)
    (tree / "firmware" / "booth.py").touch()


def _lint(tree: Path) -> str:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"]
    return subprocess.run(
        command, cwd=tree, capture_output=True, text=True, timeout=30, check=False, env={"COLUMNS": "200"}
    ).stdout


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What import-linter says under each broken contract, of a tree with every offence in it."""
    tree = tmp_path_factory.mktemp("tree")
    _copy(tree)
    for _, offender, imported in OFFENCES:
        (tree / f"{offender.replace('.', '/')}.py").write_text(f"import {imported}\n")
    _, _, broken = _lint(tree).partition("Broken contracts")
    parts = re.split(r"^(.+)\n-+\n", broken, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize(("contract", "offender", "imported"), OFFENCES, ids=[row[1] for row in OFFENCES])
def test_a_forbidden_import_breaks_its_contract(
    complaints: dict[str, str], contract: str, offender: str, imported: str
) -> None:
    assert f"{offender} -> {imported}" in complaints[contract]


def test_every_contract_is_shown_to_bite() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == {row[0] for row in OFFENCES}
