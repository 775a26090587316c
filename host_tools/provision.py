"""`provision`: make a terminal of a state folder or of a card image, and show what it is."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from getpass import getpass
from pathlib import Path
from typing import cast

from firmware.clock import SystemClock
from host_tools.attendants import Pin, PinRefused
from host_tools.command import Command, do_with
from host_tools.provisioned import MISSING, public_key_of, summary
from host_tools.provisioning import CannotProvision, Wishes, provision_state, read_file
from host_tools.state import FolderState, ImageState, State
from host_tools.uplink_files import read_uplink_files
from hw.disk_image.table import TableUnreadable
from hw.disk_image.tools import ToolFailed


def _provision(arguments: Namespace) -> int:
    try:
        state = _state(arguments)
        if not cast("bool", arguments.show):
            provision_state(state, _wishes(arguments), SystemClock().now())
        return _report(state, cast("Path | None", arguments.export))
    except (CannotProvision, PinRefused, TableUnreadable, ToolFailed) as error:
        print(f"error: {error}", file=sys.stderr)
    except OSError as error:
        print(f"error: {error.filename}: {error.strerror}; check the path and the rights", file=sys.stderr)
    return 1


def _state(arguments: Namespace) -> State:
    image = cast("Path | None", arguments.image)
    return FolderState(cast("Path", arguments.state)) if image is None else ImageState(image)


def _wishes(arguments: Namespace) -> Wishes:
    uplink = cast("Path | None", arguments.uplink)
    return Wishes(
        terminal=_contents(cast("Path | None", arguments.terminal)),
        centre=_contents(cast("Path | None", arguments.centre)),
        pins=tuple(_pins(cast("list[str]", arguments.attendant))),
        others=() if uplink is None else read_uplink_files(uplink),
        demo=cast("bool", arguments.demo),
        new_key=cast("bool", arguments.new_key),
    )


def _contents(path: Path | None) -> bytes | None:
    return None if path is None else read_file(path)


def _pins(codes: list[str]) -> Iterator[Pin]:
    """Each attendant's PIN: typed unseen, and twice; or a line each of standard input."""
    for code in codes:
        if not sys.stdin.isatty():
            yield Pin(code, sys.stdin.readline().strip())
            continue
        digits = getpass(f"PIN of {code}: ")
        if getpass(f"PIN of {code}, again: ") != digits:
            raise PinRefused(f"{code}: the two were not the same; nothing was written")
        yield Pin(code, digits)


def _report(state: State, export: Path | None) -> int:
    lines = summary(state)
    for name, value in lines:
        print(f"{name:<12}{value}")
    missing = [name for name, value in lines if value == MISSING]
    _hand_over(state, export)
    for name in missing:
        print(f"error: {name} is missing, so nobody can be enrolled", file=sys.stderr)
    return 1 if missing else 0


def _hand_over(state: State, export: Path | None) -> None:
    """The public half of the device key is what the centre needs to believe this terminal."""
    found = public_key_of(state)
    if found is None:
        return
    terminal_id, pem = found
    if export is None:
        print(f"\nfor the centre, the public key of {terminal_id}:\n{pem.decode()}", end="")
        return
    export.mkdir(parents=True, exist_ok=True)
    (export / f"{terminal_id}.pem").write_bytes(pem)
    print(f"for the centre: {export / terminal_id}.pem")


def _configure(parser: ArgumentParser) -> None:
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument(
        "--image", type=Path, metavar="FILE", help="card image to provision, without mounting it"
    )
    place.add_argument(
        "--state", type=Path, metavar="DIR", help="state folder: /var/lib/tram on the terminal itself"
    )
    _ask_for_parts(parser)
    parser.add_argument(
        "--export", type=Path, metavar="DIR", help="write the public key for the centre there"
    )
    parser.add_argument(
        "--demo", action="store_true", help="accept a demo centre: nobody real may be enrolled"
    )
    parser.add_argument(
        "--new-key", action="store_true", help="make a new device key, also where there is one"
    )
    parser.add_argument(
        "--show", action="store_true", help="change nothing, say what is there, without secrets"
    )
    do_with(parser, _provision)


def _ask_for_parts(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--terminal", type=Path, metavar="FILE", help="who it is: see host_tools/terminal.example.toml"
    )
    parser.add_argument(
        "--centre", type=Path, metavar="FILE", help="the centre's public keys, its centre.toml"
    )
    parser.add_argument(
        "--attendant",
        action="append",
        default=[],
        metavar="CODE",
        help="staff code of an attendant; may be repeated; PINs are asked for, or lines of standard input",
    )
    parser.add_argument(
        "--uplink", type=Path, metavar="FILE", help="uplink.toml, with the files it names beside it"
    )


PROVISION = Command(
    "provision", "give a card image or a terminal its identity, keys and attendants", _configure
)
