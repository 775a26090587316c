"""The report of real visits: complete, accessible, self-contained, and without a name."""

import json
import re
from pathlib import Path

import pytest

from simulator.__main__ import main
from simulator.people.person import generate_person
from simulator.report.writing import write_report
from simulator.scenario import Scenario, load_scenario
from simulator.visits import Visit, play
from tests.screen.browser import accessibility_faults, chromium

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

STORY = """
description = "One finger is bandaged, all are sweaty, and <nobody> is sure."
[behaviour]
card = "away"
moisture = 0.95
[behaviour.missing]
3 = "bandaged"
[expect]
outcome = "cancelled"
"""
BRIEF = """
description = "The person cancels early."
[behaviour]
card = "away"
cancels_at = "purpose"
[expect]
outcome = "cancelled"
"""
OUTSIDE = re.compile(r'(?:src|href)="(?!data:image/|visit\d_[a-z0-9_]+\.png"|visit\d\.html")')


@pytest.fixture
def anyio_backend() -> str:
    """Chromium lives in real time."""
    return "asyncio"


def _scenario(folder: Path, text: str) -> Scenario:
    file = folder / "story.toml"
    file.write_text(text, "utf-8")
    return load_scenario(str(file))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where everything lies."""
    return tmp_path_factory.mktemp("report")


@pytest.fixture(scope="module")
def visit(folder: Path) -> Visit:
    """A visit with a second attempt, an exception, and a complaint, reported in `folder`."""
    scenario = _scenario(folder, STORY)
    visits = play(scenario, [generate_person(1)], seed=1)
    write_report(folder, scenario, 1, visits)
    return visits[0]


@pytest.fixture(scope="module")
def html(folder: Path, visit: Visit) -> str:
    """The page of that visit."""
    return (folder / "visit1.html").read_text("utf-8")


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of two short visits."""
    folder = tmp_path_factory.mktemp("several")
    scenario = _scenario(folder, BRIEF)
    write_report(folder, scenario, 1, play(scenario, [generate_person(1), generate_person(2)], seed=1))
    return folder


def test_every_attempt_has_its_own_picture_and_its_score(visit: Visit, html: str) -> None:
    attempts = [attempt for each in visit.document["artefacts"] for attempt in each["attempts"]]
    shown = re.findall(r'<img src="(data:[^"]+)" alt="([^"]+, attempt \d)">', html)
    assert len(attempts) > 12
    assert len(shown) == len(attempts)
    assert len({source for source, _ in shown}) == len(attempts)
    assert html.count("score <b>") == len(attempts)
    assert "Wipe the finger dry" in html


def test_what_was_not_taken_and_what_was_not_expected_are_told(visit: Visit, html: str) -> None:
    assert visit.complaints == ("ended saved, not cancelled",)
    assert "ended saved, not cancelled" in html
    assert ">not taken</strong>: Bandaged" in html
    assert "&lt;nobody&gt;" in html


def test_the_page_needs_nothing_else_and_names_nobody(html: str) -> None:
    person = generate_person(1).facts
    assert OUTSIDE.findall(html) == []
    assert "<script" not in html
    assert person.number not in html
    text = re.sub(r"base64,[A-Za-z0-9+/=]+", "", html)  # a coded picture spells any four letters by chance
    assert all(word not in text for word in person.name.split() if len(word) > 3)


async def test_the_pages_are_accessible_and_every_picture_loads(
    folder: Path, visit: Visit, several: Path
) -> None:
    async with chromium() as browser:
        for file in (folder / "visit1.html", several / "visit1.html", several / "index.html"):
            page = await browser.new_page()
            await page.goto(file.as_uri())
            assert await accessibility_faults(page) == []
            assert await page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)")


def test_several_visits_have_an_overview_that_links_to_each(several: Path) -> None:
    overview = (several / "index.html").read_text("utf-8")
    assert 'href="visit1.html"' in overview
    assert 'href="visit2.html"' in overview
    assert len(json.loads((several / "visits.json").read_text("utf-8"))["visits"]) == 2


def test_a_visit_that_crashes_is_reported_with_its_traceback(tmp_path: Path) -> None:
    file = tmp_path / "crash.toml"
    file.write_text(BRIEF + '[[events]]\nat = "notice"\ndo = [[0.1, "juggle"]]\n', "utf-8")
    assert main(["visit", "--scenario", str(file), "--report", str(tmp_path)]) == 1
    html = (tmp_path / "visit1.html").read_text("utf-8")
    assert "Visit 1: crashed" in html
    assert "WrongCommand" in html
    assert "view notice" in (tmp_path / "visit1_trace.txt").read_text("utf-8")
