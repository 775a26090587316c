"""What a screen shows and what it may answer; the web page is one screen, a simulated person another."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from firmware.quality.advice import Advice
from firmware.records.looks import Finding, Matter
from firmware.visit.phases import Phase
from hw.camera.frames import Frame

REST = "rest"
"""Said by one touch: everything that is not answered yet is as it should be."""


class AnswerKind(StrEnum):
    """Everything a person can say to the screen."""

    START = "start"
    AGREE = "agree"
    NUMBER = "number"
    TYPE_INSTEAD = "type_instead"
    BIRTH = "birth"
    PURPOSE = "purpose"
    REASON = "reason"
    RELATION = "relation"
    CONFIRM = "confirm"
    RETAKE = "retake"
    CANNOT_GIVE = "cannot_give"
    SEATED = "seated"
    BEDSIDE = "bedside"
    LOOKED = "looked"
    PIN = "pin"
    STILL_HERE = "still_here"
    LANGUAGE = "language"
    HELP = "help"
    CANCEL = "cancel"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing the person said.

    value: NUMBER: 12 digits as typed; BIRTH: digits of a date or a year, as typed;
    PURPOSE, REASON, RELATION: one of the view's choices; RETAKE: the key of a
    progress item; CANNOT_GIVE: an ExceptionReason; PIN: digits; LANGUAGE: "vi" or "en"; LOOKED: a matter
    and a finding, such as "ears clear", REST where all the rest is as it should be, or empty to look again;
    else empty.
    """

    kind: AnswerKind
    value: str = field(default="", repr=False)


class ItemState(StrEnum):
    """How far one thing to capture has come."""

    WAITING = "waiting"
    ACTIVE = "active"
    READING = "reading"
    GOOD = "good"
    FORCED = "forced"
    EXCEPTED = "excepted"


@dataclass(frozen=True, slots=True)
class ProgressItem:
    """One thing to capture. key: "portrait", "finger_1".."finger_10", "eye_right", "eye_left"."""

    key: str
    state: ItemState


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One captured artefact as the person reviews it. picture: PNG or JPEG bytes, or None.

    may_retake: another try is left for it. kept_earlier: the last try was not kept: one before was better.
    """

    key: str
    state: ItemState
    score: int
    advice: Advice | None
    reason: str
    picture: bytes | None = field(repr=False)
    may_retake: bool = True
    kept_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What an attendant is asked about the person. found: the answer so far."""

    matter: Matter
    findings: tuple[Finding, ...]
    found: Finding | None = None


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What the person takes home: a code without meaning and the same as a QR picture (PNG)."""

    code: str
    qr_png: bytes = field(repr=False)


class Preview(StrEnum):
    """Which camera the person should see."""

    PORTRAIT = "portrait"
    IRIS = "iris"


@dataclass(frozen=True, slots=True)
class View:
    """The whole screen at one moment; a screen needs nothing that came before.

    instruction, hint: ids of messages. parameters: values for their {placeholders}, masked already.
    target: the progress key that is asked for now, for the picture beside the instruction.
    asks: what may be answered to this view; LANGUAGE, HELP and CANCEL only where listed.
    attention: a fault code, for an attendant or a technician, while nobody is served.
    choices: what PURPOSE, REASON or RELATION may be here, in the order to show. questions: for LOOKED.
    """

    phase: Phase
    instruction: str
    hint: str | None = None
    parameters: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    target: str | None = None
    progress: tuple[ProgressItem, ...] = ()
    asks: tuple[AnswerKind, ...] = ()
    choices: tuple[str, ...] = ()
    preview: Preview | None = None
    review: tuple[ReviewItem, ...] = ()
    questions: tuple[Question, ...] = ()
    receipt: ReceiptView | None = None
    attention: str | None = None
    language: str = "vi"
    help_is_open: bool = False


class Screen(Protocol):
    """A screen: shows the newest view, and hands over one answer at a time."""

    def show(self, view: View) -> None:
        """Replace what is shown."""
        ...

    def preview(self, frame: Frame) -> None:
        """Show a live frame where the view has a preview; dropped when nobody watches."""
        ...

    async def answer(self) -> Answer:
        """The next answer that the view shown now asks for; waits until there is one."""
        ...
