"""Brings a folder of clips up to date with the messages: only what changed is made again."""

import json
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from firmware.screen.voice.library import SUFFIX
from firmware.screen.voice.rendering import VOICES, WORDS_A_MINUTE, Studio
from firmware.screen.voice.script import Clip

PROVENANCE = "provenance.json"
AT_ONCE = 2
RECORDED = "recording"

Provenance = dict[str, dict[str, str]]
"""Path of a clip below the folder, then how it was made: text_sha256, made_by, voice."""


@dataclass(frozen=True, slots=True)
class Built:
    """How many clips were made, and how many had not changed."""

    made: int
    kept: int


def build(folder: Path, clips: Iterable[Clip], studio: Studio, recordings: Path | None = None) -> Built:
    """Every clip in `folder`, from `recordings` where one of the same name is there, and nothing else."""
    wanted = {_path(clip): _origin(clip, studio, recordings) for clip in clips}
    known = read_provenance(folder)
    stale = [
        clip for clip in clips if known.get(_path(clip)) != wanted[_path(clip)] or not _is_there(folder, clip)
    ]
    (folder / PROVENANCE).unlink(missing_ok=True)  # what is half built is built again
    with ThreadPoolExecutor(AT_ONCE) as workers:
        list(workers.map(partial(_make, folder, studio, recordings), stale))
    _tidy(folder, wanted)
    (folder / PROVENANCE).write_text(json.dumps(wanted, indent=1, sort_keys=True) + "\n", "utf-8")
    return Built(len(stale), len(wanted) - len(stale))


def read_provenance(folder: Path) -> Provenance:
    """How each clip was made; nothing when that is not known."""
    try:
        return json.loads((folder / PROVENANCE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _path(clip: Clip) -> str:
    return f"{clip.language}/{clip.name}{SUFFIX}"


def _is_there(folder: Path, clip: Clip) -> bool:
    return (folder / _path(clip)).is_file()


def _origin(clip: Clip, studio: Studio, recordings: Path | None) -> dict[str, str]:
    if recordings is not None and _is_there(recordings, clip):
        return {"text_sha256": clip.text_sha256, "made_by": RECORDED, "voice": ""}
    voice = f"{VOICES[clip.language]}, {WORDS_A_MINUTE} words a minute"
    return {"text_sha256": clip.text_sha256, "made_by": studio.made_by, "voice": voice}


def _make(folder: Path, studio: Studio, recordings: Path | None, clip: Clip) -> None:
    path = folder / _path(clip)
    path.parent.mkdir(parents=True, exist_ok=True)
    if recordings is not None and _is_there(recordings, clip):
        shutil.copyfile(recordings / _path(clip), path)
    else:
        studio.render(clip, path)


def _tidy(folder: Path, wanted: Iterable[str]) -> None:
    kept = set(wanted)
    for path in folder.glob(f"*/*{SUFFIX}"):
        if path.relative_to(folder).as_posix() not in kept:
            path.unlink()
