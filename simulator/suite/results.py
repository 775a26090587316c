"""What came of each scenario: for people, and as JUnit XML for CI systems."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

SUITE = "simulator.scenarios"
NOT_IN_XML = {code: "\N{REPLACEMENT CHARACTER}" for code in range(32) if chr(code) not in "\t\n\r"}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one scenario.

    complaints: what is not as it says; empty when all is well. crash: a traceback, or the last words of a
    process that died. replay: the command that plays the same again. bundle: the folder of a failure.
    """

    name: str
    duration_s: float
    complaints: tuple[str, ...] = ()
    crash: str = ""
    replay: str = ""
    bundle: Path | None = None

    @property
    def is_good(self) -> bool:
        """Whether it ended as it says."""
        return not self.complaints


@dataclass(frozen=True, slots=True)
class Results:
    """What came of all of them, in the order of their names."""

    results: tuple[Result, ...]
    duration_s: float
    cpu_s: float

    @property
    def failures(self) -> tuple[Result, ...]:
        """Those that did not end as they say."""
        return tuple(result for result in self.results if not result.is_good)

    def summary(self) -> str:
        """One line."""
        good = len(self.results) - len(self.failures)
        return (
            f"{good} of {len(self.results)} scenarios ended as they say, "
            f"in {self.duration_s:.0f} s with {self.cpu_s:.0f} s of CPU"
        )


def lines_of(result: Result) -> Iterator[str]:
    """What a person reads of one result."""
    yield f"{'good  ' if result.is_good else 'FAILED'} {result.name} ({result.duration_s:.1f} s)"
    for complaint in result.complaints:
        yield f"       {complaint}"
    if result.bundle is not None:
        yield f"       see {result.bundle}"
    if not result.is_good:
        yield f"       replay: {result.replay}"


def junit_xml(results: Results, at: datetime) -> bytes:
    """The file that CI systems read: one test case a scenario. at: when it began."""
    counts = {
        "tests": str(len(results.results)),
        "failures": str(sum(not result.crash for result in results.failures)),
        "errors": str(sum(bool(result.crash) for result in results.failures)),
        "time": f"{results.duration_s:.3f}",
    }
    root = ET.Element("testsuites", counts)
    stamp = at.strftime("%Y-%m-%dT%H:%M:%S")
    suite = ET.SubElement(root, "testsuite", {"name": SUITE, **counts, "skipped": "0", "timestamp": stamp})
    for result in results.results:
        _add_case(suite, result)
    ET.indent(root)
    return ET.tostring(root, "utf-8", xml_declaration=True)


def _add_case(suite: ET.Element, result: Result) -> None:
    duration = f"{result.duration_s:.3f}"
    case = ET.SubElement(suite, "testcase", {"classname": SUITE, "name": result.name, "time": duration})
    if result.is_good:
        return
    kind = "error" if result.crash else "failure"
    wrong = ET.SubElement(case, kind, {"type": kind, "message": _printable(result.complaints[0])})
    where = [f"bundle: {result.bundle}"] if result.bundle else []
    wrong.text = _printable("\n".join((*result.complaints, result.crash, f"replay: {result.replay}", *where)))


def _printable(text: str) -> str:
    """`text` without what XML 1.0 cannot hold."""
    return text.translate(NOT_IN_XML)
