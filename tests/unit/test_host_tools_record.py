"""What `record` prints, writes and refuses."""

import json
from pathlib import Path

import numpy as np
import pytest

from firmware.outbox.vault import VisitVault
from firmware.records.images import to_png
from firmware.records.samples import Artefact
from firmware.sealing.keys import load_key_ring
from host_tools.__main__ import main
from tests.face_record_reader import read_face_record
from tests.sealing_world import (
    NAME,
    NUMBER,
    SMALL,
    SetClock,
    cropped_portrait,
    good_artefact,
    missing_artefact,
    pixels,
    record_of,
    seeded_bytes,
)

GOLDEN = Path(__file__).parents[1] / "golden"
CROP = np.random.default_rng(5).integers(0, 256, (60, 40, 3), dtype=np.uint8)


@pytest.fixture
def demo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder with demo keys and one saved record; what making them printed is forgotten."""
    return saved(tmp_path, capsys, good_artefact(SMALL[0]), missing_artefact(SMALL[1]))


@pytest.fixture
def cropped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The same, whose portrait has a crop."""
    return saved(tmp_path, capsys, cropped_portrait(CROP), missing_artefact(SMALL[1]))


def saved(folder: Path, capsys: pytest.CaptureFixture[str], *artefacts: Artefact) -> Path:
    assert main(["keys", "--demo", str(folder)]) == 0
    capsys.readouterr()
    state = folder / "state"
    vault = VisitVault(state, load_key_ring(state / "keys"), SetClock(), seeded_bytes())
    record_id = vault.begin("visit-1")
    for artefact in artefacts:
        vault.keep(artefact)
    vault.save(record_of(record_id, artefacts))
    return folder


def record_in(demo: Path) -> Path:
    (folder,) = (demo / "state" / "outbox").iterdir()
    return folder


def record(word: str, demo: Path, *options: str) -> int:
    return main(["record", word, str(record_in(demo)), *options])


def key_options(demo: Path) -> tuple[str, ...]:
    centre = demo / "centre"
    return "--key", str(centre / "private.pem"), "--device-key", str(centre / "terminal.pem")


def test_show_prints_the_record_and_a_table_of_its_artefacts(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = record("show", demo, *key_options(demo))

    first, *rest, size = capsys.readouterr().out.splitlines()
    assert code == 0
    assert first.startswith("signed by terminal key ")
    assert first.endswith("(as it should be)")
    assert rest == (GOLDEN / "record_show.txt").read_text("utf-8").splitlines()
    whole = sum(file.stat().st_size for file in record_in(demo).glob("*.sealed"))
    assert size == f"size        {whole} bytes in 3 packets"


def test_show_writes_pictures_only_when_asked(demo: Path) -> None:
    before = set(demo.rglob("*"))

    record("show", demo, *key_options(demo))
    assert set(demo.rglob("*")) == before

    record("show", demo, *key_options(demo), "--pictures", str(demo / "pictures"))
    (picture,) = (demo / "pictures").iterdir()
    assert picture.name == "portrait.png"
    assert picture.read_bytes() == to_png(pixels(SMALL[0]))
    assert picture.stat().st_mode & 0o077 == 0


def test_a_picture_in_place_of_one_that_others_may_read_is_readable_by_the_caller_alone(demo: Path) -> None:
    pictures = demo / "pictures"
    pictures.mkdir()
    (pictures / "portrait.png").touch(0o644)

    record("show", demo, *key_options(demo), "--pictures", str(pictures))

    assert (pictures / "portrait.png").stat().st_mode & 0o777 == 0o600


def test_show_tells_of_the_crops_file(cropped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record("show", cropped, *key_options(cropped)) == 0

    told = capsys.readouterr().out.splitlines()[-2]
    assert told.startswith("product     40x60, ")
    assert told.endswith(" bytes, jpeg_2000 at 1, in a face record")


def test_verify_holds_with_a_product(cropped: Path) -> None:
    assert record("verify", cropped, *key_options(cropped)[2:]) == 0


def test_export_writes_everything_for_the_centre_and_for_nobody_else(
    cropped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = cropped / "centre" / "export"

    assert record("export", cropped, *key_options(cropped), "--to", str(target)) == 0

    names = {"record.json", "portrait.json", "portrait.png", "portrait.fac", "portrait.jp2", "finger_1.json"}
    assert {file.name for file in target.iterdir()} == names
    face = read_face_record((target / "portrait.fac").read_bytes())
    assert face.image == (target / "portrait.jp2").read_bytes()
    assert json.loads((target / "record.json").read_bytes())["claim"]["name"] == NAME
    assert (target / "portrait.png").read_bytes() == to_png(pixels(SMALL[0]))
    assert {file.stat().st_mode & 0o777 for file in target.iterdir()} == {0o600}
    assert target.stat().st_mode & 0o777 == 0o700
    assert NUMBER not in capsys.readouterr().out


def test_export_overwrites_nothing(cropped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = cropped / "export"
    target.mkdir()
    (target / "notes.txt").write_text("mine")

    assert record("export", cropped, *key_options(cropped), "--to", str(target)) == 1

    assert capsys.readouterr().err == (
        f"error: {target} is not empty; name a new folder: nothing is overwritten\n"
    )
    assert [file.name for file in target.iterdir()] == ["notes.txt"]


def test_export_with_the_wrong_key_writes_nothing(cropped: Path) -> None:
    main(["keys", "--demo", str(cropped / "other")])
    key = cropped / "other" / "centre" / "private.pem"

    assert record("export", cropped, "--key", str(key), "--to", str(cropped / "export")) == 1

    assert not (cropped / "export").exists()


def test_verify_needs_no_secret_and_tells_nothing_of_the_person(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = record("verify", demo)

    printed = capsys.readouterr().out
    assert code == 0
    assert "3 packets, complete and unaltered" in printed
    assert "by the record's own word" in printed
    assert NUMBER not in printed
    assert NAME not in printed


def test_one_changed_byte_is_an_error(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = record_in(demo) / "0001-portrait.sealed"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)

    code = record("verify", demo)

    assert code == 1
    assert capsys.readouterr().err == (
        "error: 0001-portrait.sealed: packet altered; keep the folder as it is and report it\n"
    )


def test_the_wrong_private_key_is_an_error(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["keys", "--demo", str(demo / "other")])
    capsys.readouterr()

    code = record("show", demo, "--key", str(demo / "other" / "centre" / "private.pem"))

    assert code == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        "error: manifest.json: key does not open the record; "
        "give the private key of the centre it was sealed for\n"
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.pem", "No such file or directory; check the path"),
        ("centre/terminal.pem", "not a private key; give an unencrypted PEM file"),
        ("state/keys/device.pem", "not an X25519 key; give the centre's private key"),
    ],
)
def test_an_unusable_key_file_is_an_error(
    demo: Path, name: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = record("show", demo, "--key", str(demo / name))

    assert code == 1
    assert capsys.readouterr().err == f"error: {demo / name}: {message}\n"


def test_a_folder_that_is_no_record_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["record", "verify", str(tmp_path)])

    assert code == 1
    assert capsys.readouterr().err == (
        "error: manifest.json: manifest missing; give one folder of the outbox\n"
    )


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (["record", "show"], "--pictures DIR"),
        (["record", "export"], "--to DIR"),
        (["record", "verify"], "--device-key FILE"),
        (["keys"], "--state DIR"),
    ],
)
def test_every_word_has_help(words: list[str], option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*words, "--help"])

    assert left.value.code == 0
    assert option in capsys.readouterr().out
