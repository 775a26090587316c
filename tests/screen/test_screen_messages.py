"""Every language says everything, and says it with the same blanks."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from firmware.capture.notices import EyeNotice, FingerNotice
from firmware.health.findings import FaultCode
from firmware.quality.advice import Advice
from firmware.records.looks import OF_PORTRAIT, SETTLED, Finding, Matter
from firmware.records.refusal import Refusal
from firmware.records.request import Purpose, Relation, RequestReason
from firmware.records.samples import ExceptionReason, EyeSide, FingerPosition
from firmware.screen import messages
from firmware.screen.view import AnswerKind, ItemState
from firmware.visit.capturing import FramedHint
from firmware.visit.claim import ClaimWarning
from firmware.visit.outcomes import Outcome
from firmware.visit.phases import Phase

FIRMWARE = Path(messages.__file__).parents[1]
LANGUAGES = messages.load()
TARGETS = {"portrait", *(f"finger_{n.value}" for n in FingerPosition), *(f"eye_{side}" for side in EyeSide)}
OF_THE_PLACE = {
    FaultCode.PORTRAIT_LAMP_DARK,
    FaultCode.PORTRAIT_LIGHT_UNEVEN,
    FaultCode.PORTRAIT_BACKDROP,
    FaultCode.PORTRAIT_COLOUR_CAST,
    FaultCode.PORTRAIT_LIGHT_STRONG,
}
FINDINGS = {
    *(f"{matter}_{finding}" for matter, findings in SETTLED.items() for finding in findings),
    *(f"{matter}_{finding}" for matter in OF_PORTRAIT for finding in (Finding.AGAIN, Finding.KEPT)),
}


def every_text() -> Iterator[tuple[str, str, str, str]]:
    for language, tables in LANGUAGES.items():
        for table, texts in tables.items():
            for name, text in texts.items():
                yield language, table, name, text


def blanks(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("table", LANGUAGES["vi"])
def test_both_languages_have_the_same_ids_with_the_same_blanks(table: str) -> None:
    vietnamese, english = LANGUAGES["vi"][table], LANGUAGES["en"][table]

    assert {name: blanks(text) for name, text in vietnamese.items()} == {
        name: blanks(text) for name, text in english.items()
    }


def test_there_are_no_tables_in_one_language_only() -> None:
    assert LANGUAGES["vi"].keys() == LANGUAGES["en"].keys()


@pytest.mark.parametrize(
    ("table", "ids"),
    [
        ("phase", set(Phase)),
        ("help", {*Phase, "any"}),
        ("hint", {*Advice, *ClaimWarning, *FingerNotice, *EyeNotice, *FramedHint}),
        ("purpose", set(Purpose)),
        ("request_reason", set(RequestReason)),
        ("relation", set(Relation)),
        ("reason", set(ExceptionReason)),
        ("state", set(ItemState)),
        ("attention", OF_THE_PLACE),
        ("look", set(Matter)),
        ("finding", FINDINGS),
        ("target", TARGETS),
    ],
)
def test_a_closed_set_has_exactly_its_messages(table: str, ids: set[str]) -> None:
    assert LANGUAGES["vi"][table].keys() == ids


CAPTURES = {Phase.PORTRAIT, Phase.FINGERPRINTS, Phase.IRISES}


@pytest.mark.parametrize("ids", [set(Outcome), set(Refusal), CAPTURES], ids=["ends", "refusals", "captures"])
def test_what_ends_refuses_or_begins_a_part_of_a_visit_has_an_instruction(ids: set[str]) -> None:
    assert LANGUAGES["vi"]["instruction"].keys() >= ids


def test_every_answer_has_a_button() -> None:
    assert LANGUAGES["vi"]["button"].keys() >= set(AnswerKind)


def test_a_second_line_belongs_to_an_instruction() -> None:
    assert LANGUAGES["vi"]["detail"].keys() <= LANGUAGES["vi"]["instruction"].keys()


def test_every_text_is_composed_and_without_stray_spaces() -> None:
    for language, table, name, text in every_text():
        assert text == unicodedata.normalize("NFC", text).strip(), (language, table, name)
        assert "  " not in text, (language, table, name)


def test_an_instruction_is_short_enough_to_be_shown_huge() -> None:
    for language, table, name, text in every_text():
        if table in {"instruction", "hint"}:
            assert len(text) <= 52, (language, name)


def test_the_firmware_never_says_what_has_no_message() -> None:
    said = {
        name for path in FIRMWARE.rglob("*.py") for name in _instructions(ast.parse(path.read_text("utf-8")))
    }

    assert said <= LANGUAGES["vi"]["instruction"].keys()


def _instructions(module: ast.Module) -> Iterator[str]:
    for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
        named = [keyword.value for keyword in call.keywords if keyword.arg == "instruction"]
        is_instruct = isinstance(call.func, ast.Attribute) and call.func.attr == "instruct"
        for value in [*named, *(call.args[:1] if is_instruct else [])]:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value
