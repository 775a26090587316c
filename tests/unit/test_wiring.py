"""The wiring page: in step with its data, and every mistake that destroys a part is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from hw.boards.board import load_board
from hw.boards.header import HEADER, header_number
from hw.wiring.__main__ import main
from hw.wiring.arithmetic import chosen, load_of
from hw.wiring.checks import problems
from hw.wiring.parts import Parts, PartsFileInvalid, load_parts

HW = Path(__file__).parents[2] / "hw"
BOARDS = sorted((HW / "boards").glob("*.toml"))
BOARD = HW / "boards" / "terminal_a.toml"
PARTS = HW / "wiring" / "terminal_a.toml"


@pytest.fixture
def parts() -> Parts:
    return load_parts(PARTS)


def _rewired(tmp_path: Path, written: str, instead: str) -> list[str]:
    text = PARTS.read_text("utf-8")
    assert written in text
    file = tmp_path / "parts.toml"
    file.write_text(text.replace(written, instead, 1), "utf-8")
    return list(problems(load_board(BOARD), load_parts(file)))


@pytest.mark.parametrize("board", BOARDS, ids=lambda path: path.stem)
def test_the_committed_page_and_map_are_those_of_the_data(board: Path, tmp_path: Path) -> None:
    assert main([str(board), "--to", str(tmp_path)]) == 0
    for ending in (".md", ".svg"):
        made = (tmp_path / f"{board.stem}{ending}").read_text("utf-8")
        assert made == (HW / "wiring" / f"{board.stem}{ending}").read_text("utf-8")


def test_the_header_has_each_pin_of_the_computer_once() -> None:
    assert sorted(pin for pin in HEADER if isinstance(pin, int)) == list(range(28))
    assert [HEADER.count(rail) for rail in ("5V", "3V3", "GND")] == [2, 2, 8]
    assert [header_number(bcm) for bcm in (14, 15, 17, 27, 22, 21)] == [8, 10, 11, 13, 15, 40]


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        ('to = "header 8"', 'to = "header 11"', "header 11 is used by 2 wires"),
        ('to = "header 10"', 'to = "header 12"', "TXD should go to header 10 (GPIO 15)"),
        ('to = "header 4"', 'to = "header 1"', "fingerprint 5V: header 1 is 3V3"),
        ('to = "header 6"', 'to = "header 12"', "fingerprint GND: header 12 is GPIO 18"),
        ('to = "header 9"', 'to = "header 41"', "the header has no pin 41"),
        ('signal = "TXD"\nvolts = 3.3', 'signal = "TXD"\nvolts = 5.0', "5.0 V is more than GPIO 15 bears"),
        ('to = "header 29"', 'to = "header 31"', "pico TXD should go to header 29 (GPIO 5)"),
        ('to = "header 7"', 'to = "header 33"', "pico RXD should go to header 7 (GPIO 4)"),
        ('to = "header 13"', 'to = "header 16"', "lamp green should go to header 13 (GPIO 27)"),
        ("limit_ma = 5000.0", "limit_ma = 3000.0", "5V should give 3380 mA and gives 3000 mA"),
        ("limit_ma = 8500.0", "limit_ma = 5000.0", "12V should give 6132 mA and gives 5000 mA"),
        ("limit_ma = 1500.0", "limit_ma = 500.0", "its LEDs bear 500 mA"),
        ('fits = "OV9281"', 'fits = "IMX296"', "'iris_camera' should fit 'OV9281'"),
        ('board = "terminal_a"', 'board = "terminal_b"', "not of 'terminal_a'"),
        ('rail = "12V"', 'rail = "24V"', "there is no rail '24V'"),
        ('key = "touch"', 'key = "pico"', "the part 'pico' is there twice"),
    ],
)
def test_a_mistake_is_named_before_it_costs_a_part(
    tmp_path: Path, written: str, instead: str, problem: str
) -> None:
    assert any(problem in found for found in _rewired(tmp_path, written, instead))


def test_what_cannot_be_built_is_not_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weak = tmp_path / "weak.toml"
    weak.write_text(PARTS.read_text("utf-8").replace("limit_ma = 8500.0", "limit_ma = 850.0"), "utf-8")

    assert main([str(BOARD), "--parts", str(weak), "--to", str(tmp_path)]) == 1
    assert "12V should give" in capsys.readouterr().err
    assert not (tmp_path / "terminal_a.md").exists()


def test_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "parts.toml"
    file.write_text(PARTS.read_text("utf-8").replace('colour = "red"', 'colour = "red"\nthick = 1', 1))
    with pytest.raises(PartsFileInvalid, match=r"parts\.wire\[0\]: unknown \['thick'\]"):
        load_parts(file)


def test_an_led_never_gets_more_than_was_wanted(parts: Parts) -> None:
    infrared = parts.resistor[0]
    assert chosen(infrared).ohms == 5.6
    assert chosen(replace(infrared, current_ma=900.0)).ohms == 6.8
    assert chosen(replace(infrared, current_ma=900.0)).current_ma == pytest.approx(5.6 / 6.8 * 1e3)


def test_a_rail_pays_for_the_rail_it_feeds(parts: Parts) -> None:
    mains, logic = parts.rail
    fed = dict(load_of(mains, parts).takers)["the 5V rail"]
    assert fed == pytest.approx(load_of(logic, parts).total_ma * 5.1 / 12.0 / 0.88)
