"""PINs of attendants."""

from pathlib import Path

from firmware.visit.attendants import attendant_with, load_attendants, pin_hash


def _file(path: Path) -> Path:
    entries = ((b"one salt", "246810", "a-17"), (b"another", "135791", "a-18"))
    text = "".join(
        f'[{identity}]\nsalt = "{salt.hex()}"\npin_hash = "{pin_hash(pin, salt).hex()}"\n'
        for salt, pin, identity in entries
    )
    path.write_text(text, "utf-8")
    return path


def test_a_pin_finds_its_attendant_and_no_other_pin_does(tmp_path: Path) -> None:
    attendants = load_attendants(_file(tmp_path / "attendants.toml"))
    found = attendant_with("135791", attendants)
    assert found is not None
    assert found.identity == "a-18"
    assert attendant_with("135790", attendants) is None
    assert attendant_with("", attendants) is None


def test_without_a_file_nobody_can_attest(tmp_path: Path) -> None:
    assert load_attendants(tmp_path / "none.toml") == ()


def test_neither_pin_nor_hash_is_in_the_repr(tmp_path: Path) -> None:
    attendants = load_attendants(_file(tmp_path / "attendants.toml"))
    assert "246810" not in repr(attendants)
    assert pin_hash("246810", b"one salt").hex() not in repr(attendants)
