"""The world without hardware: `python -m simulator COMMAND`."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from simulator import bench, serve, visit_command
from simulator.live import run
from simulator.population import command as population
from simulator.portraits import command as portraits
from simulator.suite import command as scenarios


@dataclass(frozen=True, slots=True)
class Command:
    """One word of the command line; `run` answers with the exit code."""

    summary: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


COMMANDS = {
    "run": Command("a terminal to walk up to, and the stage around it", run.add_arguments, run.run),
    "visit": Command("whole visits in virtual time", visit_command.add_arguments, visit_command.run),
    "scenarios": Command(
        "every scenario, in parallel, as CI plays them", scenarios.add_arguments, scenarios.run
    ),
    "population": Command(
        "many people's visits, and what became of their fingers", population.add_arguments, population.run
    ),
    "portraits": Command(
        "many people's portraits, and how they fared", portraits.add_arguments, portraits.run
    ),
    "serve": Command("a twin behind a pseudo-terminal for any driver", serve.add_arguments, serve.run),
    "bench": Command("the twins of a whole terminal for the self-test", bench.add_arguments, bench.run),
}


def main(words: list[str] | None = None) -> int:
    """Run the command that `words` (else the command line) names; its exit code."""
    parser = ArgumentParser(prog="python -m simulator", description="The terminal's world without hardware.")
    choices = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        command.add_arguments(choices.add_parser(name, help=command.summary, description=command.summary))
    arguments = parser.parse_args(words)
    return COMMANDS[str(arguments.command)].run(arguments)


if __name__ == "__main__":
    sys.exit(main())
