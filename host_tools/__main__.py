"""The technician's tools: `python -m host_tools COMMAND`."""

import sys
from argparse import ArgumentParser

from host_tools.assess import ASSESS
from host_tools.command import Command, add_commands, run_chosen
from host_tools.flash.command import FLASH
from host_tools.image import IMAGE
from host_tools.keys import KEYS
from host_tools.outbox import OUTBOX
from host_tools.provision import PROVISION
from host_tools.record import RECORD
from host_tools.selftest import SELFTEST

COMMANDS: tuple[Command, ...] = (ASSESS, RECORD, KEYS, OUTBOX, IMAGE, PROVISION, FLASH, SELFTEST)


def main(words: list[str] | None = None) -> int:
    """Run the command that `words` (else the command line) names; its exit code."""
    parser = ArgumentParser(prog="python -m host_tools", description="Tools for a technician at the bench.")
    add_commands(parser, COMMANDS)
    return run_chosen(parser.parse_args(words))


if __name__ == "__main__":
    sys.exit(main())
