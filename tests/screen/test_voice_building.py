"""The voice is built: nothing is missing, nothing is stale, and only what changed is made again."""

from pathlib import Path

import pytest

from firmware.screen.messages import load
from firmware.screen.voice.building import PROVENANCE, RECORDED, build, read_provenance
from firmware.screen.voice.library import clips_in, voice_folder
from firmware.screen.voice.rendering import Studio, ToolFailed, studio
from firmware.screen.voice.script import Clip, script

HELLO = Clip("en", "instruction.hello", "Hello and welcome")
SMALLEST_BYTES, LARGEST_MB = 4_000, 6.0
CLIPS = (HELLO, Clip("vi", "instruction.hello", "Xin chào quý vị"))


@pytest.fixture(scope="module")
def tools() -> Studio:
    return studio()


def test_no_clip_of_the_terminal_is_missing_or_says_an_older_text() -> None:
    made = {path: origin["text_sha256"] for path, origin in read_provenance(voice_folder()).items()}

    assert made == {f"{clip.language}/{clip.name}.ogg": clip.text_sha256 for clip in script(load())}, (
        "run `make voice`"
    )


def test_every_clip_is_there_and_a_whole_language_stays_small() -> None:
    for language, clips in clips_in(voice_folder()).items():
        sizes = {name: path.stat().st_size for name, path in clips.items()}
        assert sizes.keys() == {clip.name for clip in script(load()) if clip.language == language}
        assert min(sizes.values()) >= SMALLEST_BYTES
        assert sum(sizes.values()) <= LARGEST_MB * 1e6


def test_what_did_not_change_is_kept_and_what_changed_is_made_again(tmp_path: Path, tools: Studio) -> None:
    assert build(tmp_path, CLIPS, tools).made == 2
    english, vietnamese = (tmp_path / f"{clip.language}/{clip.name}.ogg" for clip in CLIPS)
    before = english.read_bytes(), vietnamese.stat().st_mtime_ns

    again = build(tmp_path, (Clip("en", HELLO.name, "Welcome, everybody"), CLIPS[1]), tools)

    assert (again.made, again.kept) == (1, 1)
    assert english.read_bytes() != before[0]
    assert vietnamese.stat().st_mtime_ns == before[1]


def test_the_same_text_becomes_the_same_bytes(tmp_path: Path, tools: Studio) -> None:
    for name in ("one", "two"):
        build(tmp_path / name, (HELLO,), tools)
    one, two = ((tmp_path / name / "en/instruction.hello.ogg").read_bytes() for name in ("one", "two"))

    assert one == two


def test_a_clip_that_nobody_says_any_more_goes(tmp_path: Path, tools: Studio) -> None:
    build(tmp_path, CLIPS, tools)
    build(tmp_path, CLIPS[:1], tools)

    assert [path.name for path in tmp_path.rglob("*.ogg")] == ["instruction.hello.ogg"]


def test_a_lost_clip_is_made_again(tmp_path: Path, tools: Studio) -> None:
    build(tmp_path, CLIPS, tools)
    (tmp_path / "vi/instruction.hello.ogg").unlink()

    assert build(tmp_path, CLIPS, tools).made == 1


def test_a_recording_of_the_same_name_is_taken_instead(tmp_path: Path, tools: Studio) -> None:
    recording = tmp_path / "studio/en/instruction.hello.ogg"
    recording.parent.mkdir(parents=True)
    recording.write_bytes(b"OggS: a human voice")
    voice = tmp_path / "voice"

    build(voice, CLIPS, tools, tmp_path / "studio")

    assert (voice / "en/instruction.hello.ogg").read_bytes() == b"OggS: a human voice"
    origins = read_provenance(voice)
    assert origins["en/instruction.hello.ogg"]["made_by"] == RECORDED
    assert "eSpeak NG" in origins["vi/instruction.hello.ogg"]["made_by"]


def test_a_build_that_stopped_half_way_is_not_taken_for_a_whole_one(tmp_path: Path, tools: Studio) -> None:
    build(tmp_path, CLIPS, tools)
    deaf = Studio(str(tmp_path / "no-such-program"), tools.sox, "another version")
    with pytest.raises(ToolFailed, match="no-such-program did not do its work"):
        build(tmp_path, CLIPS, deaf)

    assert not (tmp_path / PROVENANCE).exists()
    assert build(tmp_path, CLIPS, tools).made == 2
