"""What a command of the technician's tools is."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast


@dataclass(frozen=True, slots=True)
class Command:
    """One word of the command line with its one-line summary.

    configure: gives the word's own parser its arguments, and either `do_with(parser, run)` or
    further words by `add_commands`.
    """

    name: str
    summary: str
    configure: Callable[[ArgumentParser], None]


Run = Callable[[Namespace], int]


def do_with(parser: ArgumentParser, run: Run) -> None:
    """Let `parser` lead to `run`, which answers with the exit code: 0 when everything went well."""
    parser.set_defaults(run=run)


def add_commands(parser: ArgumentParser, commands: tuple[Command, ...]) -> None:
    """Let one of `commands` follow what `parser` has read."""
    choices = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in commands:
        command.configure(choices.add_parser(command.name, help=command.summary, description=command.summary))


def run_chosen(arguments: Namespace) -> int:
    """Do what the parsed command line leads to; the exit code."""
    return cast("Run", arguments.run)(arguments)
