"""What flashing one card came to, for people and for a file."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from host_tools.flash.flashing import FirstChunk, Tally
from host_tools.flash.image import CheckedImage

FORMAT = "tram-flash-1"
SHOWN_CHUNKS = 16  # of a card that is bad all over


class Verdict(StrEnum):
    """How it ended."""

    GOOD = "good"
    BAD = "bad"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Target:
    """The card as the technician knows it; model and serial are "" for a file."""

    path: Path
    size_bytes: int
    model: str
    serial: str
    reads_past_cache: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One card. began_at: UTC, ISO 8601. fault, hint: "" for a good card."""

    began_at: str
    verdict: Verdict
    image: CheckedImage
    target: Target
    tally: Tally
    fault: str = ""
    hint: str = ""


def to_json(report: Report) -> str:
    """The report as a document, for the bench's files."""
    return json.dumps(_document(report), indent=2, ensure_ascii=False) + "\n"


def write_report(file: Path, text: str) -> bool:
    """Write a report; False, and an error said, when that cannot be."""
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        print(f"error: {file}: {error.strerror}; check the path given to --report", file=sys.stderr)
        return False
    return True


def _document(report: Report) -> dict[str, Any]:
    tally, target, image = report.tally, report.target, report.image
    return {
        "format": FORMAT,
        "began_at": report.began_at,
        "verdict": report.verdict,
        "fault": report.fault,
        "hint": report.hint,
        "device": {
            "path": str(target.path),
            "model": target.model,
            "serial": target.serial,
            "bytes": target.size_bytes,
        },
        "image": {
            "file": str(image.file),
            "bytes": image.size_bytes,
            "manifest": None if image.manifest is None else str(image.manifest),
        },
        "first_chunk": tally.first_chunk,
        "probe": None if tally.probed is None else asdict(tally.probed),
        "written": _pace(tally.written_bytes, tally.write_s),
        "read_back": {
            **_pace(tally.read_bytes, tally.read_s),
            "past_cache": target.reads_past_cache,
            "bad_chunks": [asdict(chunk) for chunk in tally.bad_chunks],
        },
    }


def _pace(size: int, duration_s: float) -> dict[str, float | int]:
    return {"bytes": size, "seconds": round(duration_s, 3), "mb_per_s": round(_mb_per_s(size, duration_s), 1)}


def _mb_per_s(size: int, duration_s: float) -> float:
    return size / duration_s / 1e6 if duration_s > 0 else 0.0


def lines(report: Report) -> Iterator[str]:
    """The report in a few plain lines."""
    tally, target = report.tally, report.target
    size = f"{target.size_bytes / 1e9:.2f} GB"
    yield f"card      {target.path}  {size}  {target.model or '-'}  {target.serial or '-'}"
    yield f"image     {report.image.file}  {report.image.size_bytes} bytes, {_manifest_words(report.image)}"
    if tally.probed is not None:
        marks, lost = tally.probed.marks, len(tally.probed.lost_offsets)
        yield f"capacity  {marks - lost} of {marks} marks came back"
    yield f"written   {_pace_words(tally.written_bytes, tally.write_s)}"
    yield f"read      {_pace_words(tally.read_bytes, tally.read_s)}, {_cache_words(target)}"
    for chunk in tally.bad_chunks[:SHOWN_CHUNKS]:
        yield f"bad       chunk {chunk.number}: {chunk.fault}"
    if len(tally.bad_chunks) > SHOWN_CHUNKS:
        yield f"bad       and {len(tally.bad_chunks) - SHOWN_CHUNKS} more chunks"
    yield f"verdict   {report.verdict}: {_consequence(tally.first_chunk)}"


def _manifest_words(image: CheckedImage) -> str:
    return "no manifest to compare it with" if image.manifest is None else f"as {image.manifest.name} says"


def _cache_words(target: Target) -> str:
    return "past the cache" if target.reads_past_cache else "THROUGH THE CACHE, which proves little"


def _pace_words(size: int, duration_s: float) -> str:
    return f"{size} bytes in {duration_s:.1f} s, {_mb_per_s(size, duration_s):.1f} MB/s"


def _consequence(first_chunk: FirstChunk) -> str:
    match first_chunk:
        case FirstChunk.UNTOUCHED:
            return "nothing was written"
        case FirstChunk.EMPTY:
            return "the card is empty at its beginning and starts nothing"
        case FirstChunk.UNKNOWN:
            return "the beginning of the card could not be emptied: destroy it, or flash it again"
        case FirstChunk.IMAGE:
            return "the card holds the image, every byte was read back"
