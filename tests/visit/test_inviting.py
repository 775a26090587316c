"""While nobody is there the place for portraits is looked at, and who works here is told once."""

import asyncio
import logging
from collections.abc import Iterable

import pytest

from firmware.health.findings import FaultCode, Figure
from firmware.health.scene import SceneSeen
from firmware.screen.view import AnswerKind
from firmware.visit.dialogue import Dialogue
from firmware.visit.inviting import CERTAIN_LOOKS, LOOK_EVERY_S, invite
from firmware.visit.phases import Phase
from tests.scripted import CLOCK
from tests.visit.scripted import ScriptedScreen

GOOD = SceneSeen(None, (Figure("light", 0.8),))
DARK = SceneSeen(FaultCode.PORTRAIT_LAMP_DARK, (Figure("light", 0.1),))
CREASED = SceneSeen(FaultCode.PORTRAIT_BACKDROP, (Figure("backdrop", 30.0),))
SOMEBODY = None


class Looks:
    """What each look finds, the last one for ever."""

    def __init__(self, found: Iterable[SceneSeen | None]) -> None:
        self._found = list(found)
        self.at_s: list[float] = []

    async def look(self) -> SceneSeen | None:
        self.at_s.append(CLOCK.elapsed_s())
        return self._found.pop(0) if len(self._found) > 1 else self._found[0]


async def invited(dialogue: Dialogue, screen: ScriptedScreen, looks: Looks, for_s: float) -> None:
    """Nobody comes for that long, then somebody does."""
    inviting = asyncio.ensure_future(invite(dialogue, looks.look, CLOCK))
    await asyncio.sleep(for_s)
    screen.say(AnswerKind.START)
    await inviting


def told(screen: ScriptedScreen) -> list[str | None]:
    """Each change of what is told."""
    shown = [view.attention for view in screen.views]
    return [now for before, now in zip([None, *shown], shown, strict=False) if now != before]


async def test_a_dark_lamp_is_told_once(dialogue: Dialogue, screen: ScriptedScreen) -> None:
    await invited(dialogue, screen, Looks([DARK]), 200.0)
    assert told(screen) == ["PC-08"]


async def test_what_is_seen_in_passing_is_not_told(dialogue: Dialogue, screen: ScriptedScreen) -> None:
    await invited(dialogue, screen, Looks([GOOD, CREASED, GOOD, CREASED, SOMEBODY, GOOD]), 100.0)
    assert told(screen) == []


async def test_a_place_that_is_good_again_is_no_longer_complained_about(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    await invited(dialogue, screen, Looks([DARK, DARK, GOOD, GOOD]), 100.0)
    assert told(screen) == ["PC-08", None]


async def test_the_place_is_looked_at_every_ten_seconds_at_most(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    looks = Looks([GOOD])
    await invited(dialogue, screen, looks, 100.0)
    gaps = [after - before for before, after in zip(looks.at_s, looks.at_s[1:], strict=False)]
    assert min(gaps) >= LOOK_EVERY_S


async def test_whoever_starts_at_once_is_not_looked_at(dialogue: Dialogue, screen: ScriptedScreen) -> None:
    looks = Looks([DARK])
    await invited(dialogue, screen, looks, 2.0)
    await asyncio.sleep(60.0)
    assert looks.at_s == []


async def test_a_visit_goes_on_in_the_dark_and_tells_the_citizen_nothing_of_it(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    await invited(dialogue, screen, Looks([DARK]), (CERTAIN_LOOKS + 1) * LOOK_EVERY_S)
    dialogue.enter(Phase.NOTICE, "notice")
    assert screen.views[-1].attention is None


async def test_the_log_says_what_was_measured(
    dialogue: Dialogue, screen: ScriptedScreen, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        await invited(dialogue, screen, Looks([DARK]), 60.0)
    assert [record.getMessage() for record in caplog.records] == [
        "the place for portraits: PC-08 (light 0.1)"
    ]


async def test_a_look_that_breaks_is_a_bug_and_stops_the_terminal(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    async def broken() -> SceneSeen | None:
        raise KeyError("scene_luminance")

    with pytest.raises(ExceptionGroup):
        await invite(dialogue, broken, CLOCK)
