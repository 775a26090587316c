"""Everything that a person should not have to read is said, in every language, with nothing left blank."""

import pytest

from firmware.screen.messages import LANGUAGES, load
from firmware.screen.voice.script import Clip, script

MESSAGES = load()
CLIPS = script(MESSAGES)
SPOKEN_TABLES = ("instruction", "detail", "hint", "help", "purpose", "request_reason", "relation")


def clips_of(language: str) -> dict[str, str]:
    return {clip.name: clip.text for clip in CLIPS if clip.language == language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_that_is_spoken_has_its_clips(language: str) -> None:
    said = {".".join(name.split(".")[:2]) for name in clips_of(language)}
    asked = {f"{table}.{name}" for table in SPOKEN_TABLES for name in MESSAGES[language][table]}
    notice = {f"notice.{part}" for part in ("data", "purpose", "who", "basis", "rights")}

    assert said == asked | notice | {"cancel.question", "cannot_give.question"}


def test_every_language_has_the_same_clips() -> None:
    assert clips_of("vi").keys() == clips_of("en").keys()


def test_no_clip_says_a_blank() -> None:
    assert [clip.name for clip in CLIPS if "{" in clip.text or not clip.text.strip()] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("instruction.finger_place.finger_1", "Place your right thumb on the glass"),
        ("instruction.eye_look.eye_left", "Look into the lens with your left eye"),
        ("cannot_give.question.portrait", "Why can the portrait not be given? You still get your card."),
        ("notice.data", "What is taken? Your personal number, a portrait"),
    ],
)
def test_a_clip_says_the_whole_text_with_its_target(name: str, text: str) -> None:
    assert clips_of("en")[name].startswith(text)


def test_a_finger_is_asked_for_by_ten_clips_and_never_by_an_eye() -> None:
    about = [name for name in clips_of("vi") if name.startswith("instruction.finger_place.")]

    assert len(about) == 10
    assert all(name.rsplit(".", 1)[1].startswith("finger_") for name in about)


def test_a_changed_text_is_another_clip() -> None:
    assert Clip("vi", "hint.a", "Một").text_sha256 != Clip("vi", "hint.a", "Hai").text_sha256
