"""Make the terminal's voice: one clip a message and language, in a folder that the image ships."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from firmware.screen import messages
from firmware.screen.voice.building import build
from firmware.screen.voice.rendering import ToolFailed, studio
from firmware.screen.voice.script import script

UNAVAILABLE = 69  # sysexits.h: EX_UNAVAILABLE


def main(words: list[str] | None = None) -> int:
    """Bring the folder up to date; 69 when espeak-ng or sox cannot do its work."""
    parser = ArgumentParser(prog="python -m firmware.screen.voice", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the clips go: LANGUAGE/NAME.ogg and provenance.json")
    parser.add_argument(
        "--recordings", type=Path, metavar="DIR", help="studio recordings of the same names, taken instead"
    )
    arguments = parser.parse_args(words)
    try:
        built = build(arguments.folder, script(messages.load()), studio(), arguments.recordings)
    except ToolFailed as error:
        sys.stderr.write(f"error: {error}\n")
        return UNAVAILABLE
    sys.stdout.write(f"voice: {built.made} clips made, {built.kept} unchanged\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
