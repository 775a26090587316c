"""Write the wiring page and the pin map of a board: `python -m hw.wiring hw/boards/terminal_a.toml`."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from hw.boards.board import BoardFileInvalid, load_board
from hw.wiring.checks import problems
from hw.wiring.drawing import header_svg
from hw.wiring.page import page
from hw.wiring.parts import FOLDER, PartsFileInvalid, load_parts


def main(words: list[str] | None = None) -> int:
    """0 when page and map are written, 1 when it could not be built so, 2 when a file cannot be read."""
    parser = ArgumentParser(prog="python -m hw.wiring", description=__doc__)
    parser.add_argument("board", type=Path, metavar="BOARD", help="board file")
    parser.add_argument(
        "--parts", type=Path, metavar="FILE", help="parts file (default: of the board's name)"
    )
    parser.add_argument("--to", type=Path, default=FOLDER, metavar="DIR", help="folder for page and map")
    arguments = parser.parse_args(words)
    try:
        board = load_board(arguments.board)
        parts = load_parts(arguments.parts or FOLDER / f"{board.name}.toml")
    except (BoardFileInvalid, PartsFileInvalid) as error:
        return _failed([str(error)], 2)
    if found := list(problems(board, parts)):
        return _failed(found, 1)
    for ending, text in ((".md", page(board, parts)), (".svg", header_svg(parts))):
        file = arguments.to / f"{board.name}{ending}"
        file.write_text(text, "utf-8")
        sys.stdout.write(f"{file}\n")
    return 0


def _failed(found: list[str], code: int) -> int:
    sys.stderr.writelines(f"error: {problem}\n" for problem in found)
    return code


if __name__ == "__main__":
    sys.exit(main())
