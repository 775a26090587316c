"""What `record compare` prints of two sealed records, and when it asks for a look."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from firmware.outbox.vault import VisitVault
from firmware.sealing.keys import load_key_ring
from host_tools.__main__ import main
from tests.eye_records import LEFT, RIGHT, Pictures, eyes_on, frame, save_eyes
from tests.sealing_world import NAME, NUMBER, SetClock, seeded_bytes

Save = Callable[[Pictures], Path]


@pytest.fixture
def save(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Save:
    """Saves records of eyes under demo keys, each with its own id."""
    assert main(["keys", "--demo", str(tmp_path)]) == 0
    capsys.readouterr()
    state = tmp_path / "state"
    chance = seeded_bytes()

    def saved(pictures: Pictures) -> Path:
        vault = VisitVault(state, load_key_ring(state / "keys"), SetClock(), chance, lambda _: 1 << 40)
        return save_eyes(vault, pictures)

    return saved


def compare(folder: Path, earlier: Path, later: Path) -> int:
    key = folder / "centre" / "private.pem"
    return main(["record", "compare", str(earlier), str(later), "--key", str(key)])


def test_each_later_eye_is_shown_beside_each_earlier_one(
    tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier, later = save(eyes_on(0)), save(eyes_on(1))

    code = compare(tmp_path, earlier, later)

    printed = capsys.readouterr()
    near, far = r"0\.[0-2]\d\d", r"0\.[45]\d\d"
    expected = rf"""earlier  {earlier.name}
later    {later.name}

later  earlier  distance
right  right    {near}
right  left     {far}
left   right    {far}
left   left     {near}

up to 0\.350 it is one eye

as before: the eyes are on the sides on which the earlier record has them
"""
    assert (code, printed.err) == (0, "")
    assert re.fullmatch(expected, printed.out)


def test_swapped_eyes_call_for_both_irises_again(
    tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    code = compare(tmp_path, save(eyes_on(0)), save(eyes_on(1, 601, 600)))

    printed = capsys.readouterr()
    assert code == 1
    assert re.search(r"right  left     0\.[0-2]", printed.out)
    assert printed.err == (
        "error: swapped: the eyes of one person, each on the other's side; no picture tells which record is "
        "wrong, so take both irises again\n"
    )


def test_the_eyes_of_another_person_call_for_a_look(
    tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    code = compare(tmp_path, save(eyes_on(0)), save(eyes_on(1, 602, 603)))

    printed = capsys.readouterr()
    assert code == 1
    assert printed.err.startswith("error: unlike: another person's eyes, one eye given for both")
    assert printed.err.endswith("compare the portraits, then take both irises again\n")


def test_what_cannot_be_compared_is_said_and_asks_for_nothing(
    tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = np.full((480, 640), 120, np.uint8)
    code = compare(tmp_path, save({RIGHT: frame(600, 0), LEFT: blank}), save({LEFT: frame(601, 1)}))

    printed = capsys.readouterr()
    assert (code, printed.err) == (0, "")
    _, _, _, _, *rows, _, _, _, last = printed.out.splitlines()
    assert rows == [
        "right  right    -, no picture in the later record",
        "right  left     -, no picture in the later record",
        rows[2],
        "left   left     -, not clear enough in the earlier record",
    ]
    assert rows[2].startswith("left   right    0.")
    assert last.startswith("nothing to compare: of neither side")


def test_nothing_of_the_person_is_printed(
    tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    compare(tmp_path, save(eyes_on(0)), save(eyes_on(1, 601, 600)))

    printed = "".join(capsys.readouterr())
    for secret in (NUMBER, NAME, "1990", "female"):
        assert secret not in printed


def test_a_damaged_record_is_named(tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    earlier, later = save({}), save({})
    (later / "manifest.json").unlink()

    assert compare(tmp_path, earlier, later) == 1

    assert capsys.readouterr().err == (
        f"error: {later / 'manifest.json'}: manifest missing; give one folder of the outbox\n"
    )


def test_another_centre_s_key_opens_nothing(
    tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["keys", "--demo", str(tmp_path / "other")])
    capsys.readouterr()

    assert compare(tmp_path / "other", save({}), save({})) == 1

    assert "key does not open the record; give the private key" in capsys.readouterr().err


def test_help_says_what_the_exit_codes_mean(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["record", "compare", "--help"])

    told = " ".join(capsys.readouterr().out.split())
    assert left.value.code == 0
    assert "Exit code 0: as before, or nothing to compare" in told
    assert "1: swapped, unlike, or a record that cannot be opened" in told
