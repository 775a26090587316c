"""Carry sealed records to the centre and its receipts back, until stopped."""

import asyncio
import logging
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import cast

from firmware.clock import SystemClock
from firmware.outbox.disk import PosixDisk
from firmware.uplink.link import open_http
from firmware.uplink.look_up import relay
from firmware.uplink.service import Host, keep_uploading
from firmware.uplink.settings import SETTINGS_NAME, Uplink, UplinkFileInvalid, load_uplink

CONFIGURATION, UNAVAILABLE = 78, 69  # sysexits.h: EX_CONFIG, EX_UNAVAILABLE


def main(words: list[str] | None = None) -> int:
    """Run until killed; 78 when the settings cannot be used, 69 when disk, certificate or socket cannot."""
    parser = ArgumentParser(prog="python -m firmware.uplink", description=__doc__)
    parser.add_argument(
        "state", type=Path, metavar="STATE", help=f"state folder of the terminal, with {SETTINGS_NAME} in it"
    )
    parser.add_argument(
        "--look-ups", type=Path, metavar="SOCKET", help="where the booth's look-ups come from"
    )
    arguments = parser.parse_args(words)
    state = cast("Path", arguments.state)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log every address
    try:
        asyncio.run(_run(state, load_uplink(state / SETTINGS_NAME), cast("Path | None", arguments.look_ups)))
    except UplinkFileInvalid as error:
        return _fail(error, CONFIGURATION)
    except OSError as error:
        return _fail(error, UNAVAILABLE)
    return 0


def _fail(error: Exception, code: int) -> int:
    sys.stderr.write(f"error: {error}\n")
    return code


async def _run(state: Path, uplink: Uplink, look_ups: Path | None) -> None:
    """Upload for ever, and carry look-ups beside it; what ends one ends the other."""
    host = Host(SystemClock(), PosixDisk(), os.urandom, state)
    async with open_http(uplink) as http:
        works = [keep_uploading(host, uplink.settings, http)]
        if look_ups is not None:
            works.append(relay(look_ups, http, host.clock))
        await asyncio.gather(*works)


if __name__ == "__main__":
    sys.exit(main())
