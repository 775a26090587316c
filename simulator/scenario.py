"""Scenarios as data: who comes, how they behave, what breaks, and how it must end."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints

from simulator.behaviour import Behaviour
from simulator.people.person import Person

DAY = date(2026, 3, 2)  # of every visit that a scenario tells
SCENARIOS = Path(__file__).parent / "scenarios"

T = TypeVar("T")


class ScenarioInvalid(Exception):
    """A scenario file says something that nobody understands."""


@dataclass(frozen=True, slots=True)
class Event:
    """Commands for the world, each with a delay, begun once when the screen first shows `at`.

    at: an instruction. target: only for that part, if given.
    """

    at: str
    do: tuple[tuple[float, str], ...]
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """How the visit must end.

    accepted: parts whose best sample is accepted; "all" stands for every part without an exception, "any" for
    no matter which. forced: parts whose best sample is kept although not accepted, perhaps among others.
    exceptions: the reason by part. advice: given at least once to the part, in this order;
    rejections: the same, why attempts were not good.
    instructions: shown at some time, in this order. declared: what the visit's "declared" must say.
    """

    outcome: str
    accepted: tuple[str, ...] = ("all",)
    forced: tuple[str, ...] = ()
    exceptions: dict[str, str] = field(default_factory=dict[str, str])
    advice: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    rejections: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    instructions: tuple[str, ...] = ()
    declared: dict[str, str | bool | None] = field(default_factory=dict[str, str | bool | None])


@dataclass(frozen=True, slots=True)
class TerminalSetting:
    """What is set up otherwise than usual. centre_key: "good" or "expired".

    register: how it answers: "found", "changed", "absent", "failed" or "silent". date: known by "network" or
    "rtc", or "unknown"; "jumped_back" is a network's date from before the software.
    sensor: profile of the fingerprint sensor. sensor_a_hand: there are two of them. fastest_baud: to which
    it is brought. prompts_ahead: the next finger is asked for while the last one is read.
    iris_module: it lights the iris camera and triggers it, else the camera runs free in steady light.
    """

    centre_key: str = "good"
    register: str = "found"
    date: str = "network"
    ward_code: str = "00004"
    sensor: str = "r307"
    sensor_a_hand: bool = False
    fastest_baud: int = 115_200
    prompts_ahead: bool = True
    iris_module: bool = True


@dataclass(frozen=True, slots=True)
class PersonSetting:
    """Who comes. birth: for a visit on DAY; None for whoever is there."""

    birth: date | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One visit with its world."""

    name: str
    description: str
    person: PersonSetting
    behaviour: Behaviour
    events: tuple[Event, ...]
    terminal: TerminalSetting
    expect: Expectation

    def cast(self, person: Person, day: date = DAY) -> Person:
        """`person` as the scenario wants them; as old on `day` as on DAY."""
        birth = self.person.birth
        return person if birth is None else person.born_on(birth + (day - DAY))


def scenario_names(folder: Path = SCENARIOS) -> tuple[str, ...]:
    """Every scenario there is in `folder`."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load_scenario(name: str) -> Scenario:
    """The scenario of that name or file (*.toml); ScenarioInvalid when it is not there or not understood."""
    path = Path(name) if name.endswith(".toml") else SCENARIOS / f"{name}.toml"
    if not path.is_file():
        raise ScenarioInvalid(f"no scenario {name!r}; there are: {', '.join(scenario_names())}")
    try:
        return _scenario(path, tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ScenarioInvalid(f"{path.name}: {type(error).__name__} {error}") from error


def _scenario(path: Path, table: dict[str, Any]) -> Scenario:
    known = {"description", "person", "behaviour", "events", "terminal", "expect"}
    if unknown := set(table) - known:
        raise ScenarioInvalid(f"{path.name}: unknown {', '.join(sorted(unknown))}")
    return Scenario(
        path.stem,
        table["description"],
        _filled(PersonSetting, table.get("person", {})),
        _filled(Behaviour, _behaviour(table.get("behaviour", {}))),
        tuple(_event(entry) for entry in table.get("events", [])),
        _filled(TerminalSetting, table.get("terminal", {})),
        _filled(Expectation, table["expect"]),
    )


def _behaviour(table: dict[str, Any]) -> dict[str, Any]:
    missing = {int(code): reason for code, reason in table.get("missing", {}).items()}
    shows = {int(code): tuple(shown) for code, shown in table.get("shows", {}).items()}
    looks = tuple(tuple(answers) for answers in table.get("looks", []))
    return {**table, "missing": missing, "shows": shows, "looks": looks}


def _event(table: dict[str, Any]) -> Event:
    commands = tuple((float(delay_s), str(command)) for delay_s, command in table["do"])
    return _filled(Event, {**table, "do": commands})


def _filled(kind: type[T], table: dict[str, Any]) -> T:
    """An instance from a TOML table; arrays become tuples, unknown keys are errors."""
    known = set(get_type_hints(kind))
    if unknown := set(table) - known:
        raise ScenarioInvalid(f"{kind.__name__}: unknown {', '.join(sorted(unknown))}")
    return kind(**{key: _frozen(value) for key, value in table.items()})


def _frozen(value: object) -> object:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value
