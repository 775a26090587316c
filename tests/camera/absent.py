"""Stand-ins for modules that picamera2 imports and that no package index has, or that need a compiler.

Standard library only: it runs in other environments than the tests'.
"""

import sys
from types import ModuleType


class Anything(type):
    """A class of which every attribute is such a class, and every instance is as good as another."""

    def __getattr__(cls, name: str) -> "Anything":
        if name.startswith("__"):
            raise AttributeError(name)
        made = Anything(name, (_Made,), {})
        setattr(cls, name, made)
        return made


class _Made(metaclass=Anything):
    def __init__(self, *words: object, **named: object) -> None:
        pass


class StandIn(ModuleType):
    """A module that has every name, each a class of its own."""

    def __getattr__(self, name: str) -> Anything:
        if name.startswith("__"):
            raise AttributeError(name)
        made = Anything(name, (_Made,), {})
        setattr(self, name, made)
        return made


def stand_in(*names: str) -> None:
    """Put a stand-in into each of these places."""
    for name in names:
        sys.modules[name] = StandIn(name)


NEVER_INSTALLED = ("pykms", "prctl", "pidng", "pidng.core", "pidng.camdefs")  # displays, ffmpeg, raw files
