"""Where the terminal finds its clips, and which there are."""

import os
from collections.abc import Mapping
from pathlib import Path

from firmware.screen.messages import LANGUAGES

SUFFIX = ".ogg"

Clips = Mapping[str, Mapping[str, Path]]
"""Language, then name of the clip, then its file."""


def voice_folder() -> Path:
    """Where the clips lie: TRAM_VOICE, else where `make` builds them in a checkout."""
    return Path(os.environ.get("TRAM_VOICE") or Path(__file__).parents[3] / ".cache" / "voice")


def clips_in(folder: Path) -> Clips:
    """Every clip that is there; a terminal without clips is silent and works."""
    return {language: _clips(folder / language) for language in LANGUAGES}


def _clips(folder: Path) -> Mapping[str, Path]:
    return {path.stem: path for path in sorted(folder.glob(f"*{SUFFIX}"))}
