"""The self-test's results as text for a terminal window, and as a document for a program."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from firmware.health.fault_table import FaultTable, Language, Verdict
from firmware.health.findings import CheckResult, Device, Figure

_SHOWN = {Verdict.GOOD: "good", Verdict.WARNING: "WARNING", Verdict.FAULT: "FAULT"}
_WIDTH = max(map(len, Device))
_INDENT = " " * (_WIDTH + 1)


def result_lines(result: CheckResult, table: FaultTable, language: Language) -> Iterator[str]:
    """One line for a device; for a fault also its detail and what to do."""
    verdict = _SHOWN[table.verdict(result)]
    figures = ", ".join(_figure_text(figure) for figure in result.figures)
    if result.fault is None:
        yield f"{result.device:<{_WIDTH}} {verdict:<8} {figures}".rstrip()
        return
    advice = table.advice(result.fault, language)
    yield f"{result.device:<{_WIDTH}} {verdict:<8} {result.fault}: {advice.means}"
    for line in (figures, result.detail):
        if line:
            yield f"{_INDENT}{_printable(line)}"
    yield f"{_INDENT}-> {advice.do}"


def closing_line(board: str, results: Sequence[CheckResult], table: FaultTable) -> str:
    """How many devices stand how, and the codes to pass on."""
    counted = Counter(table.verdict(result) for result in results)
    counts = ", ".join(f"{counted[verdict]} {_SHOWN[verdict].lower()}" for verdict in Verdict)
    codes = " ".join(result.fault.value for result in results if result.fault is not None)
    return f"{board}: {counts}{f'; codes: {codes}' if codes else ''}"


def document(
    board: str, results: Sequence[CheckResult], table: FaultTable, language: Language
) -> dict[str, Any]:
    """Everything that was found, as JSON has it."""
    return {"board": board, "checks": [_entry(result, table, language) for result in results]}


def _entry(result: CheckResult, table: FaultTable, language: Language) -> dict[str, Any]:
    advice = None if result.fault is None else table.advice(result.fault, language)
    return {
        "device": result.device.value,
        "verdict": table.verdict(result).value,
        "code": None if result.fault is None else result.fault.value,
        "means": None if advice is None else advice.means,
        "do": None if advice is None else advice.do,
        "detail": result.detail,
        "figures": {figure.name: {"value": figure.value, "unit": figure.unit} for figure in result.figures},
    }


def _figure_text(figure: Figure) -> str:
    value = f"{figure.value:g}" if isinstance(figure.value, float) else str(figure.value)
    return f"{figure.name} {value} {figure.unit}".rstrip()


def _printable(text: str) -> str:
    """`text` without control characters: a process may have any name."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
