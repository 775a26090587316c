"""A new program for the module over its line, proved there before it starts, with a way back.

The module starts it once on trial; being greeted, it stays. What cannot be greeted is gone after a reset.
"""

from binascii import crc32
from collections.abc import Mapping

from hw.iris.conversation import Patience
from hw.iris.messages import Identity
from hw.iris.module import IrisModule
from hw.iris.protocol import BLOCK_BYTES, Kind

BLOCK_S = 0.5  # a block of flash is erased meanwhile [unverified]
VERIFY_S = 10.0  # the bundle is read twice and written once [unverified]
STARTS_WITHIN_S = 10.0
MOST_BYTES = 131_072


def bundle(files: Mapping[str, bytes]) -> bytes:
    """Compiled modules by name as one piece; ValueError when they are more than the module takes."""
    pieces = (
        bytes([len(name)]) + name.encode("ascii") + len(data).to_bytes(4, "little") + data
        for name, data in sorted(files.items())
    )
    whole = b"".join(pieces)
    if not 0 < len(whole) <= MOST_BYTES:
        raise ValueError(f"a program of {len(whole)} bytes")
    return whole


async def send(module: IrisModule, whole: bytes, patience: Patience) -> None:
    """Bring a bundle into the module and let it prove it; ModuleRefused says where it stopped."""
    await module.do(Kind.UPDATE_BEGIN, len(whole).to_bytes(4, "little"), patience.slower(BLOCK_S))
    for number, begin in enumerate(range(0, len(whole), BLOCK_BYTES)):
        block = number.to_bytes(2, "little") + whole[begin : begin + BLOCK_BYTES]
        await module.do(Kind.UPDATE_BLOCK, block, patience.slower(BLOCK_S))
    await module.do(Kind.UPDATE_VERIFY, crc32(whole).to_bytes(4, "little"), patience.slower(VERIFY_S))


async def activate(module: IrisModule, patience: Patience) -> Identity:
    """Start what was sent, and greet it, without which it is gone after the next reset; who it is."""
    await module.do(Kind.UPDATE_ACTIVATE, patience=patience.slower(BLOCK_S))
    await module.started(STARTS_WITHIN_S)
    return await module.hello()
