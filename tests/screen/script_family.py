"""More of a visit as a screen sees it: look-up and reasons, the guardian and the child, the unknown clock."""

from collections.abc import Iterator
from dataclasses import replace

from firmware.records.request import REASONS, Purpose, Relation
from firmware.screen.view import AnswerKind, Preview, View
from firmware.visit.phases import Phase

CLAIM = (("number", "0790••••1234"), ("initials", "N. V. A."))
ALWAYS = (AnswerKind.LANGUAGE, AnswerKind.HELP, AnswerKind.CANCEL)
OF_A_CHILD = (
    ("number", "0793••••5678"),
    ("initials", "T. M. K."),
    ("register", "unknown"),
    ("relation", "mother"),
    ("purpose", "first_issue"),
)
OF_A_GUARDIAN = (("number", "0791••••4321"), ("initials", "L. T. H."))


def identify() -> Iterator[tuple[str, View]]:
    """Everything between a claim and a plan."""
    yield "looking_up", _view(Phase.IDENTIFY, "looking_up")
    claim = _view(Phase.IDENTIFY, "claim_confirm", AnswerKind.CONFIRM, AnswerKind.TYPE_INSTEAD)
    for verdict in ("match", "differs", "absent", "unknown"):
        yield f"claim_{verdict}", replace(claim, parameters=(*CLAIM, ("register", verdict)))
    yield "claim_typed", replace(claim, parameters=(CLAIM[0], ("register", "match")))
    yield "type_birth", _view(Phase.IDENTIFY, "type_birth", AnswerKind.BIRTH)
    yield "birth_invalid", _view(Phase.IDENTIFY, "birth_invalid", AnswerKind.BIRTH)
    purpose = _view(Phase.IDENTIFY, "purpose", AnswerKind.PURPOSE)
    yield "purpose_chosen", replace(purpose, choices=tuple(Purpose))
    why = _view(Phase.IDENTIFY, "request_reason", AnswerKind.REASON)
    for name in (Purpose.EXCHANGE, Purpose.RE_ISSUE):
        yield f"reason_{name}", replace(why, choices=REASONS[name])


def guardian() -> Iterator[tuple[str, View]]:
    """The grown-up beside a child, then the child."""
    card = _view(Phase.GUARDIAN, "guardian_card", AnswerKind.TYPE_INSTEAD)
    yield "guardian_card", replace(card, preview=Preview.PORTRAIT)
    for name in ("number", "number_invalid", "is_child", "too_young"):
        yield f"guardian_{name}", _view(Phase.GUARDIAN, f"guardian_{name}", AnswerKind.NUMBER)
    claim = _view(Phase.GUARDIAN, "guardian_confirm", AnswerKind.CONFIRM, AnswerKind.TYPE_INSTEAD)
    yield "guardian_confirm", replace(claim, parameters=OF_A_GUARDIAN)
    who = _view(Phase.GUARDIAN, "guardian_relation", AnswerKind.RELATION)
    yield "guardian_relation", replace(who, choices=tuple(Relation))
    yield "guardian_declare", _view(Phase.GUARDIAN, "guardian_declare", AnswerKind.AGREE)
    yield "child_assent", _view(Phase.GUARDIAN, "child_assent", AnswerKind.AGREE)


def review() -> Iterator[tuple[str, View]]:
    """A child of whom nothing is taken."""
    facts = _view(Phase.REVIEW, "review", AnswerKind.CONFIRM)
    yield "review_facts", replace(facts, parameters=OF_A_CHILD)


def clock() -> Iterator[tuple[str, View]]:
    """A terminal that does not know the date; no visit runs."""
    yield "clock_unknown", View(Phase.ENDED, "clock_unknown", asks=(AnswerKind.PIN,))
    yield "clock_pin_wrong", View(Phase.ENDED, "pin_wrong", asks=(AnswerKind.PIN,))
    yield "clock_locked", View(Phase.ENDED, "pin_wrong")
    for name in ("clock_type", "clock_invalid"):
        yield name, View(Phase.ENDED, name, asks=(AnswerKind.NUMBER,))


def _view(phase: Phase, instruction: str, *asks: AnswerKind) -> View:
    return View(phase, instruction, asks=(*asks, *ALWAYS))
