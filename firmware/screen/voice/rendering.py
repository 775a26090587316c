"""Makes clips with espeak-ng and sox: programs that run while building, neither linked nor shipped."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from firmware.screen.voice.script import Clip

VOICES = {"vi": "vi", "en": "en-gb"}  # Northern Vietnamese, British English
WORDS_A_MINUTE = 150  # espeak-ng's own default of 175 is fast for an elderly listener
PEAK_DB = -3
QUALITY = 1  # of Vorbis: about 40 kbit/s; the whole voice of one language is a few MB
LIMIT_S = 30.0  # of one clip; the longest takes under a second


class ToolFailed(Exception):
    """A clip cannot be made; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Studio:
    """The two programs, found and asked for their versions. made_by: what provenance says of them."""

    espeak: str
    sox: str
    made_by: str

    def render(self, clip: Clip, path: Path) -> None:
        """Write the clip as Ogg Vorbis, the same bytes for the same text and programs."""
        speed = str(WORDS_A_MINUTE)
        spoken = _run(
            [self.espeak, "-v", VOICES[clip.language], "-s", speed, "--stdin", "--stdout"], clip.text
        )
        encode = [self.sox, "-R", "-V1", "--ignore-length", "-t", "wav", "-"]
        _run([*encode, "-C", str(QUALITY), "-t", "ogg", str(path), "norm", str(PEAK_DB)], spoken)


def studio() -> Studio:
    """What is installed on this machine; ToolFailed when something is not."""
    espeak, sox = _find("espeak-ng"), _find("sox")
    told, packed = (_run([program, "--version"], "").decode().strip() for program in (espeak, sox))
    return Studio(espeak, sox, f"{told.split('  ')[0]}; {packed.split()[-2]} {packed.split()[-1]}")


def _find(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise ToolFailed(f"{program} is not installed: run `make voice`, or apt-get install {program}")
    return found


def _run(command: list[str], given: str | bytes) -> bytes:
    content = given if isinstance(given, bytes) else given.encode()
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=True, timeout=LIMIT_S)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise ToolFailed(f"{command[0]} did not do its work: {error}") from error
    return done.stdout
