"""TOML tables into frozen dataclasses; a key too many or too few is an error, and so is a wrong type."""

from dataclasses import is_dataclass
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class TableInvalid(Exception):
    """A table does not say what its dataclass asks for; the message names the key."""


def parse_table(kind: type[T], table: object, where: str) -> T:
    """The dataclass `kind` from a TOML table; TableInvalid says which key under `where` is wrong.

    Fields may be bool, int, float, str, Path, an enum of strings, a tuple of these, or another
    dataclass (a sub-table). Every field must be there: a table is read as a whole, defaults do not count;
    only a field that may be None may be left out.
    """
    if not isinstance(table, dict):
        raise TableInvalid(f"{where} should be a table")
    values = cast("dict[str, object]", table)
    hints = get_type_hints(kind)
    wanted = set(hints)
    values = {name: None for name, hint in hints.items() if _may_be_none(hint)} | values
    if wanted != set(values):
        raise TableInvalid(
            f"{where}: unknown {sorted(set(values) - wanted)}, missing {sorted(wanted - set(values))}"
        )
    return kind(**{name: _value(hints[name], value, f"{where}.{name}") for name, value in values.items()})


def _value(hint: object, value: object, where: str) -> object:
    if _may_be_none(hint):
        (kind,) = (one for one in get_args(hint) if one is not NoneType)
        return None if value is None else _value(kind, value, where)
    if get_origin(hint) is tuple:
        return _items(get_args(hint), value, where)
    if isinstance(hint, type):
        return _instance(cast("type[object]", hint), value, where)
    raise TypeError(f"{where}: no table can hold {hint}")


def _may_be_none(hint: object) -> bool:
    return isinstance(hint, UnionType) and NoneType in get_args(hint)


def _instance(hint: type[object], value: object, where: str) -> object:
    if is_dataclass(hint):
        return parse_table(hint, value, where)
    if issubclass(hint, Enum):
        return _member(hint, value, where)
    if hint is float and type(value) is int:
        return float(value)
    if hint is Path and type(value) is str:
        return Path(value)
    if type(value) is not hint:
        raise TableInvalid(f"{where} should be {hint.__name__}, not {value!r}")
    return value


def _member(hint: type[Enum], value: object, where: str) -> Enum:
    for member in hint:
        if member.value == value:
            return member
    raise TableInvalid(f"{where} should be one of {[member.value for member in hint]}, not {value!r}")


def _items(hints: tuple[object, ...], value: object, where: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise TableInvalid(f"{where} should be a list, not {value!r}")
    items = cast("list[object]", value)
    wanted = [hints[0]] * len(items) if hints[-1] is Ellipsis else hints
    if len(items) != len(wanted):
        raise TableInvalid(f"{where} should have {len(wanted)} items, not {len(items)}")
    return tuple(
        _value(hint, item, f"{where}[{index}]")
        for index, (hint, item) in enumerate(zip(wanted, items, strict=True))
    )
