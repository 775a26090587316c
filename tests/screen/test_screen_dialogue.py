"""What is said between booth and page, before any socket."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.screen.dialogue import Drawn, Said, Unintelligible, asks_the_same, is_asked, read, view_text
from firmware.screen.view import Answer, AnswerKind, ItemState, ProgressItem, ReviewItem, View
from firmware.visit.phases import Phase

REVIEW = View(
    Phase.REVIEW,
    "review",
    parameters=(("initials", "N. V. A."),),
    review=(ReviewItem("finger_1", ItemState.GOOD, 71, None, "", b"\x89PNG"),),
    asks=(AnswerKind.CONFIRM, AnswerKind.RETAKE),
)


def word(serial: object, kind: object, value: object) -> str:
    return json.dumps({"serial": serial, "kind": kind, "value": value})


def test_a_view_carries_every_field_and_its_pictures_in_base64() -> None:
    told = json.loads(view_text(REVIEW, 3))

    assert told["serial"] == 3
    assert told["view"]["phase"] == "review"
    assert told["view"]["parameters"] == [["initials", "N. V. A."]]
    assert told["view"]["review"][0] == {
        "key": "finger_1",
        "state": "good",
        "score": 71,
        "advice": None,
        "reason": "",
        "picture": "iVBORw==",
        "may_retake": True,
        "kept_earlier": False,
    }


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("start", ""),
        ("number", "079085001234"),
        ("purpose", "exchange"),
        ("purpose", "re_issue"),
        ("birth", "14082021"),
        ("birth", "1932"),
        ("reason", "lost"),
        ("relation", "mother"),
        ("seated", ""),
        ("pin", "1234"),
        ("bedside", ""),
        ("looked", "glasses medical"),
        ("looked", "rest"),
        ("looked", ""),
        ("retake", "finger_10"),
        ("retake", "eye_left"),
        ("cannot_give", "bandaged"),
        ("language", "en"),
    ],
)
def test_what_the_page_says_is_understood(kind: str, value: str) -> None:
    assert read(word(4, kind, value)) == Said(4, Answer(AnswerKind(kind), value))


def test_the_page_says_when_a_picture_is_drawn() -> None:
    assert read('{"drawn": true}') == Drawn()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"drawn": false}',
        "[" * 200,
        word(True, "start", ""),
        word("4", "start", ""),
        word(4, "reboot", ""),
        word(4, "start", "now"),
        word(4, "start", None),
        word(4, "number", "79085001234"),
        word(4, "number", "٠٧٩٠٨٥٠٠١٢٣٤"),
        word(4, "purpose", "holiday"),
        word(4, "birth", "140820"),
        word(4, "birth", "32"),
        word(4, "reason", "because"),
        word(4, "relation", "neighbour"),
        word(4, "seated", "yes"),
        word(4, "pin", "1"),
        word(4, "looked", "glasses"),
        word(4, "looked", "glasses blue"),
        word(4, "retake", "finger_11"),
        word(4, "cannot_give", "lazy"),
        word(4, "language", "vien"),
        '{"serial": 4, "kind": "start", "value": "", "more": 1}',
    ],
)
def test_what_the_page_never_says_is_not_understood(text: str) -> None:
    with pytest.raises(Unintelligible):
        read(text)


def test_a_long_text_is_not_even_parsed() -> None:
    with pytest.raises(Unintelligible, match="too long"):
        read(word(4, "start", "x" * 10_000))


@given(st.text(max_size=300))
def test_no_text_does_anything_but_be_understood_or_not(text: str) -> None:
    try:
        read(text)
    except Unintelligible:
        return
    assert json.loads(text)


def test_an_answer_counts_only_under_the_serial_of_the_view_it_saw() -> None:
    assert is_asked(Said(3, Answer(AnswerKind.CONFIRM)), REVIEW, 3)
    assert not is_asked(Said(2, Answer(AnswerKind.CONFIRM)), REVIEW, 3)


def test_an_answer_that_the_view_does_not_ask_for_does_not_count() -> None:
    assert not is_asked(Said(3, Answer(AnswerKind.CANCEL)), REVIEW, 3)


def test_only_what_is_under_review_can_be_taken_again() -> None:
    assert is_asked(Said(3, Answer(AnswerKind.RETAKE, "finger_1")), REVIEW, 3)
    assert not is_asked(Said(3, Answer(AnswerKind.RETAKE, "finger_2")), REVIEW, 3)


def test_only_a_choice_that_is_offered_counts() -> None:
    why = View(Phase.IDENTIFY, "request_reason", choices=("lost", "unusable"), asks=(AnswerKind.REASON,))

    assert is_asked(Said(3, Answer(AnswerKind.REASON, "lost")), why, 3)
    assert not is_asked(Said(3, Answer(AnswerKind.REASON, "age")), why, 3)


def test_a_question_for_the_purpose_without_choices_is_for_any() -> None:
    purpose = View(Phase.IDENTIFY, "purpose", asks=(AnswerKind.PURPOSE,))

    assert json.loads(view_text(purpose, 1))["view"]["choices"] == ["first_issue", "exchange", "re_issue"]
    assert is_asked(Said(1, Answer(AnswerKind.PURPOSE, "re_issue")), purpose, 1)


def test_a_new_hint_or_progress_is_still_the_same_question() -> None:
    hinted = replace(
        REVIEW, hint="face_closer", progress=(ProgressItem("portrait", ItemState.GOOD),), language="en"
    )

    assert asks_the_same(REVIEW, hinted)


def test_another_target_is_another_question() -> None:
    assert not asks_the_same(replace(REVIEW, target="finger_1"), replace(REVIEW, target="finger_2"))
