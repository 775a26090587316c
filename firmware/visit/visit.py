"""One person's visit, from walking up to a sealed record."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from firmware.outbox.outcome import EarlyEnd
from firmware.records.eligibility import Framing
from firmware.records.images import small_png
from firmware.records.looks import matters_to_look_at
from firmware.records.receipt import receipt_code
from firmware.records.record import Attestation, EnrolmentRecord, matters_to_attest
from firmware.records.refusal import SaveRefused
from firmware.records.samples import Artefact, EyeSide
from firmware.screen.view import AnswerKind
from firmware.visit.attendants import Attendant, attendant_with
from firmware.visit.attesting import AttestDesk, Attested, PersonNotSeen, PortraitAgain, Vouched
from firmware.visit.capturing import CaptureDesk
from firmware.visit.closing import hand_over_receipt, save
from firmware.visit.collecting import Collection
from firmware.visit.declaring import Declared, declare
from firmware.visit.dialogue import Dialogue
from firmware.visit.finger_desk import FingerDesk, Tray
from firmware.visit.inviting import invite
from firmware.visit.opening import Opening, open_visit
from firmware.visit.outcomes import Outcome
from firmware.visit.phases import Phase
from firmware.visit.plan import all_parts, eyes_first_from
from firmware.visit.retakes import Retakes
from firmware.visit.terminal import Terminal
from firmware.workers import JobKind

T = TypeVar("T")

_log = logging.getLogger(__name__)

FAREWELL_S = 5.0
REVIEW_ROWS = 320  # height of a picture on the review screen
STATEMENT = "attest_statement"


async def run_visit(terminal: Terminal, visit_id: str) -> Outcome:
    """Serve one person; however it ends, nothing of it stays but a sealed record or an outcome."""
    dialogue = Dialogue(terminal.screen, terminal.watch)
    visit = _Visit(terminal, dialogue, visit_id)
    tasks = [asyncio.create_task(work) for work in (visit.run(), dialogue.ended(), dialogue.listen())]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        outcome = next(task.result() for task in tasks if task in done)
        tasks[0].cancel()
        await asyncio.gather(tasks[0], return_exceptions=True)
        return await visit.end(outcome or Outcome.DEVICE_FAULT)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Visit:
    """The steps of one visit, in order."""

    def __init__(self, terminal: Terminal, dialogue: Dialogue, visit_id: str) -> None:
        self._terminal = terminal
        self._dialogue = dialogue
        self._visit_id = visit_id
        self._record_id = ""
        self._receipt_code = receipt_code(terminal.random_bytes)

    async def run(self) -> Outcome:
        """Serve one person from start to receipt."""
        await invite(self._dialogue, self._terminal.look_at_scene, self._terminal.clock)
        opening = open_visit(self._terminal.clock, self._terminal.rules_on)
        if opening is None:
            return Outcome.CLOCK_UNKNOWN
        try:
            async with asyncio.timeout(opening.rules.visit_limit_s):
                record = await self._record(opening)
        except TimeoutError:
            return Outcome.TOOK_TOO_LONG
        except SaveRefused as refusal:
            self._dialogue.enter(Phase.ENDED, refusal.reason.value)
            return Outcome.SAVE_REFUSED
        if isinstance(record, Outcome):
            return record
        if not await save(self._dialogue, partial(self._commit, record)):
            return Outcome.SAVE_REFUSED
        await hand_over_receipt(self._dialogue, record.receipt_code)
        return Outcome.SAVED

    async def end(self, outcome: Outcome) -> Outcome:
        """Say good-bye, and leave only what may stay; SAVED when the record was saved after all."""
        if outcome is not Outcome.SAVED:
            outcome = await self._abandon(outcome)
        if self._dialogue.view.phase is not Phase.ENDED:
            self._dialogue.enter(Phase.ENDED, outcome.value)
        await self._dialogue.answer_within(FAREWELL_S, AnswerKind.FINISH)
        return outcome

    async def _abandon(self, outcome: Outcome) -> Outcome:
        """Remove what was captured; what a broken disk keeps is removed, and counted, by the next start.

        A person who leaves in the very moment of saving has a record: then this is no early end.
        """
        phase = self._dialogue.view.phase.value
        early = EarlyEnd(self._visit_id, outcome.value, phase, self._terminal.clock.now())
        try:
            saved = await self._seal(partial(self._terminal.vault.abandon, early))
        except SaveRefused as refusal:
            _log.warning(
                "the outcome of visit %s is left to the next start: %s", self._visit_id, refusal.reason
            )
            return outcome
        return outcome if saved is None else Outcome.SAVED

    async def _record(self, opening: Opening) -> EnrolmentRecord | Outcome:
        """Everything up to the attestation; how the visit ends when nobody attests."""
        dialogue, terminal, rules = self._dialogue, self._terminal, opening.rules
        self._record_id = await self._seal(partial(terminal.vault.begin, self._visit_id))
        dialogue.enter(Phase.NOTICE, "notice")
        await dialogue.ask(AnswerKind.AGREE)
        declared = await declare(dialogue, terminal.read_card, terminal.register, terminal.clock, opening)
        framing = declared.plan.framing
        find, attempts = self._attendant, rules.attempts
        desk = CaptureDesk(dialogue, terminal.stations, terminal.clock, attempts, find, framing)
        fingers_at = partial(self._finger_desk, tries=attempts)
        captures = eyes_first_from(declared.plan.captures, self._first_eye())
        retakes = Retakes(rules.retakes)
        collection = Collection(
            dialogue, desk, fingers_at, captures, self._keep, self._review_picture, retakes
        )
        await collection.capture_all()
        attesting = AttestDesk(dialogue, self._attendant, terminal.clock.sleep, rules.attendant_retakes)
        match await self._attested(collection, attesting, declared):
            case Vouched() as word:
                return self._filled_in(opening, declared, collection.artefacts, collection.framing, word)
            case PersonNotSeen():
                return Outcome.NOT_SEEN
            case _:
                return Outcome.NOT_ATTESTED

    async def _attested(self, collection: Collection, desk: AttestDesk, declared: Declared) -> Attested:
        """Reviewed and attested, with as many portraits more as an attendant may ask for."""
        while True:
            await collection.review(declared.facts)
            attested = await desk.attest(matters_to_look_at(collection.artefacts))
            if not isinstance(attested, PortraitAgain):
                return attested
            await collection.another_portrait()

    def _first_eye(self) -> EyeSide:
        """At random: who shows the same eye twice cannot know which one is asked for first."""
        return tuple(EyeSide)[self._terminal.random_bytes(1)[0] % len(EyeSide)]

    def _finger_desk(self, tray: Tray, tries: int) -> FingerDesk:
        terminal = self._terminal
        return FingerDesk(self._dialogue, terminal.fingers, terminal.clock, tray, tries, self._attendant)

    async def _keep(self, artefact: Artefact) -> None:
        await self._seal(partial(self._terminal.vault.keep, artefact))

    async def _review_picture(self, artefact: Artefact) -> bytes | None:
        if artefact.sample is None:
            return None
        return await self._seal(partial(small_png, artefact.sample.image, REVIEW_ROWS))

    async def _commit(self, record: EnrolmentRecord) -> None:
        await self._seal(partial(self._terminal.vault.save, record))

    async def _seal(self, job: Callable[[], T]) -> T:
        return await self._terminal.workers.run(JobKind.SEAL, job)

    async def _attendant(self, pin: str) -> Attendant | None:
        find = partial(attendant_with, pin, self._terminal.attendants)
        return await self._terminal.workers.run(JobKind.SEAL, find)

    def _filled_in(
        self,
        opening: Opening,
        declared: Declared,
        artefacts: tuple[Artefact, ...],
        framing: Framing,
        word: Vouched,
    ) -> EnrolmentRecord:
        now, terminal = self._terminal.clock.now(), self._terminal
        covers = matters_to_attest(declared.guardian, artefacts)
        return EnrolmentRecord(
            record_id=self._record_id,
            purpose=declared.purpose,
            reason=declared.reason,
            claim=declared.claim,
            look_up=declared.look_up,
            eligibility=declared.eligibility,
            guardian=declared.guardian,
            framing=framing if declared.plan.captures else None,
            asked=all_parts(declared.plan.captures),
            artefacts=artefacts,
            attestation=Attestation(
                word.attendant.identity, now, STATEMENT, covers, word.looks, word.asked_again
            ),
            begun_at=opening.at,
            ended_at=now,
            site=terminal.site,
            software=terminal.software,
            limits=terminal.limits(opening.rules),
            receipt_code=self._receipt_code,
        )
