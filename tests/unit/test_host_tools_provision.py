"""`provision` on a state folder."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from firmware.identity import load_site
from firmware.sealing.keys import load_key_ring
from firmware.visit.attendants import attendant_with, load_attendants
from host_tools.__main__ import main
from host_tools.attendants import Pin, PinRefused
from host_tools.keys import make_demo_keys, read_device_key
from host_tools.provisioning import CannotProvision, Wishes, provision_state
from host_tools.state import FolderState

EXAMPLE = Path(__file__).parents[2] / "host_tools" / "terminal.example.toml"
NOW = datetime(2026, 11, 20, tzinfo=UTC)


class Bench:
    """A bench with a demo centre's keys, a terminal file and one state folder, not yet there."""

    def __init__(self, folder: Path) -> None:
        make_demo_keys(folder / "centre", folder / "elsewhere")
        self.centre_file = folder / "elsewhere" / "centre.toml"
        self.terminal_file = folder / "terminal.toml"
        self.terminal_file.write_bytes(EXAMPLE.read_bytes())
        self.state = folder / "state"

    def provision(self, wishes: Wishes) -> None:
        """Do it on the day of these tests."""
        provision_state(FolderState(self.state), wishes, NOW)

    def everything(self, pin: str = "135790", *, demo: bool = True, new_key: bool = False) -> Wishes:
        """Identity, a demo centre and one attendant."""
        terminal, centre = self.terminal_file.read_bytes(), self.centre_file.read_bytes()
        return Wishes(terminal, centre, (Pin("HN-0042", pin),), demo=demo, new_key=new_key)

    def change(self, file: Path, old: str, new: str) -> None:
        """Replace words of a file."""
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def contents(self) -> dict[str, bytes]:
        """Every file of the state folder."""
        files = (path for path in self.state.rglob("*") if path.is_file() and not path.is_symlink())
        return {str(path.relative_to(self.state)): path.read_bytes() for path in files}

    def attendant_with(self, pin: str) -> str | None:
        """Whose PIN it is."""
        found = attendant_with(pin, load_attendants(self.state / "attendants.toml"))
        return None if found is None else found.identity


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_provisioned_terminal_knows_itself_its_centre_and_its_attendant(bench: Bench) -> None:
    bench.provision(bench.everything())
    site = load_site(bench.state / "identity.toml")
    assert (site.terminal_id, site.ward_code) == ("hn-xuan-tao-01", "00004")
    load_key_ring(bench.state / "keys").check(NOW)
    assert bench.attendant_with("135790") == "HN-0042"


def test_the_board_is_a_link_into_the_program(bench: Bench) -> None:
    bench.provision(bench.everything())
    assert str((bench.state / "board.toml").readlink()) == "/opt/tram/hw/boards/terminal_a.toml"


@pytest.mark.parametrize("name", ["keys/device.pem", "attendants.toml"])
def test_secrets_are_not_for_everybody(bench: Bench, name: str) -> None:
    bench.provision(bench.everything())
    assert stat.S_IMODE((bench.state / name).stat().st_mode) == 0o640


def test_the_centre_gets_the_public_half_of_the_key(bench: Bench) -> None:
    bench.provision(bench.everything())
    assert main(["provision", "--state", str(bench.state), "--export", str(bench.state / "out")]) == 0
    exported = read_device_key(bench.state / "out" / "hn-xuan-tao-01.pem")
    assert exported == load_key_ring(bench.state / "keys").device_public_key


def test_doing_it_again_changes_nothing(bench: Bench) -> None:
    bench.provision(bench.everything())
    before = bench.contents()
    bench.provision(bench.everything())
    assert bench.contents() == before


def test_another_attendant_joins_those_who_are_there(bench: Bench) -> None:
    bench.provision(bench.everything())
    bench.provision(Wishes(pins=(Pin("HN-0043", "864213"),)))
    assert (bench.attendant_with("135790"), bench.attendant_with("864213")) == ("HN-0042", "HN-0043")


def test_a_new_pin_replaces_the_old_one(bench: Bench) -> None:
    bench.provision(bench.everything())
    bench.provision(Wishes(pins=(Pin("HN-0042", "864213"),)))
    assert (bench.attendant_with("135790"), bench.attendant_with("864213")) == (None, "HN-0042")


def test_only_a_wish_for_a_new_key_makes_one(bench: Bench) -> None:
    bench.provision(bench.everything())
    before = bench.contents()["keys/device.pem"]
    bench.provision(Wishes(new_key=True))
    assert bench.contents()["keys/device.pem"] != before


def test_what_it_shows_holds_no_secret(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.provision(bench.everything())
    assert main(["provision", "--show", "--state", str(bench.state)]) == 0
    shown = "".join(capsys.readouterr())
    assert "terminal    hn-xuan-tao-01" in shown
    assert "PRIVATE" not in shown
    for line in (bench.state / "attendants.toml").read_text().splitlines()[1:]:
        assert line.split('"')[1] not in shown


def test_showing_an_empty_folder_says_what_is_missing(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["provision", "--show", "--state", str(bench.state)]) == 1
    complaints = capsys.readouterr().err
    for name in ("identity", "device key", "centre key", "attendants"):
        assert f"error: {name} is missing" in complaints
    assert not bench.state.exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('terminal_id = "hn', 'terminal_id = "HN', "terminal_id should be"),
        ('ward_code = "00004"', 'ward_code = "4"', "ward_code should be five digits"),
        ('role = "fixed"', 'role = "roaming"', "identity.role should be one of"),
        ('board = "terminal_a"', 'board = "terminal_z"', "no board terminal_z; there is terminal_a"),
        ('team = "to-1"', 'teem = "to-1"', "unknown .'teem'., missing .'team'."),
        ('kind = "ward_office"', 'kind = "boat"', "identity.site.kind should be one of"),
    ],
)
def test_a_wrong_terminal_file_writes_nothing(bench: Bench, old: str, new: str, said: str) -> None:
    bench.change(bench.terminal_file, old, new)
    with pytest.raises(CannotProvision, match=said):
        bench.provision(bench.everything())
    assert not bench.state.exists()


def test_a_terminal_with_its_key_becomes_another_only_with_a_new_key(bench: Bench) -> None:
    bench.provision(bench.everything())
    bench.change(bench.terminal_file, "hn-xuan-tao-01", "hn-xuan-tao-02")
    with pytest.raises(CannotProvision, match="this is hn-xuan-tao-01, with its own key"):
        bench.provision(bench.everything())
    bench.provision(bench.everything(new_key=True))
    assert load_site(bench.state / "identity.toml").terminal_id == "hn-xuan-tao-02"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("not_after = 2100", "not_after = 2021", "ask the centre for its present key"),
        ("not_before = 2020", "not_before = 2099", "ask the centre for its present key"),
        ("signing_key", "signing_kee", "is not as it should be"),
        ("not_before = 2020-01-01T00:00:00Z\n", "", "is not as it should be"),
        ("not_before = 2020-01-01T00:00:00Z", "not_before = 2020-01-01", "is not as it should be"),
    ],
)
def test_keys_that_could_not_be_used_are_refused(bench: Bench, old: str, new: str, said: str) -> None:
    bench.change(bench.centre_file, old, new)
    with pytest.raises(CannotProvision, match=said):
        bench.provision(bench.everything())
    assert not bench.state.exists()


def test_a_demo_centre_needs_the_word(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["provision", "--state", str(bench.state), "--centre", str(bench.centre_file)]
    assert main(words) == 1
    assert "give --demo" in capsys.readouterr().err


@pytest.mark.parametrize("pin", ["123", "1234567890123", "12a456", "111111", "١٢٣٤٥٦", ""])
def test_a_pin_that_cannot_be_typed_or_is_guessed_at_once_is_refused(bench: Bench, pin: str) -> None:
    with pytest.raises(PinRefused, match="HN-0042: ") as refused:
        bench.provision(bench.everything(pin))
    assert not pin or pin not in str(refused.value)
    assert not bench.state.exists()


@pytest.mark.parametrize("code", ["", "a b", 'x"]', "x" * 33])
def test_a_staff_code_is_a_word(bench: Bench, code: str) -> None:
    with pytest.raises(PinRefused, match="a staff code is"):
        bench.provision(Wishes(pins=(Pin(code, "135790"),)))


def test_two_attendants_do_not_share_a_pin(bench: Bench) -> None:
    bench.provision(bench.everything())
    with pytest.raises(PinRefused, match="HN-0043: choose another PIN"):
        bench.provision(Wishes(pins=(Pin("HN-0043", "135790"),)))


def test_a_device_key_that_is_none_is_left_for_somebody_to_look_at(bench: Bench) -> None:
    (bench.state / "keys").mkdir(parents=True)
    (bench.state / "keys" / "device.pem").write_text("half a key")
    with pytest.raises(CannotProvision, match="is there but is no key"):
        bench.provision(bench.everything())
    assert bench.contents() == {"keys/device.pem": b"half a key"}
