"""Thresholds from TOML into frozen dataclasses; a key too many or too few is an error."""

import tomllib
from dataclasses import is_dataclass
from pathlib import Path
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class PolicyInvalid(Exception):
    """A policy file does not say what its dataclass asks for; the message names the key."""


def load_limits(kind: type[T], file_name: str, section: str = "limits") -> T:
    """The section [`section`] of a policy file of this folder as the dataclass `kind`.

    Fields may be bool, int, float, str, a tuple of these, or another dataclass (a sub-table).
    Every field must be in the file: a policy is read as a whole, so defaults do not count.
    """
    document = tomllib.loads(Path(__file__).with_name(file_name).read_text("utf-8"))
    if section not in document:
        raise PolicyInvalid(f"{file_name}: [{section}] is missing")
    return parse_limits(kind, document[section], f"{file_name}: {section}")


def parse_limits(kind: type[T], table: object, where: str) -> T:
    """The dataclass `kind` from a TOML table; PolicyInvalid says which key under `where` is wrong."""
    if not isinstance(table, dict):
        raise PolicyInvalid(f"{where} should be a table")
    values = cast("dict[str, object]", table)
    hints = get_type_hints(kind)
    wanted = set(hints)
    if wanted != set(values):
        raise PolicyInvalid(
            f"{where}: unknown {sorted(set(values) - wanted)}, missing {sorted(wanted - set(values))}"
        )
    return kind(**{name: _value(hints[name], value, f"{where}.{name}") for name, value in values.items()})


def _value(hint: object, value: object, where: str) -> object:
    if isinstance(hint, type) and is_dataclass(hint):
        return parse_limits(hint, value, where)
    if get_origin(hint) is tuple:
        return _items(get_args(hint), value, where)
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:
        raise PolicyInvalid(f"{where} should be {hint}, not {value!r}")
    return value


def _items(hints: tuple[object, ...], value: object, where: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise PolicyInvalid(f"{where} should be a list, not {value!r}")
    items = cast("list[object]", value)
    wanted = [hints[0]] * len(items) if hints[-1] is Ellipsis else hints
    if len(items) != len(wanted):
        raise PolicyInvalid(f"{where} should have {len(wanted)} items, not {len(items)}")
    return tuple(
        _value(hint, item, f"{where}[{index}]")
        for index, (hint, item) in enumerate(zip(wanted, items, strict=True))
    )
