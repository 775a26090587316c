"""The page of a population: plots with axes, tables that say the same, and nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from simulator.population.figures import figures_of
from simulator.population.mixture import Comer
from simulator.population.page import population_page
from simulator.population.visiting import FingerGiven, Visited
from simulator.report.plot import Part, Span, spans, stacked_bars
from tests.screen.browser import accessibility_faults, chromium

WIDTH = re.compile(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"')


@pytest.fixture
def anyio_backend() -> str:
    """Chromium lives in real time."""
    return "asyncio"


def _page(complaints: tuple[str, ...] = ()) -> str:
    comer = Comer("wet", seed=1, moisture=0.9, wear=0.0, missing={})
    good = FingerGiven(1, 1, True, False, None, 9.0, (0.5,), ())
    poor = FingerGiven(2, 3, True, True, None, 30.0, (0.5, 0.5, 0.6), (0.5, 0.5, 0.6))
    visits = [Visited(comer, "saved", "", (good, poor), 100.0, 1.0, age_years=40)]
    return population_page([figures_of("wet", visits)], "population of 1", complaints)


def test_a_stacked_bar_is_as_long_as_its_parts_and_leaves_out_empty_ones() -> None:
    drawn = stacked_bars(
        [("wet", [Part("a", 75.0, "#fff"), Part("b", 0.0, "#000"), Part("c", 25.0, "#ccc")])], "%", ""
    )
    boxes = [(float(x), float(width)) for x, width in WIDTH.findall(drawn)]
    assert len(boxes) == 2
    assert boxes[0][1] == pytest.approx(3 * boxes[1][1])
    assert boxes[1][0] == pytest.approx(boxes[0][0] + boxes[0][1])


def test_the_axis_of_spans_ends_at_a_figure_beyond_the_longest() -> None:
    drawn = spans([("wet", [Span("a", 0.0, 2.0, 11.2, "#fff")])], "seconds", "")
    assert re.findall(r">([\d.]+)</text>", drawn)[:7] == ["0", "2", "4", "6", "8", "10", "12"]


def test_the_page_tells_shares_and_seconds_and_who_had_no_outcome() -> None:
    html = _page(("person 3 ended crashed",))
    assert "50.0 %" in html
    assert "0.5 s, at most 0.6 s, of 3" in html
    assert "share of fingers that are present, %" in html
    assert "person 3 ended crashed" in html


@pytest.mark.slow
async def test_the_population_page_is_accessible(tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_text(_page(), "utf-8")
    async with chromium() as browser:
        page = await browser.new_page()
        await page.goto(file.as_uri())
        assert await accessibility_faults(page) == []
