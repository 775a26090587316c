"""The words of the terminal: one TOML a language, with equal ids."""

import tomllib
from pathlib import Path

LANGUAGES = ("vi", "en")

Texts = dict[str, dict[str, str]]
"""One language: table, then id, then text; {placeholders} are filled in by whoever says it."""

Languages = dict[str, Texts]

_FOLDER = Path(__file__).parent / "messages"


def load() -> Languages:
    """Every message in every language, read from the files beside this module."""
    return {language: _read(language) for language in LANGUAGES}


def _read(language: str) -> Texts:
    with (_FOLDER / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)
