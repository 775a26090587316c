"""A dialogue that listens to a screen driven by hand."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from firmware.visit.dialogue import Dialogue
from tests.visit.scripted import NoWatch, ScriptedScreen


@pytest.fixture
def screen() -> ScriptedScreen:
    """The screen."""
    return ScriptedScreen()


@pytest.fixture
async def dialogue(screen: ScriptedScreen) -> AsyncGenerator[Dialogue]:
    """The dialogue, listening."""
    dialogue = Dialogue(screen, NoWatch())
    ear = asyncio.create_task(dialogue.listen())
    yield dialogue
    ear.cancel()
    await asyncio.gather(ear, return_exceptions=True)
