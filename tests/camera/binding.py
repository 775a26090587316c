"""A twin of picamera2 whose every call must bind to the signature of the real one, and is remembered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from inspect import Parameter, Signature
from typing import cast

from hw.camera.picamera2_calls import Allocator, Library, Picamera2Class
from tests.camera.twin import World

Methods = Mapping[str, list[tuple[str, str, bool]] | None]
_KINDS = {
    kind.name: kind
    for kind in (
        Parameter.POSITIONAL_ONLY,
        Parameter.POSITIONAL_OR_KEYWORD,
        Parameter.VAR_POSITIONAL,
        Parameter.KEYWORD_ONLY,
        Parameter.VAR_KEYWORD,
    )
}


@dataclass(eq=False)
class Bound:
    """The real library's classes, and what was used of them as (class, member)."""

    classes: Mapping[str, Methods]
    used: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    def library(self, world: World) -> Library:
        """The world's cameras, behind the signatures."""
        camera = cast("Picamera2Class", _CameraClass(self, world))
        return Library(camera, lambda: self._allocator(world), "Smpte170m")

    def member(self, kind: str, twin: object, name: str) -> object:
        """The twin's member, if the real class has it; a method binds before it is called."""
        if name not in self.classes[kind]:
            raise AttributeError(f"the installed picamera2 has no {kind}.{name}")
        self.used.add((kind, name))
        member: object = getattr(twin, name)
        return member if self.classes[kind][name] is None else self._checked(kind, name, member)

    def bind(self, kind: str, name: str, *words: object, **named: object) -> None:
        """TypeError when the real method would not take these arguments."""
        self.used.add((kind, name))
        _signature(self.classes[kind][name]).bind(*words, **named)

    def _checked(self, kind: str, name: str, member: object) -> Callable[..., object]:
        def call(*words: object, **named: object) -> object:
            self.bind(kind, name, *words, **named)
            made = cast("Callable[..., object]", member)(*words, **named)
            return _Member(self, "CompletedRequest", made) if name == "capture_request" else made

        return call

    def _allocator(self, world: World) -> Allocator:
        self.bind("PersistentAllocator", "__init__")
        return cast("Allocator", _Member(self, "PersistentAllocator", world.allocator()))


@dataclass(frozen=True, slots=True)
class _CameraClass:
    bound: Bound
    world: World

    def global_camera_info(self) -> list[Mapping[str, object]]:
        self.bound.bind("Picamera2", "global_camera_info")
        return self.world.global_camera_info()

    def __call__(self, *words: object, **named: object) -> object:
        self.bound.bind("Picamera2", "__init__", *words, **named)
        make = cast("Callable[..., object]", self.world)
        return _Member(self.bound, "Picamera2", make(*words, **named))


class _Member:
    """A camera or a request."""

    def __init__(self, bound: Bound, kind: str, twin: object) -> None:
        self._bound = bound
        self._kind = kind
        self._twin = twin

    def __getattr__(self, name: str) -> object:
        return self._bound.member(self._kind, self._twin, name)


def members_of(protocol: object) -> set[str]:
    """What a protocol asks of a class, but for how it is made."""
    return {name for name in vars(protocol) if not name.startswith("_")}


def _signature(parameters: list[tuple[str, str, bool]] | None) -> Signature:
    if parameters is None:
        raise TypeError("a property is not called")
    made = [
        Parameter(name, _KINDS[kind], default=None if may_be_left_out else Parameter.empty)
        for name, kind, may_be_left_out in parameters
    ]
    return Signature(made)
