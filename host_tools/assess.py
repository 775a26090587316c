"""`assess`: the quality of image files as the terminal would judge them."""

import csv
import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from host_tools.assess_fingerprint import FINGERPRINT
from host_tools.assess_iris import IRIS
from host_tools.assess_portrait import PORTRAIT
from host_tools.command import Command, add_commands, do_with
from host_tools.modality import Assess, Assessed, AssessedModality

MODALITIES: tuple[AssessedModality, ...] = (FINGERPRINT, PORTRAIT, IRIS)
_FIRST_COLUMNS = ("file", "score", "accepted", "advice", "ms")


class FileUnusable(Exception):
    """A file cannot be read or written; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one file came to. duration_ms: the assessment alone, without reading the file."""

    file: Path
    assessed: Assessed
    duration_ms: float


def assess_files(modality: AssessedModality, arguments: Namespace) -> int:
    """Assess every file, print each, write the CSV; 1 when any file was unusable."""
    assess = modality.prepare(arguments)
    rows: list[Row] = []
    faults = 0
    for file in cast("list[Path]", arguments.files):
        try:
            rows.append(_assess_file(assess, file, in_colour=modality.in_colour))
            print(_text(rows[-1]))
        except FileUnusable as fault:
            faults += 1
            print(f"error: {fault}", file=sys.stderr)
    return 1 if faults + _save(rows, arguments.csv) else 0


def _assess_file(assess: Assess, file: Path, *, in_colour: bool) -> Row:
    image = read_image(file, in_colour=in_colour)
    begun_s = time.perf_counter()
    assessed = assess(image)
    return Row(file, assessed, (time.perf_counter() - begun_s) * 1000.0)


def read_image(file: Path, *, in_colour: bool) -> NDArray[np.uint8]:
    """The picture in `file`: (rows, columns, 3) RGB or (rows, columns) grey, uint8; else FileUnusable."""
    try:
        encoded = np.frombuffer(file.read_bytes(), np.uint8)
    except OSError as error:
        raise FileUnusable(f"{file}: {error.strerror}; check the path") from error
    flag = cv2.IMREAD_COLOR_RGB if in_colour else cv2.IMREAD_GRAYSCALE
    try:
        image = cv2.imdecode(encoded, flag) if encoded.size else None
    except cv2.error as error:  # more pixels than OpenCV unpacks
        raise FileUnusable(f"{file}: a picture of impossible size; give one of a camera's") from error
    if image is None:
        raise FileUnusable(f"{file}: not a picture; give a PNG, JPEG, BMP, PGM or TIFF file")
    return image.astype(np.uint8, copy=False)


def _text(row: Row) -> str:
    report = row.assessed.report
    verdict = "accepted" if report.accepted else f"rejected ({report.advice or 'no advice'})"
    lines = [f"{row.file}: score {report.score}, {verdict}, {row.duration_ms:.1f} ms, by {report.algorithm}"]
    lines += [f"  {part.name:<28}{part.value:>10.3f}  {part.verdict}" for part in report.components]
    lines += [f"  {name:<28}{value:>10.3f}" for name, value in row.assessed.extras]
    return "\n".join(lines)


def _save(rows: list[Row], file: Path | None) -> int:
    """Write the CSV when one was asked for; the number of faults."""
    if file is None:
        return 0
    table = [_cells(row) for row in rows]
    columns = list(dict.fromkeys([*_FIRST_COLUMNS, *(name for cells in table for name in cells)]))
    try:
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
    except OSError as error:
        print(f"error: {file}: {error.strerror}; check the path given to --csv", file=sys.stderr)
        return 1
    return 0


def _cells(row: Row) -> dict[str, object]:
    report = row.assessed.report
    first = (row.file, report.score, report.accepted, report.advice or "", f"{row.duration_ms:.2f}")
    parts: dict[str, object] = {part.name: f"{part.value:.6g}" for part in report.components}
    extras: dict[str, object] = {name: f"{value:.6g}" for name, value in row.assessed.extras}
    return {**dict(zip(_FIRST_COLUMNS, first, strict=True)), **parts, **extras}


def assess_command(modalities: tuple[AssessedModality, ...]) -> Command:
    """The command `assess`, to be followed by the name of one of `modalities`."""
    commands = tuple(Command(each.name, each.summary, partial(_configure, each)) for each in modalities)
    summary = "quality of picture files: score, components, advice, milliseconds"
    return Command("assess", summary, partial(add_commands, commands=commands))


def _configure(modality: AssessedModality, parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a picture")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="also write a table, one row a picture")
    modality.configure(parser)
    do_with(parser, partial(assess_files, modality))


ASSESS = assess_command(MODALITIES)
