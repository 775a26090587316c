"""The one table of fault codes: how grave each is, what it means, and what a technician does about it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from firmware.health.findings import CheckResult, FaultCode
from hw.tables import TableInvalid, parse_table

_FILE = Path(__file__).with_name("faults.toml")


class Verdict(StrEnum):
    """How a device stands. A warning keeps nobody from being enrolled."""

    GOOD = "good"
    WARNING = "warning"
    FAULT = "fault"


class Language(StrEnum):
    """What technicians read."""

    ENGLISH = "en"
    VIETNAMESE = "vi"


@dataclass(frozen=True, slots=True)
class Advice:
    """means: what is wrong, in a few words. do: what helps, the likeliest first."""

    means: str
    do: str


@dataclass(frozen=True, slots=True)
class _Entry:
    verdict: Verdict
    en: Advice
    vi: Advice


class FaultTable:
    """What each code says."""

    def __init__(self, entries: Mapping[FaultCode, _Entry]) -> None:
        self._entries = entries

    def verdict(self, result: CheckResult) -> Verdict:
        """How grave a result is."""
        return Verdict.GOOD if result.fault is None else self._entries[result.fault].verdict

    def advice(self, code: FaultCode, language: Language) -> Advice:
        """What the code means and what to do."""
        entry = self._entries[code]
        return entry.en if language is Language.ENGLISH else entry.vi


def load_fault_table(path: Path = _FILE) -> FaultTable:
    """The table in `path`; TableInvalid unless it has each code once and none beside them."""
    tables = tomllib.loads(path.read_text("utf-8"))
    codes = {code.value for code in FaultCode}
    if codes != set(tables):
        wrong, missing = sorted(set(tables) - codes), sorted(codes - set(tables))
        raise TableInvalid(f"{path.name}: unknown {wrong}, missing {missing}")
    return FaultTable({FaultCode(code): parse_table(_Entry, entry, code) for code, entry in tables.items()})
