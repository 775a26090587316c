"""The screen inside the simulator: a person in the same process looks at it, and a trace remembers it."""

import asyncio

from firmware.screen.view import Answer, AnswerKind, View
from hw.camera.frames import Frame
from simulator.behaviour import Seen, may_say
from simulator.trace import Trace


class SharedScreen:
    """A firmware.screen.view.Screen on one side, simulator.citizen.Eyes on the other."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._seen: Seen | None = None
        self._looked_at: Seen | None = None
        self._changed = asyncio.Event()
        self._answers: asyncio.Queue[Answer] = asyncio.Queue(8)

    def show(self, view: View) -> None:
        """Let the person see the view."""
        asks = tuple(kind.value for kind in view.asks)
        seen = Seen(view.phase.value, view.instruction, view.hint, view.target, asks)
        if seen != self._seen:
            self._trace.note(f"view {seen.phase} {seen.instruction} {seen.hint} {seen.target}")
        self._seen = seen
        self._changed.set()

    def preview(self, frame: Frame) -> None:
        """A simulated person needs no preview."""

    async def answer(self) -> Answer:
        """What the person says."""
        return await self._answers.get()

    async def look(self) -> Seen:
        """The newest view, once it differs from the one looked at before."""
        while self._seen is None or self._seen == self._looked_at:
            self._changed.clear()
            await self._changed.wait()
        self._looked_at = self._seen
        return self._seen

    def say(self, kind: str, value: str = "") -> None:
        """Press or type; what the view does not ask for is not on the screen and cannot be pressed."""
        if not may_say(kind, self._looked_at, self._seen) or self._answers.full():
            return
        self._trace.note(f"said {kind}")
        self._answers.put_nowait(Answer(AnswerKind(kind), value))
