"""What keeps a skipped test from passing unseen."""

from pathlib import Path

from tests.skipped import skipped


def test_a_skipped_test_is_named_with_its_reason(tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"
    junit.write_text(
        """<testsuites><testsuite name="pytest">
        <testcase classname="tests.wire" name="test_a"/>
        <testcase classname="tests.wire" name="test_b"><skipped message="no port"/></testcase>
        </testsuite></testsuites>"""
    )
    assert skipped(junit) == ["tests.wire::test_b: no port"]
