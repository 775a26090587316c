"""Everything that is captured: taken in order, sealed at once, reviewed, and taken again on request."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace

from firmware.records.record import Part, part_of
from firmware.records.samples import Artefact, FingerPosition
from firmware.screen.view import Answer, AnswerKind, ItemState, ProgressItem, ReviewItem
from firmware.visit.capturing import CaptureDesk
from firmware.visit.dialogue import Dialogue
from firmware.visit.finger_desk import FingerDesk, Tray
from firmware.visit.phases import Phase
from firmware.visit.plan import CapturePhase, all_parts
from firmware.visit.retakes import PORTRAIT, Retakes, kept_of

Keep = Callable[[Artefact], Awaitable[None]]
Picture = Callable[[Artefact], Awaitable[bytes | None]]
FingerDeskAt = Callable[[Tray], FingerDesk]


class Collection:
    """What one visit has captured so far, in memory; every artefact is sealed when it is accepted.

    framing: how the person was placed when the portrait was taken that is kept.
    """

    def __init__(
        self,
        dialogue: Dialogue,
        desk: CaptureDesk,
        fingers_at: FingerDeskAt,
        plan: tuple[CapturePhase, ...],
        keep: Keep,
        picture: Picture,
        retakes: Retakes,
    ) -> None:
        self._dialogue = dialogue
        self._desk = desk
        self._fingers = fingers_at(Tray(self._store, self._progress))
        self._plan = plan
        self._keep = keep
        self._picture = picture
        self._retakes = retakes
        self._artefacts: dict[str, Artefact] = {}
        self._pictures: dict[str, bytes | None] = {}
        self._kept_earlier: str | None = None
        self._newest_counts = False
        self.framing = desk.framing

    @property
    def artefacts(self) -> tuple[Artefact, ...]:
        """The artefacts in the order of the plan."""
        return tuple(
            self._artefacts[part.key] for part in all_parts(self._plan) if part.key in self._artefacts
        )

    async def capture_all(self) -> None:
        """Every capture of the plan, in its order."""
        for phase in self._plan:
            await self._take(phase.phase, phase.parts)

    async def review(self, facts: Mapping[str, str]) -> None:
        """Show every artefact with its verdict until the person is content or has no retake left.

        facts: what is shown, masked, of a person of whom nothing was captured.
        """
        while True:
            items = self._review_items()
            parameters = () if items else tuple(facts.items())
            self._dialogue.enter(Phase.REVIEW, "review", review=items, parameters=parameters)
            can_retake = any(item.may_retake for item in items)
            kinds = (AnswerKind.CONFIRM, AnswerKind.RETAKE) if can_retake else (AnswerKind.CONFIRM,)
            match await self._dialogue.ask(*kinds):
                case Answer(AnswerKind.RETAKE, key) if key in self._artefacts and self._retakes.allow(key):
                    self._retakes.spend(key)
                    await self._retake(key)
                case Answer(AnswerKind.CONFIRM):
                    return
                case _:
                    pass

    async def another_portrait(self) -> None:
        """Take the portrait anew, since the one there is breaks a rule: any other picture replaces it."""
        self._newest_counts = True
        await self._retake(PORTRAIT)
        self._newest_counts = False

    async def _retake(self, key: str) -> None:
        self._kept_earlier = None
        for phase in self._plan:
            await self._take(phase.phase, [part for part in phase.parts if part.key == key])

    async def _take(self, phase: Phase, parts: Iterable[Part]) -> None:
        """Take parts of one phase; fingers together, since one may be asked for while another is read."""
        fingers = [part.position for part in parts if isinstance(part.position, FingerPosition)]
        if fingers:
            self._dialogue.enter(phase, phase.value, progress=self._progress(None, frozenset()))
            await self._fingers.take(fingers)
        for part in parts:
            if part.position not in fingers:
                await self._capture(phase, part)
        while (part := self._desk.next_anew()) is not None:
            self._discard(part)
            await self._capture(phase, part)

    def _discard(self, part: Part) -> None:
        """What was taken turned out to be another part; that it was tried stays on record."""
        earlier = self._artefacts.get(part.key)
        if earlier is not None:
            self._artefacts[part.key] = replace(earlier, sample=None, forced=False)

    async def _capture(self, phase: Phase, part: Part) -> None:
        instruction = self._desk.instruction(part.modality)
        progress = self._progress(part.key)
        self._dialogue.enter(phase, instruction, target=part.key, progress=progress)
        taken = await self._desk.capture(part)
        earlier = self._artefacts.get(part.key)
        kept = kept_of(earlier, taken, newest_counts=self._newest_counts)
        if part.key == PORTRAIT and (earlier is None or kept.artefact.sample is not earlier.sample):
            self.framing = self._desk.framing
        self._kept_earlier = part.key if kept.is_earlier else None
        await self._store(kept.artefact)
        self._dialogue.show(hint=None)

    async def _store(self, artefact: Artefact) -> None:
        """Seal what was taken, and show that it is done."""
        key = part_of(artefact).key
        await self._keep(artefact)
        self._pictures[key] = await self._picture(artefact)
        self._artefacts[key] = artefact
        item = ProgressItem(key, _state(artefact))
        shown = self._dialogue.view.progress
        self._dialogue.show(progress=tuple(item if each.key == key else each for each in shown))

    def _progress(self, active: str | None, read: frozenset[str] = frozenset()) -> tuple[ProgressItem, ...]:
        return tuple(
            ProgressItem(part.key, self._shown_state(part.key, active, read))
            for part in all_parts(self._plan)
        )

    def _shown_state(self, key: str, active: str | None, read: frozenset[str]) -> ItemState:
        if key == active:
            return ItemState.ACTIVE
        return ItemState.READING if key in read else _state(self._artefacts.get(key))

    def _review_items(self) -> tuple[ReviewItem, ...]:
        return tuple(self._review_item(part.key, self._artefacts[part.key]) for part in all_parts(self._plan))

    def _review_item(self, key: str, artefact: Artefact) -> ReviewItem:
        sample = artefact.sample
        return ReviewItem(
            key,
            _state(artefact),
            score=0 if sample is None else sample.report.score,
            advice=None if sample is None else sample.report.advice,
            reason="" if artefact.exception is None else artefact.exception.value,
            picture=self._pictures[key],
            may_retake=self._retakes.allow(key),
            kept_earlier=key == self._kept_earlier,
        )


def _state(artefact: Artefact | None) -> ItemState:
    match artefact:
        case None:
            return ItemState.WAITING
        case Artefact(sample=None):
            return ItemState.EXCEPTED
        case Artefact(forced=True):
            return ItemState.FORCED
        case _:
            return ItemState.GOOD
