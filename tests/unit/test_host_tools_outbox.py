"""What `outbox` prints of a terminal's records, and when it asks for help."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from firmware.outbox.disk import PosixDisk
from firmware.sealing.return_notice import ReturnNotice
from firmware.uplink.notes import Notes, SetAside
from host_tools.__main__ import main
from host_tools.outbox import outbox_lines, outbox_rows
from tests.sealing_world import NOON
from tests.uplink.world import Ward

GOLDEN = Path(__file__).parents[1] / "golden"
RETURNED = "cd" * 16


@pytest.fixture
def ward(tmp_path: Path) -> Ward:
    """A terminal with a record of each state, saved an hour or more before noon."""
    ward = Ward(tmp_path)
    ids = ward.save(4)
    for hours, record_id in enumerate(ids, 1):
        saved_at = (NOON - timedelta(hours=13 * hours, minutes=5)).timestamp()
        os.utime(tmp_path / "outbox" / record_id / "manifest.json", (saved_at, saved_at))
    _, acknowledged, sent, aside = ids
    ward.clear()
    _put(ward, acknowledged)
    ward.clear()
    _put(ward, sent)
    Notes(tmp_path / "uplink", PosixDisk()).set_aside(aside, SetAside("signature_wrong", NOON))
    notice = ReturnNotice(RETURNED, ("portrait_blurred",), ("portrait",), "2026-03-01T05:00:00Z")
    (tmp_path / "returned" / f"{RETURNED}.json").write_bytes(notice.encode(bytes(64)))
    return ward


def _put(ward: Ward, record_id: str) -> None:
    receipt = ward.centre.receipt(record_id, ward.manifest_sha256(record_id))
    (ward.state / "receipts" / f"{record_id}.json").write_bytes(receipt)


def test_the_table_shows_where_each_record_stands(ward: Ward) -> None:
    rows = tuple(replace(row, size=row.files * 1900) for row in outbox_rows(ward.state))

    lines = outbox_lines(rows, NOON + timedelta(hours=1), is_whole=True)

    assert "\n".join(lines) + "\n" == (GOLDEN / "outbox.txt").read_text()


def test_records_that_are_set_aside_are_an_error(ward: Ward, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["outbox", str(ward.state)])

    printed = capsys.readouterr()
    assert code == 1
    assert "acknowledged  " not in printed.out
    assert printed.out.endswith("1 waiting, 1 set aside, 1 receipt here, 1 acknowledged, 1 returned\n")
    assert printed.err == "error: records are set aside; keep the terminal and report their reasons\n"


def test_an_outbox_in_order_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Ward(tmp_path).save()

    assert main(["outbox", str(tmp_path)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("harm", [b"", b"[]", b"{}", b'{"returned_at":"soon"}', b"[" * 9_000])
def test_a_notice_that_cannot_be_read_is_shown_as_such(
    tmp_path: Path, harm: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    Ward(tmp_path).clear()
    (tmp_path / "returned" / "\x1b[2J.json").write_bytes(harm)

    assert main(["outbox", str(tmp_path)]) == 0

    printed = capsys.readouterr().out
    assert "unreadable" in printed
    assert "\x1b" not in printed


def test_a_folder_without_outbox_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outbox", str(tmp_path)]) == 1
    assert (
        capsys.readouterr().err
        == f"error: {tmp_path}: no outbox in it; give the state folder of a terminal\n"
    )


def test_the_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["outbox", "--help"])

    assert left.value.code == 0
    assert "--all" in capsys.readouterr().out
