"""What the centre states of a record: canonical JSON with its own signature in it, in one spelling only."""

import json
from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from firmware.sealing.manifest import SignatureWrong

MAX_STATEMENT_BYTES = 4 << 10

_SIGNATURE_BYTES = 64  # RFC 8032


class StatementMalformed(Exception):
    """The bytes are no such statement in our one spelling."""


class Statement(Protocol):
    """A receipt, or the notice of a return."""

    @property
    def record_id(self) -> str:
        """The record that it is of."""
        ...

    def signed_bytes(self) -> bytes:
        """What the centre's signature covers."""
        ...

    def encode(self, signature: bytes) -> bytes:
        """As it travels and as its file holds it."""
        ...


AnyStatement = TypeVar("AnyStatement", bound=Statement)


def read_statement(
    data: bytes, statement_of: Callable[[dict[str, object]], AnyStatement], centre: Ed25519PublicKey
) -> AnyStatement:
    """The statement that `data` spells, its signature checked; StatementMalformed, SignatureWrong.

    statement_of: makes it of the JSON's values; ValueError, TypeError or KeyError when they are none.
    """
    if len(data) > MAX_STATEMENT_BYTES:
        raise StatementMalformed(f"{len(data)} bytes")
    try:
        document = cast("dict[str, object]", json.loads(data))
        statement = statement_of(document)
        signature = bytes.fromhex(str(document["signature"]))
        is_canonical = len(signature) == _SIGNATURE_BYTES and statement.encode(signature) == data
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise StatementMalformed("not as it is spelt") from error
    if not is_canonical:
        raise StatementMalformed("in another spelling")
    try:
        centre.verify(signature, statement.signed_bytes())
    except InvalidSignature as error:
        raise SignatureWrong(statement.record_id) from error
    return statement
