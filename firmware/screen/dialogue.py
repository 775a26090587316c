"""What the booth and the page say to each other, as JSON texts; no I/O.

booth: {"type": "messages", "languages": {"vi": {table: {id: text}}, ...}, "voices": {"vi": [clip, ...]}}
       once a connection; the page asks for no other clips
       {"type": "view", "serial": 7, "view": {every field of View; pictures in base64}}
       a binary message is one JPEG for the view's preview
page:  {"serial": 7, "kind": an AnswerKind, "value": "..."}
       {"drawn": true} after each JPEG; only then does the next one come
"""

import json
import re
from base64 import b64encode
from dataclasses import asdict, dataclass, replace
from typing import cast

from firmware.records.looks import Finding, Matter
from firmware.records.request import Purpose, Relation, RequestReason
from firmware.records.samples import SAYABLE
from firmware.screen.messages import LANGUAGES, Languages
from firmware.screen.view import REST, Answer, AnswerKind, View
from firmware.screen.voice.library import Clips

LONGEST_WORD = 256  # characters; the longest answer of the page has under 80


class Unintelligible(Exception):
    """The other end said something that our page never says."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, and the serial of the view that it answers."""

    serial: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Drawn:
    """The last preview picture is on the glass; the next one may come."""


_FORM = {
    AnswerKind.LOOKED: re.compile(f"(?:{'|'.join(Matter)}) (?:{'|'.join(Finding)})|{REST}|"),
    AnswerKind.NUMBER: re.compile(r"[0-9]{12}"),
    AnswerKind.PIN: re.compile(r"[0-9]{4,12}"),
    AnswerKind.BIRTH: re.compile(r"[0-9]{8}|[0-9]{4}"),
    AnswerKind.PURPOSE: re.compile("|".join(Purpose)),
    AnswerKind.REASON: re.compile("|".join(RequestReason)),
    AnswerKind.RELATION: re.compile("|".join(Relation)),
    AnswerKind.RETAKE: re.compile(r"portrait|finger_(?:[1-9]|10)|eye_(?:right|left)"),
    AnswerKind.CANNOT_GIVE: re.compile("|".join(SAYABLE)),
    AnswerKind.LANGUAGE: re.compile("|".join(LANGUAGES)),
}
_NOTHING = re.compile("")
_CHOICES = {AnswerKind.PURPOSE, AnswerKind.REASON, AnswerKind.RELATION}


def messages_text(languages: Languages, clips: Clips) -> str:
    """Everything the page may have to say, in every language, and what of it can be heard."""
    voices = {language: list(names) for language, names in clips.items()}
    return json.dumps({"type": "messages", "languages": languages, "voices": voices}, ensure_ascii=False)


def view_text(view: View, serial: int) -> str:
    """The whole view."""
    told = {**asdict(view), "choices": choices(view)}
    whole = {"type": "view", "serial": serial, "view": told}
    return json.dumps(whole, ensure_ascii=False, default=_in_base64)


def read(text: str) -> Said | Drawn:
    """What the page said; Unintelligible for anything but the two forms above."""
    if len(text) > LONGEST_WORD:
        raise Unintelligible("too long")
    try:
        word: object = json.loads(text)
    except ValueError as error:
        raise Unintelligible("not JSON") from error
    if word == {"drawn": True}:
        return Drawn()
    if not isinstance(word, dict):
        raise Unintelligible("not an object")
    return _said(cast("dict[str, object]", word))


def is_asked(said: Said, view: View, serial: int) -> bool:
    """Whether the view shown under `serial` asks for this answer."""
    if said.serial != serial or said.answer.kind not in view.asks:
        return False
    if said.answer.kind is AnswerKind.RETAKE:
        return said.answer.value in {item.key for item in view.review if item.may_retake}
    if said.answer.kind is AnswerKind.LOOKED:
        return said.answer.value in {REST, "", *findings(view)}
    return said.answer.kind not in _CHOICES or said.answer.value in choices(view)


def choices(view: View) -> tuple[str, ...]:
    """What may be chosen; a question for the purpose without choices is for any."""
    anything = tuple(Purpose) if AnswerKind.PURPOSE in view.asks else ()
    return view.choices or anything


def findings(view: View) -> tuple[str, ...]:
    """What may be found of each matter, as LOOKED says it."""
    return tuple(f"{asked.matter} {finding}" for asked in view.questions for finding in asked.findings)


def asks_the_same(one: View, other: View) -> bool:
    """Whether an answer to `one` may be taken as an answer to `other`: the same question, told otherwise."""
    return _question(one) == _question(other)


def _question(view: View) -> View:
    told = replace(view, hint=None, progress=(), preview=None, attention=None)
    return replace(told, language="", help_is_open=False)


def _said(word: dict[str, object]) -> Said:
    serial, kind, value = (word.get(key) for key in ("serial", "kind", "value"))
    if len(word) != 3 or type(serial) is not int or not isinstance(kind, str) or not isinstance(value, str):
        raise Unintelligible("not an answer")
    if kind not in set(AnswerKind):
        raise Unintelligible("no such kind of answer")
    if not _FORM.get(AnswerKind(kind), _NOTHING).fullmatch(value):
        raise Unintelligible("a value that this kind of answer never has")
    return Said(serial, Answer(AnswerKind(kind), value))


def _in_base64(picture: object) -> str:
    if not isinstance(picture, bytes):
        raise TypeError(type(picture).__name__)
    return b64encode(picture).decode("ascii")
