"""A mother with two children at the real page, up to two receipts, with the centre on the line."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page

from firmware.clock import SystemClock
from host_tools.keys import read_centre_key
from host_tools.sealed_record import OpenedRecord, check_record, open_record
from simulator.people.facts import Facts
from simulator.people.person import generate_person
from tests.live.citizen_at_page import CitizenAtPage, View, browser_page
from tests.live.stage import Places
from tests.live.stage_hand import StageHand, hand_on_stage
from tests.screen.browser import accessibility_faults, layout_faults

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

YEAR = timedelta(days=365.25)
VISIT_S = 100.0
NEXT_BOOTH_S = 30.0
UPLOAD_S = 40.0
SHOTS = Path(__file__).parents[2] / "build" / "family"
GUARDIAN = {"guardian_confirm", "guardian_relation", "guardian_declare"}
TEXT = """[facts]
number = "{number}"
name = "{name}"
birth_date = {birth}
sex = "{sex}"
address = "{address}"
issue_date = {birth}
"""


def born_years_ago(years: float) -> date:
    return (SystemClock().now() - years * YEAR).date()


def child(people: Path, name: str, years: float) -> Facts:
    """A child's folder in `people`; everything but the facts is drawn."""
    facts = generate_person(len(name)).facts.born_on(born_years_ago(years))
    words = {"number": facts.number, "name": facts.name, "sex": facts.sex.value, "address": facts.address}
    (people / name).mkdir(parents=True)
    (people / name / "person.toml").write_text(TEXT.format(birth=facts.birth_date, **words), "utf-8")
    return facts


def shows_receipt(view: View) -> bool:
    return view["instruction"] == "receipt"


@dataclass
class Looks:
    """Each screen that was touched, looked at once: a picture in `folder`, and what is wrong with it."""

    page: Page
    folder: Path
    seen: list[str] = field(default_factory=list[str])
    faults: list[object] = field(default_factory=list[object])

    async def __call__(self, instruction: str) -> None:
        if instruction in self.seen:
            return
        self.seen.append(instruction)
        await self.page.screenshot(path=self.folder / f"{len(self.seen):02d}-{instruction}.png")
        self.faults += await accessibility_faults(self.page)
        self.faults += await layout_faults(self.page)


@dataclass(frozen=True)
class Family:
    """What the two visits left at the centre, youngest child first, and how the screens looked."""

    records: list[OpenedRecord]
    looks: Looks
    left_in_outbox: list[Path]
    receipts: list[Path]


async def served(stage: StageHand, mother: CitizenAtPage, facts: Facts) -> None:
    """One child's visit, until the next booth invites."""
    before = stage.visits
    await mother.follow(shows_receipt, VISIT_S, facts.number)
    await mother.touch("receipt")
    await mother.touch("saved")
    await stage.do("leave")
    await stage.until(lambda it: it.visits > before and it.booth_pid is not None, NEXT_BOOTH_S)


@pytest.fixture(scope="module")
async def family(tmp_path_factory: pytest.TempPathFactory) -> Family:
    root = tmp_path_factory.mktemp("family")
    places = Places(root / "terminal")
    SHOTS.mkdir(parents=True, exist_ok=True)
    children = [child(root / "people", "a_five", 5.5), child(root / "people", "b_nine_years", 9.5)]
    async with (
        hand_on_stage(places.root, root / "people", online=True) as stage,
        browser_page(places) as page,
    ):
        looks = Looks(page, SHOTS)
        mother = CitizenAtPage(page, stage, looks)
        await mother.open()
        for facts in children:
            await served(stage, mother, facts)
        await stage.until(lambda it: it.records == len(children), UPLOAD_S)
        before = stage.visits
        await stage.do("kill")
        await stage.until(lambda it: it.visits > before and it.booth_pid is not None, NEXT_BOOTH_S)
        await mother.attract()
    key = read_centre_key(places.centre_key)
    folders = (places.centre / "data" / "records").iterdir()
    records = [open_record(check_record(folder), key) for folder in folders]
    records.sort(key=lambda record: len(record.artefacts))
    outbox, receipts = (list((places.state / name).iterdir()) for name in ("outbox", "acknowledged"))
    return Family(records, looks, outbox, receipts)


async def test_of_the_youngest_nothing_is_taken_and_of_the_older_everything(family: Family) -> None:
    bands = [record.document["eligibility"]["age_band"] for record in family.records]
    taken = [len(record.artefacts) for record in family.records]

    assert (bands, taken) == (["under_6", "from_6"], [0, 13])


async def test_the_mother_stands_in_both_records_and_the_older_child_was_asked(family: Family) -> None:
    guardians = [record.document["guardian"] for record in family.records]

    assert [guardian["relation"] for guardian in guardians] == ["mother", "mother"]
    assert [guardian["child_agreed_at"] is not None for guardian in guardians] == [False, True]


async def test_the_register_was_asked_through_the_uplink(family: Family) -> None:
    assert [record.document["look_up"]["end"] for record in family.records] == ["found", "found"]


async def test_the_centre_has_both_records_and_the_terminal_none(family: Family) -> None:
    assert family.left_in_outbox == []
    assert len(family.receipts) == 2


async def test_every_screen_of_theirs_can_be_used_by_everybody(family: Family) -> None:
    assert set(family.looks.seen) >= {*GUARDIAN, "child_assent", "purpose", "review", "receipt"}
    assert family.looks.faults == []
