"""A visit as a screen sees it, view by view: what the gallery draws and the browser tests check."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from firmware.capture.notices import FingerNotice
from firmware.quality.advice import Advice
from firmware.records.samples import ExceptionReason
from firmware.screen.view import AnswerKind, ItemState, Preview, ProgressItem, ReceiptView, ReviewItem, View
from firmware.visit.claim import ClaimWarning
from firmware.visit.outcomes import Outcome
from firmware.visit.phases import Phase
from tests.screen import pictures, script_family, script_looks
from tests.screen.script_family import ALWAYS, CLAIM

CODE = "7K4M-29QD"
KEYS = ("portrait", *(f"finger_{code}" for code in range(1, 11)), "eye_right", "eye_left")
_ODD = {"finger_4": ItemState.FORCED, "finger_9": ItemState.EXCEPTED}


_FRAMED = {
    "portrait_look_seated": AnswerKind.BEDSIDE,
    "portrait_look_child": AnswerKind.BEDSIDE,
    "portrait_look_bedside": AnswerKind.SEATED,
}
SEEN = (("seen", "finger_4"),)


def progress(done: int) -> tuple[ProgressItem, ...]:
    """The first `done` things are over, the next one is active."""
    states = {key: _ODD.get(key, ItemState.GOOD) for key in KEYS[:done]}
    states |= dict.fromkeys(KEYS[done : done + 1], ItemState.ACTIVE)
    return tuple(ProgressItem(key, states.get(key, ItemState.WAITING)) for key in KEYS)


@cache
def artefacts() -> tuple[ReviewItem, ...]:
    """Thirteen artefacts: one forced, one excepted, the rest good."""
    return tuple(_artefact(number, key) for number, key in enumerate(KEYS))


def _artefact(number: int, key: str) -> ReviewItem:
    state = _ODD.get(key, ItemState.GOOD)
    if state is ItemState.EXCEPTED:
        return ReviewItem(key, state, 0, None, ExceptionReason.BANDAGED, None)
    advice = Advice.FINGER_WIPE if state is ItemState.FORCED else None
    score = 38 if state is ItemState.FORCED else 60 + 3 * number
    return ReviewItem(key, state, score, advice, "", pictures.png(_image(number, key)))


def _image(number: int, key: str) -> pictures.Image:
    if key == "portrait":
        return pictures.face()[80:1080, 147:813]
    return pictures.finger(number) if key.startswith("finger") else pictures.eye(number)


def _view(phase: Phase, instruction: str, *asks: AnswerKind, done: int = 0) -> View:
    return View(phase, instruction, asks=(*asks, *ALWAYS), progress=progress(done))


def views(language: str = "vi") -> Iterator[tuple[str, View]]:
    """Every kind of screen once, named, in the order of a visit."""
    for name, view in _views():
        yield name, replace(view, language=language)


def _views() -> Iterator[tuple[str, View]]:
    asks = (AnswerKind.START, *ALWAYS)
    yield "attract", View(Phase.ATTRACT, "attract", asks=asks)
    yield "attract_attention", View(Phase.ATTRACT, "attract", asks=asks, attention="PC-08")
    yield "notice", _view(Phase.NOTICE, "notice", AnswerKind.AGREE)
    yield from _identify()
    yield from script_family.identify()
    yield from script_family.guardian()
    yield from _portrait()
    yield from _fingers()
    yield from _eyes()
    yield from _ending()
    yield from script_family.review()
    yield from _machine()
    yield from script_family.clock()


def _identify() -> Iterator[tuple[str, View]]:
    card = replace(_view(Phase.IDENTIFY, "show_card", AnswerKind.TYPE_INSTEAD), preview=Preview.PORTRAIT)
    yield "show_card", replace(card, hint=Advice.CARD_CLOSER)
    yield "type_number", _view(Phase.IDENTIFY, "type_number", AnswerKind.NUMBER)
    yield "number_invalid", _view(Phase.IDENTIFY, "number_invalid", AnswerKind.NUMBER)
    claim = _view(Phase.IDENTIFY, "claim_confirm", AnswerKind.CONFIRM, AnswerKind.TYPE_INSTEAD)
    yield "claim_confirm", replace(claim, parameters=CLAIM)
    yield "claim_warning", replace(claim, parameters=CLAIM, hint=ClaimWarning.SEX_DIFFERS)
    yield "purpose", _view(Phase.IDENTIFY, "purpose", AnswerKind.PURPOSE)


def _portrait() -> Iterator[tuple[str, View]]:
    framings = (AnswerKind.SEATED, AnswerKind.BEDSIDE)
    asked = _view(Phase.PORTRAIT, "portrait_look", *framings, AnswerKind.CANNOT_GIVE)
    look = replace(asked, preview=Preview.PORTRAIT, target="portrait")
    yield "portrait_look", look
    for name, framing in _FRAMED.items():
        yield name, replace(look, instruction=name, asks=(AnswerKind.CANNOT_GIVE, framing, *ALWAYS))
    yield "portrait_turn", replace(look, instruction="portrait_turn")
    yield "portrait_advice", replace(look, hint=Advice.FACE_CLOSER)
    yield "portrait_hold", replace(look, instruction="portrait_hold")
    yield "portrait_turn", replace(look, instruction="portrait_turn")


def _fingers() -> Iterator[tuple[str, View]]:
    for name, instruction, done, hint in (
        ("finger_place", "finger_place", 1, None),
        ("finger_advice", "finger_retry", 2, Advice.FINGER_WIPE),
        ("finger_next", "finger_next", 5, None),
        ("finger_other", "finger_retry", 5, FingerNotice.FINGER_OTHER),
        ("finger_offer", "finger_offer", 10, Advice.FINGER_PRESS),
        ("finger_reading", "finger_reading", 5, None),
        ("finger_lift", "finger_lift", 10, None),
    ):
        view = _view(Phase.FINGERPRINTS, instruction, AnswerKind.CANNOT_GIVE, done=done)
        yield name, replace(view, target=KEYS[done], hint=hint, **_BESIDES.get(name, {}))
    attendant = _view(Phase.FINGERPRINTS, "finger_attendant", AnswerKind.PIN, AnswerKind.CONFIRM, done=5)
    yield (
        "finger_attendant",
        replace(attendant, target=KEYS[5], hint=FingerNotice.FINGER_OTHER, parameters=SEEN),
    )


def _while_read(done: int) -> tuple[ProgressItem, ...]:
    """The last thing that was given is still being read."""
    items = progress(done)
    return (*items[: done - 1], ProgressItem(KEYS[done - 1], ItemState.READING), *items[done:])


_BESIDES: dict[str, dict[str, Any]] = {
    "finger_next": {"progress": _while_read(5)},
    "finger_other": {"parameters": SEEN},
}


def _eyes() -> Iterator[tuple[str, View]]:
    look = _view(Phase.IRISES, "eye_look", AnswerKind.CANNOT_GIVE, done=11)
    right = replace(look, target="eye_right", preview=Preview.IRIS)
    yield "eye_look", right
    yield "eye_advice", replace(right, target="eye_left", progress=progress(12), hint=Advice.EYE_OPEN)


def _ending() -> Iterator[tuple[str, View]]:
    review = _view(Phase.REVIEW, "review", AnswerKind.CONFIRM, AnswerKind.RETAKE, done=13)
    yield "review", replace(review, review=artefacts())
    kept = (replace(artefacts()[0], kept_earlier=True), *artefacts()[1:])
    yield "review_kept", replace(review, review=kept)
    attest = replace(_view(Phase.ATTEST, "attest", AnswerKind.PIN, done=13), review=artefacts())
    yield from script_looks.looks(replace(attest, asks=ALWAYS))
    yield "attest", replace(attest, questions=script_looks.ANSWERED, asks=(AnswerKind.LOOKED, *attest.asks))
    yield "attest_child", attest
    yield "pin_wrong", replace(attest, instruction="pin_wrong")
    yield "pin_pause", replace(attest, instruction="pin_wrong", asks=(AnswerKind.CANCEL,))
    saving = View(Phase.SAVE, "saving", progress=progress(13))
    yield "saving", saving
    again_or_not = (AnswerKind.CONFIRM, AnswerKind.FINISH)
    yield "save_refused", replace(saving, instruction="save_refused_disk_full", asks=again_or_not)
    asks = (AnswerKind.FINISH, AnswerKind.LANGUAGE)
    receipt = ReceiptView(CODE, pictures.qr(CODE))
    yield "receipt", View(Phase.RECEIPT, "receipt", asks=asks, progress=progress(13), receipt=receipt)
    for outcome in Outcome:
        yield f"end_{outcome}", View(Phase.ENDED, outcome.value, asks=(AnswerKind.FINISH,))


def _machine() -> Iterator[tuple[str, View]]:
    there = _view(Phase.FINGERPRINTS, "still_there", AnswerKind.STILL_HERE, done=4)
    yield "still_there", replace(there, target="finger_4")
    yield "device_wait", _view(Phase.FINGERPRINTS, "device_wait", done=4)
    yield "device_missing", _view(Phase.IRISES, "device_missing", AnswerKind.CONFIRM, done=11)
    yield "out_of_order", View(Phase.ATTRACT, "out_of_order", asks=(AnswerKind.LANGUAGE,))
    place = _view(Phase.FINGERPRINTS, "finger_place", AnswerKind.CANNOT_GIVE, done=3)
    yield "help", replace(place, target="finger_3", help_is_open=True)
