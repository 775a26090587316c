"""`image`: a flashable card image."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import cast

from firmware.identity import SOFTWARE
from firmware.models import data_folder
from firmware.screen.voice.library import voice_folder
from host_tools.command import Command, do_with
from hw.disk_image.base import BaseUnusable
from hw.disk_image.card import build_image
from hw.disk_image.layout import Size, load_layout
from hw.disk_image.staging import Parts
from hw.disk_image.tools import ToolFailed

_STAND_IN = "note: made with a stand-in for Raspberry Pi OS: good for trying the tools, boots nothing"


def _build(arguments: Namespace) -> int:
    base, folder = cast("Path | None", arguments.base), cast("Path", arguments.out)
    voice = voice_folder() if voice_folder().is_dir() else None
    parts = Parts(base, cast("Path | None", arguments.packages), data_folder(), voice, SOFTWARE)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        image = build_image(parts, load_layout(), Size.CARD if base else Size.TRIAL, folder)
    except (BaseUnusable, ToolFailed) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{image}: {image.stat().st_size // 1024 // 1024} MiB, with manifest.json beside it")
    if base is None:
        print(_STAND_IN)
    return 0


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("build/image"),
        metavar="DIR",
        help="folder for tram.img and manifest.json",
    )
    parser.add_argument(
        "--base", type=Path, metavar="DIR", help="root of a Raspberry Pi OS, arm64 (default: a stand-in)"
    )
    parser.add_argument(
        "--packages",
        type=Path,
        metavar="DIR",
        help="the terminal's Python packages, as `make image BASE_ROOTFS=DIR` puts them together",
    )
    do_with(parser, _build)


IMAGE = Command("image", "build a flashable card image with two slots", _configure)
