"""What ids mean to a reader: the terminal's own messages, in both of its languages."""

import functools
import re

from firmware.screen import messages
from simulator.report.markup import Markup, joined, tag

PLACEHOLDER = re.compile(r"\{(\w+)\}")
VIETNAMESE = "vi"


def said(table: str, identifier: str, language: str = "en", target: str | None = None) -> str:
    """The message; a value that the screen filled in is left out, since it may tell of the person."""
    text = _texts()[language].get(table, {}).get(identifier, plain(identifier))
    part = _texts()[language]["target"].get(target or "", "…")
    return PLACEHOLDER.sub(lambda found: part if found[1] == "target" else "…", text)


def in_both(table: str, identifier: str, target: str | None = None) -> Markup:
    """The message in English, and small in Vietnamese."""
    vietnamese = said(table, identifier, VIETNAMESE, target)
    return joined(said(table, identifier, "en", target), " ", tag("small", vietnamese, lang=VIETNAMESE))


def part_name(key: str) -> str:
    """A part as a heading: "Right thumb"."""
    return capital(said("target", key))


def plain(identifier: str) -> str:
    """An id that has no message, as words."""
    return identifier.replace("_", " ")


def capital(text: str) -> str:
    """`text` with a capital letter first."""
    return text[:1].upper() + text[1:]


def duration(seconds: float) -> str:
    """Short and readable: "15 ms", "0.4 s", "38 s", "2 min 17 s"."""
    if seconds < 0.0995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def clock(seconds: float) -> str:
    """A moment of a visit: "2:17.4"."""
    minutes, tenths = divmod(round(seconds * 10), 600)
    return f"{minutes}:{tenths // 10:02d}.{tenths % 10}"


def tick(seconds: float) -> str:
    """A whole second of a visit: "2:17"."""
    return f"{round(seconds) // 60}:{round(seconds) % 60:02d}"


@functools.cache
def _texts() -> messages.Languages:
    return messages.load()
