"""Reach a stage's pages where there is no network: `python -m tests.live.offline_stage FOLDER`."""

import asyncio
import errno
import socket
import sys
from pathlib import Path
from urllib.request import urlopen

from tests.live.stage import Stage, staged

ANSWER_S = 10.0
ELSEWHERE = ("192.0.2.1", 80)  # RFC 5737: an address of documents, nobody's


def _network_is_gone() -> bool:
    """Whether nothing but this machine can be reached, known without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
        except OSError as error:
            return error.errno == errno.ENETUNREACH
    return False


def _title(url: str) -> str:
    with urlopen(url, timeout=ANSWER_S) as answer:  # noqa: S310 -- the stage's own address on loopback
        page = answer.read().decode()
    return page.partition("<title>")[2].partition("</title>")[0]


async def _titles(root: Path) -> tuple[str, ...]:
    async with staged(root, "--hurried") as stage:
        return await asyncio.to_thread(_both, stage)


def _both(stage: Stage) -> tuple[str, ...]:
    return _title(stage.screen), _title(stage.stage)


if __name__ == "__main__":
    sys.stdout.write(f"network is gone: {_network_is_gone()}\n")
    sys.stdout.write("\n".join(asyncio.run(_titles(Path(sys.argv[1])))) + "\n")
