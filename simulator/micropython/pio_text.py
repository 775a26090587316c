"""PIO programs written as the board's MicroPython reads them, recorded in the assembler's own notation."""

REGISTERS = ("x", "y", "isr", "osr", "null", "pins", "pin", "block", "noblock")
CONDITIONS = {"x_dec": "x--", "y_dec": "y--", "not_x": "!x", "not_y": "!y"}
INSTRUCTIONS = ("pull", "push", "out", "mov", "set", "jmp", "nop")


class Program:
    """name: of its function. lines: in the notation of the maker's assembler."""

    def __init__(self, name, lines):
        self.name = name
        self.lines = lines


class _Line:
    """One instruction, to be given its side pin by `.side()` and its delay by `[]`."""

    def __init__(self, lines, text):
        self._lines = lines
        lines.append(text)

    def side(self, level):
        self._lines[-1] += f" side {level}"
        return self

    def __getitem__(self, delay):
        self._lines[-1] += f" [{delay}]"
        return self


def asm_pio(**_head):
    """The decorator of a program."""
    return _recorded


def _recorded(function):
    lines = []
    names = function.__globals__
    before = dict(names)
    words = _words(lines)
    names.update(words)
    try:
        function()
    finally:
        for name in words:
            del names[name]
        names.update(before)
    return Program(function.__name__, lines)


def _words(lines):
    words = {name: name for name in REGISTERS} | CONDITIONS
    for name in INSTRUCTIONS:
        words[name] = _instruction(lines, name)
    words["label"] = lambda name: lines.append(f"{name}:")
    words["wrap_target"] = lambda: lines.append(".wrap_target")
    words["wrap"] = lambda: lines.append(".wrap")
    words["invert"] = lambda register: f"~{register}"
    return words


def _instruction(lines, name):
    def write(*operands):
        return _Line(lines, name + " " + ", ".join(str(operand) for operand in operands))

    return write
