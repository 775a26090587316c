"""A screen that a test drives by hand."""

import asyncio

from firmware.screen.view import Answer, AnswerKind, View
from hw.camera.frames import Frame


class ScriptedScreen:
    """Remembers every view; answers what the test says, whether it is asked for or not."""

    def __init__(self) -> None:
        self.views: list[View] = []
        self._answers: asyncio.Queue[Answer] = asyncio.Queue()

    def show(self, view: View) -> None:
        self.views.append(view)

    def preview(self, frame: Frame) -> None:
        del frame

    async def answer(self) -> Answer:
        return await self._answers.get()

    def say(self, kind: AnswerKind, value: str = "") -> None:
        self._answers.put_nowait(Answer(kind, value))


class NoWatch:
    """Follows nothing."""

    def saw(self, view: View) -> None:
        del view
