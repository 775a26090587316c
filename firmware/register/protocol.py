"""How sealed look-ups pass between booth and uplink; no I/O. One request a connection, then one reply.

request                             reply
0   4  length, big-endian           0   1  status
4   .. sealed request               1   4  length, big-endian; 0 but for ANSWERED
                                    5   .. sealed answer
"""

import struct
from dataclasses import dataclass, field
from enum import IntEnum
from typing import cast

from firmware.sealing.look_up import ANSWER_BYTES, REQUEST_BYTES

REQUEST_HEAD = struct.Struct(">I")
REPLY_HEAD = struct.Struct(">BI")


class FrameMalformed(Exception):
    """What came over the socket is no frame of ours."""


class Status(IntEnum):
    """What became of a request.

    SILENT: nobody answered the uplink. REFUSED: somebody did, with no answer in it. LIMITED: asked too often.
    """

    ANSWERED = 0
    SILENT = 1
    REFUSED = 2
    LIMITED = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """What the uplink says to the booth. answer: sealed; of ANSWERED alone."""

    status: Status
    answer: bytes = field(default=b"", repr=False)

    def encode(self) -> bytes:
        """The reply as it travels."""
        return REPLY_HEAD.pack(self.status, len(self.answer)) + self.answer


def request_frame(request: bytes) -> bytes:
    """A request as it travels."""
    return REQUEST_HEAD.pack(len(request)) + request


def request_length(head: bytes) -> int:
    """How many bytes of request follow; FrameMalformed when no request is so long."""
    (length,) = cast("tuple[int]", REQUEST_HEAD.unpack(head))
    if length != REQUEST_BYTES:
        raise FrameMalformed(f"a request of {length} bytes")
    return length


def reply_head(head: bytes) -> tuple[Status, int]:
    """The status, and how many bytes of answer follow; FrameMalformed when they do not fit."""
    status, length = cast("tuple[int, int]", REPLY_HEAD.unpack(head))
    if status not in set(Status):
        raise FrameMalformed(f"status {status}")
    if length != (ANSWER_BYTES if status == Status.ANSWERED else 0):
        raise FrameMalformed(f"an answer of {length} bytes")
    return Status(status), length
