"""Thresholds from the TOML files of this folder into frozen dataclasses."""

import tomllib
from pathlib import Path
from typing import TypeVar

from hw.tables import TableInvalid, parse_table

T = TypeVar("T")


class PolicyInvalid(Exception):
    """A policy file does not say what its dataclass asks for; the message names the key."""


def load_limits(kind: type[T], file_name: str, section: str = "limits") -> T:
    """The section [`section`] of a policy file of this folder as the dataclass `kind`, read as a whole."""
    document = tomllib.loads(Path(__file__).with_name(file_name).read_text("utf-8"))
    if section not in document:
        raise PolicyInvalid(f"{file_name}: [{section}] is missing")
    try:
        return parse_table(kind, document[section], f"{file_name}: {section}")
    except TableInvalid as error:
        raise PolicyInvalid(str(error)) from error
