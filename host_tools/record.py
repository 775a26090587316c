"""`record`: one folder of the outbox, checked without a key or shown with the centre's."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from host_tools import record_compare
from host_tools.command import Command, Run, add_commands, do_with
from host_tools.keys import KeyFileUnusable, read_centre_key, read_device_key
from host_tools.record_export import FolderNotEmpty, export_record
from host_tools.record_text import damage_hint, record_lines, signer_line
from host_tools.sealed_record import CheckedRecord, OpenedRecord, RecordDamaged, check_record, open_record


def _verify(arguments: Namespace) -> int:
    checked = _checked(arguments)
    contents = checked.manifest.contents
    print(f"record {contents.record_id}: {len(contents.entries)} packets, complete and unaltered")
    print(signer_line(contents, known=arguments.device_key is not None))
    return 0


def _show(arguments: Namespace) -> int:
    key = read_centre_key(arguments.key)
    checked = _checked(arguments)
    opened = open_record(checked, key)
    print(signer_line(checked.manifest.contents, known=arguments.device_key is not None))
    print("\n".join(record_lines(checked, opened)))
    if arguments.pictures is not None:
        _write_pictures(opened, arguments.pictures)
    return 0


def _checked(arguments: Namespace) -> CheckedRecord:
    file = cast("Path | None", arguments.device_key)
    return check_record(arguments.folder, None if file is None else read_device_key(file))


def _export(arguments: Namespace) -> int:
    key = read_centre_key(arguments.key)
    opened = open_record(_checked(arguments), key)
    written = export_record(opened, arguments.to)
    print(f"{len(written)} files in {arguments.to}, for your eyes only: they are a person in clear")
    return 0


def _write_pictures(opened: OpenedRecord, folder: Path) -> None:
    """One PNG for each sample, readable by the caller alone."""
    folder.mkdir(0o700, parents=True, exist_ok=True)
    for artefact in opened.artefacts:
        if artefact.picture:
            file = folder / f"{artefact.part}.png"
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                os.fchmod(descriptor, 0o600)  # a file that was there has kept its own mode
                stream.write(artefact.picture)


def _explained(run: Run) -> Run:
    """`run`, with its expected faults said on standard error and exit code 1."""

    def explained(arguments: Namespace) -> int:
        try:
            return run(arguments)
        except RecordDamaged as fault:
            print(f"error: {fault}; {damage_hint(fault.damage)}", file=sys.stderr)
        except KeyFileUnusable as fault:
            print(f"error: {fault}", file=sys.stderr)
        except FolderNotEmpty as fault:
            print(f"error: {fault} is not empty; name a new folder: nothing is overwritten", file=sys.stderr)
        except OSError as fault:
            print(f"error: {fault.filename}: {fault.strerror}; check the path", file=sys.stderr)
        return 1

    return explained


def _configure_verify(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder of the outbox")
    parser.add_argument(
        "--device-key", type=Path, metavar="FILE", help="public key of the terminal that should have signed"
    )
    do_with(parser, _explained(_verify))


def _configure_show(parser: ArgumentParser) -> None:
    _configure_verify(parser)
    parser.add_argument("--key", type=Path, metavar="FILE", required=True, help="the centre's private key")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="also write the pictures as PNG files")
    do_with(parser, _explained(_show))


def _configure_export(parser: ArgumentParser) -> None:
    _configure_verify(parser)
    parser.add_argument("--key", type=Path, metavar="FILE", required=True, help="the centre's private key")
    parser.add_argument("--to", type=Path, metavar="DIR", required=True, help="a folder that is new or empty")
    do_with(parser, _explained(_export))


def _configure_compare(parser: ArgumentParser) -> None:
    record_compare.configure(parser)
    do_with(parser, _explained(record_compare.run))


_WORDS: tuple[tuple[str, str, Callable[[ArgumentParser], None]], ...] = (
    ("show", "open a record with the centre's private key and print it", _configure_show),
    ("export", "write documents, pictures and face record in clear, for the centre", _configure_export),
    ("compare", "whether two records have each eye on the same side", _configure_compare),
    ("verify", "check signature, hashes and completeness; needs no secret", _configure_verify),
)
RECORD = Command(
    "record",
    "saved records: check one, or open or compare them for the centre",
    partial(add_commands, commands=tuple(Command(*word) for word in _WORDS)),
)
