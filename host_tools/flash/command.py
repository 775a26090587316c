"""`flash IMAGE DEVICE`, `flash --list`, `flash --coprocessor PORT` and `flash --update PORT`."""

import secrets
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import cast

from firmware.clock import SystemClock
from host_tools.command import Command, do_with
from host_tools.flash.card import Card, open_card
from host_tools.flash.coprocessor import flash_coprocessor, update_coprocessor
from host_tools.flash.devices import BlockDevice, block_devices
from host_tools.flash.faults import CardBad, FlashFault, Interrupted, TargetRefused
from host_tools.flash.flashing import Tally, flash
from host_tools.flash.image import CheckedImage, check_image
from host_tools.flash.probe import NONCE_BYTES
from host_tools.flash.progress import ProgressBar, stopped_by_signals
from host_tools.flash.report import Report, Target, Verdict, lines, to_json, write_report
from host_tools.flash.target import device_at, listing

_EXIT_CODES = {Verdict.GOOD: 0, Verdict.BAD: 1, Verdict.INTERRUPTED: 130}
REFUSED = 2  # as for wrong usage: nothing was written


def _run(arguments: Namespace) -> int:
    try:
        if arguments.list:
            print("\n".join(listing(block_devices())))
            return 0
        if arguments.coprocessor is not None:
            return flash_coprocessor(arguments.coprocessor, arguments.link, arguments.report)
        if arguments.update is not None:
            return update_coprocessor(arguments.update, arguments.report)
        if arguments.image is None or arguments.device is None:
            raise TargetRefused(
                "an image and a device are needed", "`host_tools flash --list` shows the cards"
            )
        return _flash(arguments)
    except FlashFault as fault:
        print(f"error: {fault}; {fault.hint}", file=sys.stderr)
        return 130 if isinstance(fault, Interrupted) else REFUSED


def _flash(arguments: Namespace) -> int:
    """Check, ask, write, prove, report; the exit code."""
    image_file, path = cast("Path", arguments.image), cast("Path", arguments.device)
    device = device_at(path, block_devices(), fixed_is_allowed=arguments.fixed_disk)
    if image_file.exists() and path.samefile(image_file):
        raise TargetRefused(f"{path} is the image itself", "give the device to write to")
    bar = ProgressBar(sys.stderr, time.monotonic)
    with open_card(path) as card:
        with stopped_by_signals(bar.stop):
            image = check_image(image_file, arguments.manifest, card.size_bytes, bar)
        bar.end()
        if not arguments.yes:
            _confirm(path, card, device)
        with stopped_by_signals(bar.stop):
            report = _flashed(card, image, device, bar)
    return _tell(report, cast("Path | None", arguments.report))


def _confirm(path: Path, card: Card, device: BlockDevice | None) -> None:
    """Let somebody type the device's name; TargetRefused when anything else comes."""
    what = "a file" if device is None else f"{device.model or 'no model'}, serial {device.serial or 'none'}"
    print(f"{path}: {card.size_bytes / 1e9:.2f} GB, {what}. EVERYTHING ON IT WILL BE LOST.")
    print(f"Type {path.name} to go on: ", end="", flush=True)
    try:
        typed = sys.stdin.readline().strip()
    except KeyboardInterrupt:
        typed = ""
    if typed != path.name:
        raise TargetRefused(
            "not confirmed, nothing was written", f"type {path.name}, or give --yes in a script"
        )


def _flashed(card: Card, image: CheckedImage, device: BlockDevice | None, bar: ProgressBar) -> Report:
    began_at = SystemClock().now().isoformat(timespec="seconds")
    model, serial = ("", "") if device is None else (device.model, device.serial)
    target = Target(card.path, card.size_bytes, model, serial, card.reads_past_cache)
    tally = Tally()
    verdict, reason, hint = Verdict.GOOD, "", ""
    try:
        flash(card, image, secrets.token_bytes(NONCE_BYTES), tally, bar)
    except CardBad as fault:
        verdict, reason, hint = Verdict.BAD, str(fault), fault.hint
    except Interrupted as fault:
        verdict, reason, hint = Verdict.INTERRUPTED, str(fault), fault.hint
    bar.end()
    return Report(began_at, verdict, image, target, tally, reason, hint)


def _tell(report: Report, file: Path | None) -> int:
    print("\n".join(lines(report)))
    if report.fault:
        print(f"error: {report.fault}; {report.hint}", file=sys.stderr)
    if file is not None and not write_report(file, to_json(report)):
        return 1
    return _EXIT_CODES[report.verdict]


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("image", nargs="?", type=Path, metavar="IMAGE", help="a card image, plain or .xz")
    parser.add_argument(
        "device", nargs="?", type=Path, metavar="DEVICE", help="the whole card, such as /dev/sdb"
    )
    parser.add_argument("--list", action="store_true", help="show the devices and which may be overwritten")
    parser.add_argument("--yes", action="store_true", help="ask nothing")
    parser.add_argument("--report", type=Path, metavar="FILE", help="also write the report as JSON")
    parser.add_argument(
        "--manifest", type=Path, metavar="FILE", help="chunk hashes (default: manifest.json beside the image)"
    )
    parser.add_argument("--fixed-disk", action="store_true", help="allow an unused disk that is no card")
    parser.add_argument(
        "--coprocessor",
        metavar="PORT",
        help="instead: put its program onto the iris module's board on this port",
    )
    parser.add_argument(
        "--link", metavar="PORT", help="with --coprocessor: where the started program is heard"
    )
    parser.add_argument(
        "--update",
        metavar="PORT",
        help="instead: send its program to the iris module over the terminal's own line, with a way back",
    )
    do_with(parser, _run)


FLASH = Command("flash", "write an image to a card and prove it by reading it back", _configure)
