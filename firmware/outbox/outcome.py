"""How a visit ended that left no record: no name, no number, no biometrics."""

import re
from dataclasses import dataclass
from datetime import datetime

from firmware.records.plain import Json, stamp
from firmware.sealing.canonical import canonical_json

CRASHED = "crashed"
UNKNOWN = "unknown"
OUTCOME_FORMAT = "tram-outcome-1"
_WORD = re.compile(r"[a-z][a-z_]{0,39}", re.ASCII)
_VISIT_ID = re.compile(r"[0-9a-z][0-9a-z-]{3,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class EarlyEnd:
    """Why and where a visit ended. reason, phase: words of the program, such as "walked_away"."""

    visit_id: str
    reason: str
    phase: str
    at: datetime

    def __post_init__(self) -> None:
        checked_visit_id(self.visit_id)
        for word in (self.reason, self.phase):
            if not _WORD.fullmatch(word):
                raise ValueError("not a word of the program")

    @property
    def file_name(self) -> str:
        """Its file in the folder of outcomes."""
        return f"{self.visit_id}.json"

    def encode(self) -> bytes:
        """The outcome as its file holds it."""
        document: dict[str, Json] = {
            "format": OUTCOME_FORMAT,
            "visit_id": self.visit_id,
            "reason": self.reason,
            "phase": self.phase,
            "at": stamp(self.at),
        }
        return canonical_json(document)


def is_visit_id(name: str) -> bool:
    """Whether `name` is made of lower-case letters, digits and dashes, so that it can name a folder."""
    return _VISIT_ID.fullmatch(name) is not None


def checked_visit_id(visit_id: str) -> str:
    """`visit_id` when it is one; else ValueError."""
    if not is_visit_id(visit_id):
        raise ValueError("not a visit id")
    return visit_id
