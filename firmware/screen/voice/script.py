"""What the terminal says aloud: a clip for every text that a person should not have to read; no I/O."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from firmware.screen.messages import Languages, Texts

_WHOLE_TABLES = ("instruction", "detail", "hint", "help", "purpose", "request_reason", "relation")
_NOTICE = ("data", "purpose", "who", "basis", "rights")
_BLANKS = ("{target}", "{seen}")  # a text names one of them at most


@dataclass(frozen=True, slots=True)
class Clip:
    """One thing to say. name: table and id of its message, and the target where the text names one."""

    language: str
    name: str
    text: str

    @property
    def text_sha256(self) -> str:
        """Changes when the words do, and then the clip has to be made again."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def script(languages: Languages) -> tuple[Clip, ...]:
    """Every clip of every language."""
    return tuple(
        Clip(language, name, text) for language, texts in languages.items() for name, text in _lines(texts)
    )


def _lines(texts: Texts) -> Iterator[tuple[str, str]]:
    for table in _WHOLE_TABLES:
        for name, text in texts[table].items():
            yield from _with_targets(f"{table}.{name}", text, texts["target"])
    for part in _NOTICE:
        yield f"notice.{part}", _sentences(texts["notice"][f"{part}_title"], texts["notice"][part])
    for table in ("cancel", "cannot_give"):
        question = _sentences(texts[table]["question"], texts[table]["detail"])
        yield from _with_targets(f"{table}.question", question, texts["target"])


def _with_targets(name: str, text: str, targets: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The text as it is, or once for each target that it may be about."""
    blank = next((blank for blank in _BLANKS if blank in text), None)
    if blank is None:
        yield name, text
        return
    about = name.partition(".")[2].partition("_")[0]
    chosen = [key for key in targets if key.startswith(f"{about}_")] or list(targets)
    yield from ((f"{name}.{key}", text.replace(blank, targets[key])) for key in chosen)


def _sentences(title: str, text: str) -> str:
    return f"{title} {text}" if title.endswith("?") else f"{title}. {text}"
