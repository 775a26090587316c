"""The visit's side of the screen: one view, one question at a time, and an ear that is always open."""

import asyncio
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from firmware.screen.view import Answer, AnswerKind, Screen, View
from firmware.visit.outcomes import Outcome
from firmware.visit.phases import Phase, enter
from hw.camera.frames import Frame

T = TypeVar("T")

LANGUAGES = frozenset({"vi", "en"})
ALWAYS_ASKED = (AnswerKind.LANGUAGE, AnswerKind.HELP, AnswerKind.CANCEL)
PATIENCE_S = 90.0  # an elderly reader needs about a minute for the longest screen
STILL_THERE_S = 20.0
ATTRACT_S = 3600.0


class Watch(Protocol):
    """Follows what the visit shows: lamps, log, a trace."""

    def saw(self, view: View) -> None:
        """The view that is shown from now on."""
        ...


class Dialogue:
    """Shows views, waits for answers, and ends the visit when the person cancels or has gone."""

    def __init__(self, screen: Screen, watch: Watch) -> None:
        self._screen = screen
        self._watch = watch
        self._view = View(Phase.ATTRACT, "attract")
        self._awaited: asyncio.Future[Answer] | None = None
        self._ending: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    @property
    def view(self) -> View:
        """What is shown now."""
        return self._view

    def show(self, **changes: Any) -> None:
        """Change parts of the view; what is equal already is not shown again."""
        view = replace(self._view, **changes)
        if view != self._view:
            self._view = view
            self._watch.saw(view)
            self._screen.show(view)

    def enter(self, phase: Phase, instruction: str, **changes: Any) -> None:
        """Begin a phase with a clean view; progress and language stay."""
        enter(self._view.phase, phase)
        clean = View(phase, instruction, progress=self._view.progress, language=self._view.language)
        self.show(**{name: getattr(clean, name) for name in View.__slots__} | changes)

    def preview(self, frame: Frame) -> None:
        """Show what a camera sees."""
        self._screen.preview(frame)

    async def ended(self) -> Outcome:
        """Wait until the person has ended the visit, by word or by leaving."""
        return await self._ending

    async def listen(self) -> None:
        """Take every answer there is, until cancelled."""
        self._screen.show(self._view)
        self._watch.saw(self._view)
        while True:
            self._heard(await self._screen.answer())

    async def ask(self, *kinds: AnswerKind) -> Answer:
        """The person's answer; when none comes, whether anybody is there is asked first."""
        while (answer := await self.answer_within(PATIENCE_S, *kinds)) is None:
            await self.confirm_presence()
        return answer

    async def choose(self, instruction: str, kind: AnswerKind, choices: Iterable[str]) -> str:
        """One of `choices`; another word is not heard."""
        offered = tuple(str(choice) for choice in choices)
        self.show(instruction=instruction, choices=offered, hint=None)
        while (answer := await self.ask(kind)).value not in offered:
            pass
        self.show(choices=())
        return answer.value

    def tell(self, instruction: str) -> None:
        """Say what happens without the person; they can only stop it."""
        self.show(instruction=instruction, hint=None, preview=None, asks=ALWAYS_ASKED)

    async def answer_within(self, limit_s: float, *kinds: AnswerKind) -> Answer | None:
        """The person's answer, or None when the time is over."""
        said = self._open_for(kinds)
        with suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                return await said
        return None

    async def wait_for_start(self) -> None:
        """Invite until somebody comes."""
        while await self.answer_within(ATTRACT_S, AnswerKind.START) is None:
            pass

    async def unless_said(self, work: Coroutine[Any, Any, T], *kinds: AnswerKind) -> T | Answer:
        """The result of `work`, or the answer that came before it and stopped it."""
        said = self._open_for(kinds)
        task = asyncio.create_task(work)
        try:
            await asyncio.wait({task, said}, return_when=asyncio.FIRST_COMPLETED)
            return await task if task.done() else said.result()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            said.cancel()

    async def confirm_presence(self) -> None:
        """Ask whether the person is still there, then go on where the view was; silence ends the visit."""
        before = self._view
        self.show(instruction="still_there", hint=None)
        answer = await self.answer_within(STILL_THERE_S, AnswerKind.STILL_HERE)
        if answer is None:
            await self.leave(Outcome.WALKED_AWAY)
        self.show(instruction=before.instruction, hint=before.hint, asks=before.asks)

    async def leave(self, outcome: Outcome) -> None:
        """End the visit; never returns, the steps are cancelled."""
        if not self._ending.done():
            self._ending.set_result(outcome)
        await asyncio.get_running_loop().create_future()

    def _open_for(self, kinds: tuple[AnswerKind, ...]) -> asyncio.Future[Answer]:
        self._awaited = asyncio.get_running_loop().create_future()
        always = () if self._view.phase in {Phase.ENDED, Phase.SAVE} else ALWAYS_ASKED
        self.show(asks=kinds + always)
        return self._awaited

    def _heard(self, answer: Answer) -> None:
        match answer.kind:
            case AnswerKind.LANGUAGE:
                self.show(language=answer.value if answer.value in LANGUAGES else self._view.language)
            case AnswerKind.HELP:
                self.show(help_is_open=not self._view.help_is_open)
            case AnswerKind.CANCEL:
                if AnswerKind.CANCEL in self._view.asks and not self._ending.done():
                    self._ending.set_result(Outcome.CANCELLED)
            case kind if kind in self._view.asks and self._awaited and not self._awaited.done():
                self._awaited.set_result(answer)
            case _:
                pass
