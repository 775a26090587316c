"""The attendant's looks as a screen sees them."""

from collections.abc import Iterator
from dataclasses import replace

from firmware.records.looks import OF_PORTRAIT, SETTLED, Finding, Matter
from firmware.screen.view import AnswerKind, Question, View

OPEN = tuple(Question(matter, (*SETTLED[matter], Finding.AGAIN)) for matter in OF_PORTRAIT)
LAST = tuple(Question(matter, (*SETTLED[matter], Finding.KEPT)) for matter in OF_PORTRAIT)
PRESENCE = Question(Matter.PRESENCE, SETTLED[Matter.PRESENCE])
ANSWERED = (
    replace(OPEN[0], found=Finding.MEDICAL),
    replace(OPEN[1], found=Finding.NONE),
    replace(OPEN[2], found=Finding.CLEAR),
)


def looks(attest: View) -> Iterator[tuple[str, View]]:
    """Every kind of page on which an attendant looks. attest: the page for the PIN, asking for none."""
    looked = (AnswerKind.LOOKED, *attest.asks)
    look = replace(attest, instruction="attest_look", asks=looked, questions=OPEN)
    yield "attest_look", look
    yield "attest_look_rest", replace(look, questions=(ANSWERED[0], *OPEN[1:]))
    yield (
        "attest_look_again",
        replace(
            look,
            asks=(AnswerKind.RETAKE, *looked),
            questions=(replace(OPEN[0], found=Finding.AGAIN), *OPEN[1:]),
        ),
    )
    yield "attest_look_last", replace(look, asks=(AnswerKind.CONFIRM, *looked), questions=_kept())
    yield "attest_presence", replace(look, instruction="attest_presence", questions=(PRESENCE, *OPEN))


def _kept() -> tuple[Question, ...]:
    return tuple(replace(question, found=Finding.KEPT) for question in LAST)
