"""Fail when a JUnit XML file names a skipped test: `python -m tests.skipped FILE`."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET


def skipped(junit: Path) -> list[str]:
    """One line a skipped test, with its reason; an expected failure counts as skipped."""
    cases = ET.parse(junit).iter("testcase")  # noqa: S314 -- pytest wrote the file in this run
    return [
        f"{case.get('classname')}::{case.get('name')}: {reason.get('message')}"
        for case in cases
        if (reason := case.find("skipped")) is not None
    ]


def main() -> int:
    """The exit code: 0 when nothing was skipped."""
    names = skipped(Path(sys.argv[1]))
    for name in names:
        sys.stderr.write(f"skipped: {name}\n")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
