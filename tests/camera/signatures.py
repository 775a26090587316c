"""Print the signatures of the installed picamera2 as JSON: `python -m tests.camera.signatures`.

Runs in `.venvs/camera`, which has picamera2 and what `hw.camera.source` imports.
"""

import inspect
import json
import sys
from importlib import import_module
from importlib.metadata import version

from tests.camera.absent import NEVER_INSTALLED, stand_in

LIBCAMERA = ("libcamera", "libcamera.controls", "libcamera.properties")


def signatures_of(kind: type[object]) -> dict[str, list[list[object]] | None]:
    """Of each public method the parameters after `self`: name, kind, may it be left out; None: a property."""
    found: dict[str, list[list[object]] | None] = {}
    for name in dir(kind):
        member = inspect.getattr_static(kind, name)
        if isinstance(member, property):
            found[name] = None
        elif callable(getattr(kind, name)) and (name == "__init__" or not name.startswith("_")):
            found[name] = _parameters(getattr(kind, name), is_static=isinstance(member, staticmethod))
    return found


def _parameters(method: object, *, is_static: bool) -> list[list[object]]:
    if not callable(method):
        raise TypeError(f"{method} cannot be called")
    parameters = list(inspect.signature(method).parameters.values())
    kept = parameters if is_static else parameters[1:]
    return [[one.name, one.kind.name, one.default is not inspect.Parameter.empty] for one in kept]


def main() -> None:
    """One object: the version, and each class with its methods."""
    stand_in(*LIBCAMERA, *NEVER_INSTALLED)
    library = import_module("hw.camera.source").installed_library()
    classes = (library.camera, import_module("picamera2").CompletedRequest, library.allocator)
    found = {kind.__name__: signatures_of(kind) for kind in classes}
    sys.stdout.write(json.dumps({"version": version("picamera2"), "classes": found}))


if __name__ == "__main__":
    main()
